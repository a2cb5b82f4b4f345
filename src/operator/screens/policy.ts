import type { FastifyReply } from 'fastify';
import { html } from '../../ui/html.ts';
import { type Policy, setPolicy } from '../acts/tenantActs.ts';
import type { OperatorPage } from '../operatorRoute.ts';
import type { OperatorVisit } from '../visit.ts';
import { showError } from './status.ts';

/** Where the form of the policy goes. */
export const policyPath = '/operator/multi-factor/policy';

const policies: ReadonlySet<string> = new Set<Policy['policy']>(['never', 'always']);
const counting: ReadonlySet<string> = new Set(['any', 'phishing-resistant']);

export const policyPage: OperatorPage = {
  path: policyPath,
  get: async (visit) => visit.goTo('/operator/multi-factor'),
  post: changePolicy,
};

async function changePolicy(visit: OperatorVisit): Promise<FastifyReply> {
  const policy = visit.field('policy') ?? '';
  const counts = visit.field('counts') ?? '';
  if (!policies.has(policy) || !counting.has(counts)) return showError(visit, 400);
  const outcome = await setPolicy(visit, {
    policy: policy as Policy['policy'],
    phishingResistantOnly: counts === 'phishing-resistant',
  });
  return outcome === 'set' ? visit.goTo('/operator/multi-factor?done=policy') : showImpossible(visit);
}

function showImpossible(visit: OperatorVisit): Promise<FastifyReply> {
  return visit.show(
    {
      section: 'multi-factor',
      title: 'The policy stays as it is',
      back: { path: '/operator/multi-factor', title: 'Multi-factor' },
      body: html`<section class="card"><p>No phishing-resistant factor that can stand alone is on and works. With it alone counting, nobody could prove a second factor, and no operator could sign in here.</p>
<p>Switch one on first.</p></section>`,
    },
    409,
  );
}
