import type { FastifyReply } from 'fastify';
import { countUsers } from '../../accounts/searchUsers.ts';
import { offersResistance } from '../../mfa/policy/offersResistance.ts';
import { html } from '../../ui/html.ts';
import { type Policy, setPolicy } from '../acts/tenantActs.ts';
import { question } from '../layout/question.ts';
import type { OperatorPage } from '../operatorRoute.ts';
import { consoleDecision } from '../session/consoleSignIn.ts';
import type { OperatorVisit } from '../visit.ts';
import { describeStricter } from './policyText.ts';
import { showError } from './status.ts';

const parent = { path: '/operator/multi-factor', title: 'Multi-factor' };

/** Where the form of the policy goes. */
export const policyPath = `${parent.path}/policy`;

const policies: ReadonlySet<string> = new Set<Policy['policy']>(['never', 'always']);
const counting: ReadonlySet<string> = new Set(['any', 'phishing-resistant']);

const confirmedField = 'confirmed';

/** Changes the policy, after a question where that keeps somebody out. */
export const policyPage: OperatorPage = {
  path: policyPath,
  get: async (visit) => visit.goTo(parent.path),
  post: changePolicy,
};

async function changePolicy(visit: OperatorVisit): Promise<FastifyReply> {
  const policy = visit.field('policy') ?? '';
  const counts = visit.field('counts') ?? '';
  if (!policies.has(policy) || !counting.has(counts)) return showError(visit, 400);
  const wanted: Policy = {
    policy: policy as Policy['policy'],
    phishingResistantOnly: counts === 'phishing-resistant',
  };
  const effects = visit.field(confirmedField) === undefined ? await effectsToConfirm(visit, wanted) : [];
  if (effects.length > 0) return showQuestion(visit, effects, { policy, counts });
  const outcome = await setPolicy(visit, wanted);
  return outcome === 'set' ? visit.goTo(`${parent.path}?done=policy`) : showImpossible(visit);
}

/** What to ask about first: nothing where nobody is kept out, or where it can't be set at all. */
async function effectsToConfirm(visit: OperatorVisit, wanted: Policy): Promise<string[]> {
  const { database, engine, publicUrl } = visit.parts;
  const settings = await visit.settings();
  const isStricter = wanted.phishingResistantOnly && !settings.phishingResistantOnly;
  if (!isStricter || !offersResistance(engine.registry, settings, new URL(publicUrl).origin)) return [];
  const { operator, proofs } = visit.session;
  const { requirement } = await engine.decideUnder(
    { ...settings, ...wanted },
    { ...consoleDecision, userId: operator.id, proofs },
  );
  const endsSession = requirement.kind !== 'none';
  const spread = { users: await countUsers(database.db), ...(await engine.figures()) };
  if (!endsSession && spread.resistantUsers >= spread.users) return [];
  return describeStricter(spread, endsSession);
}

function showQuestion(
  visit: OperatorVisit,
  effects: readonly string[],
  chosen: Readonly<Record<string, string>>,
): Promise<FastifyReply> {
  return visit.show({
    section: 'multi-factor',
    title: 'Accept phishing-resistant factors only?',
    back: parent,
    body: question({
      target: visit.formTo(policyPath, { ...chosen, [confirmedField]: 'yes' }),
      effects,
      button: 'Accept these only',
      isDangerous: true,
      cancelPath: parent.path,
    }),
  });
}

function showImpossible(visit: OperatorVisit): Promise<FastifyReply> {
  return visit.show(
    {
      section: 'multi-factor',
      title: 'The policy stays as it is',
      back: parent,
      body: html`<section class="card"><p>No phishing-resistant factor that can stand alone is on and works. With it alone counting, nobody could prove a second factor, and no operator could sign in here.</p>
<p>Switch one on first.</p></section>`,
    },
    409,
  );
}
