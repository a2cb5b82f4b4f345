import type { FastifyReply } from 'fastify';
import type { Factor } from '../../mfa/factor.ts';
import { withFactor } from '../../mfa/settings/withFactor.ts';
import type { TenantSettings } from '../../tenant/tenantSettings.ts';
import { html } from '../../ui/html.ts';
import { canSignIn, switchFactor } from '../acts/tenantActs.ts';
import { factorName } from '../layout/factorName.ts';
import { question } from '../layout/question.ts';
import type { OperatorPage } from '../operatorRoute.ts';
import type { OperatorVisit } from '../visit.ts';
import { showError, showNotFound } from './status.ts';

const parent = { path: '/operator/multi-factor', title: 'Multi-factor' };

/** Asks before a factor is switched on or off. */
export const factorPage: OperatorPage = {
  path: '/operator/multi-factor/:factor',
  get: (visit) => withFactorOf(visit, showQuestion),
  post: (visit) => withFactorOf(visit, change),
};

/** What keeps a factor from working although it is on, or would. */
export function lackOf(
  { parts: { engine, publicUrl } }: OperatorVisit,
  factor: Factor,
  settings: TenantSettings,
): string | undefined {
  return factor.lacks?.(engine.registry.settingsOf(factor, settings), new URL(publicUrl).origin);
}

async function withFactorOf(
  visit: OperatorVisit,
  handler: (visit: OperatorVisit, factor: Factor) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const factor = visit.parts.engine.registry.get(visit.segment('factor'));
  return factor ? handler(visit, factor) : showNotFound(visit);
}

async function showQuestion(visit: OperatorVisit, factor: Factor): Promise<FastifyReply> {
  const { engine } = visit.parts;
  const settings = await visit.settings();
  const isOn = settings.factors[factor.name]?.enabled === true;
  if (isOn && !canSignIn(visit, withFactor(settings, factor.name, false))) return showNeeded(visit, factor);
  const { usersByFactor } = await engine.figures();
  const target = visit.formTo(`${parent.path}/${encodeURIComponent(factor.name)}`, {
    to: isOn ? 'off' : 'on',
  });
  return visit.show({
    section: 'multi-factor',
    title: `Switch ${isOn ? 'off' : 'on'}: ${factorName(factor)}?`,
    back: parent,
    body: question({
      target,
      effects: isOn
        ? effectsOfOff(usersByFactor[factor.name] ?? 0)
        : effectsOfOn(factor, lackOf(visit, factor, settings)),
      button: isOn ? 'Switch off' : 'Switch on',
      isDangerous: isOn,
      cancelPath: parent.path,
    }),
  });
}

async function change(visit: OperatorVisit, factor: Factor): Promise<FastifyReply> {
  const wanted = visit.field('to');
  if (wanted !== 'on' && wanted !== 'off') return showError(visit, 400);
  const outcome = await switchFactor(visit, factor.name, wanted === 'on');
  return outcome === 'needed' ? showNeeded(visit, factor) : visit.goTo(`${parent.path}?done=${wanted}`);
}

function effectsOfOff(users: number): string[] {
  const whose = users === 1 ? '1 person has' : `${users} people have`;
  return [
    users === 0
      ? 'Nobody has set it up yet.'
      : `${whose} set it up. It can’t be used from the next request on, and what was set up is kept.`,
    'Where a second factor is demanded, who has set up no other one stays out until it is on again, or reset.',
  ];
}

const whoGetsIt: Readonly<Record<Factor['enrolment'], string>> = {
  'by-person': 'People may set it up from the next request on.',
  'beside-first': 'Everybody gets one with their first enrolment from now on.',
  'by-operator': 'Operators may hand it out to people from the next request on.',
};

function effectsOfOn({ kind, enrolment, isExclusive }: Factor, lack: string | undefined): string[] {
  return [
    ...(lack === undefined ? [] : [`It can’t be used yet. ${lack}`]),
    whoGetsIt[enrolment],
    ...(kind === 'dependent' && enrolment === 'by-person' ? ['It needs another factor beside it.'] : []),
    ...(isExclusive
      ? [
          'It stands alone: people set it up only while no other factor that may be a person’s only one is on, and ' +
            'who has another one of their own goes on answering by that.',
        ]
      : []),
    'What people had set up before counts again.',
  ];
}

async function showNeeded(visit: OperatorVisit, factor: Factor): Promise<FastifyReply> {
  const { phishingResistantOnly } = await visit.settings();
  const why = phishingResistantOnly
    ? html`<p>The policy takes phishing-resistant factors only, and this is the last one that can stand alone. Without it nobody could prove a second factor, and no operator could sign in here.</p>
<p>Let any factor count first. The command line still switches it off:</p>`
    : html`<p>It is the last factor that can stand alone. Without it nobody could prove a second factor, and no operator could sign in here.</p>
<p>To ask nobody for a second factor, set the policy to “on demand” instead. The command line still switches it off:</p>`;
  return visit.show(
    {
      section: 'multi-factor',
      title: `${factorName(factor)} stays on`,
      back: parent,
      body: html`<section class="card">${why}
<pre class="command"><code>countersign factor disable ${factor.name}</code></pre></section>`,
    },
    visit.request.method === 'POST' ? 409 : 200,
  );
}
