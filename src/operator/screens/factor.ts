import type { FastifyReply } from 'fastify';
import type { Factor } from '../../mfa/factor.ts';
import { html } from '../../ui/html.ts';
import { canSignIn, switchFactor, withFactor } from '../acts/tenantActs.ts';
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
  if (isOn && !canSignIn(engine.registry, withFactor(settings, factor.name, false)))
    return showNeeded(visit, factor);
  const { methods } = await engine.figures(settings.defaultDirectory);
  const target = visit.formTo(`${parent.path}/${encodeURIComponent(factor.name)}`, {
    to: isOn ? 'off' : 'on',
  });
  return visit.show({
    section: 'multi-factor',
    title: `Switch ${isOn ? 'off' : 'on'}: ${factorName(factor)}?`,
    back: parent,
    body: question({
      target,
      effects: isOn ? effectsOfOff(methods[factor.name] ?? 0) : effectsOfOn(factor),
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

function effectsOfOff(methods: number): string[] {
  const whose = methods === 1 ? '1 person has' : `${methods} people have`;
  return [
    methods === 0
      ? 'Nobody has set it up yet.'
      : `${whose} set it up. It can’t be used from the next request on, and what was set up is kept.`,
    'Where a second factor is demanded, who has no other one is led to enrol again.',
  ];
}

function effectsOfOn({ kind, enrolment }: Factor): string[] {
  return [
    enrolment === 'beside-first'
      ? 'Everybody gets one with their first enrolment from now on.'
      : 'People may set it up from the next request on.',
    ...(kind === 'dependent' && enrolment === 'by-person' ? ['It needs another factor beside it.'] : []),
    'What people had set up before counts again.',
  ];
}

function showNeeded(visit: OperatorVisit, factor: Factor): Promise<FastifyReply> {
  return visit.show(
    {
      section: 'multi-factor',
      title: `${factorName(factor)} stays on`,
      back: parent,
      body: html`<section class="card"><p>It is the last factor that can stand alone. Without it nobody could prove a second factor, and no operator could sign in here.</p>
<p>To ask nobody for a second factor, set the policy to “on demand” instead. The command line still switches it off:</p>
<pre class="command"><code>countersign factor disable ${factor.name}</code></pre></section>`,
    },
    visit.request.method === 'POST' ? 409 : 200,
  );
}
