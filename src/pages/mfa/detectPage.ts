import type { FastifyReply } from 'fastify';
import type { BrowserNeed } from '../../mfa/factor.ts';
import { form } from '../../ui/form.ts';
import { html } from '../../ui/html.ts';
import { abilitiesCookie, abilityFields } from '../browser/abilities.ts';
import type { InteractionPage } from '../interactionRoute.ts';
import { pageText } from '../locale/screenText.ts';
import type { InteractionVisit } from '../visit.ts';
import { advance, detectScreen } from './advance.ts';
import { stepOf } from './step.ts';

/**
 * Asks the browser what it can do, where a factor depends on that. A script answers at once; without one the
 * person goes on by the button, and is offered what works in every browser.
 */
export const detectPage: InteractionPage = {
  name: detectScreen,
  prompts: ['login', 'mfa'],
  get: whenDue,
  post: keepAbilities,
};

async function whenDue(visit: InteractionVisit): Promise<FastifyReply> {
  const { engine } = visit.parts;
  const transaction = await engine.findByInteraction(visit.interaction.uid);
  if (!transaction) return visit.goTo('mfa');
  const step = await stepOf(engine, transaction, visit.browser);
  return step.kind === 'detect' ? showDetect(visit) : advance(visit, transaction);
}

function showDetect(visit: InteractionVisit): FastifyReply {
  const text = pageText(visit.locale, 'mfa', detectScreen, visit.variables);
  const inputs = ['js-available', ...Object.values(abilityFields)].map(
    (name) => html`<input type="hidden" name="${name}" value="false">`,
  );
  return visit.show(200, {
    title: text('pageTitle'),
    scripts: ['submitOnce', 'detectCapabilities'],
    body: html`<h1>${text('title')}</h1>
<p class="progress" role="status">${text('waitingText')}</p>
${form(
  visit.formTo(detectScreen),
  'step',
  html`${inputs}
<div class="if-stuck">
<p>${text('noJSErrorDescription')}</p>
<button class="secondary" type="submit" name="action" value="default">${text('buttonText')}</button>
</div>`,
)}`,
  });
}

function keepAbilities(visit: InteractionVisit): FastifyReply {
  const needs = (Object.keys(abilityFields) as BrowserNeed[]).filter(
    (need) => visit.field(abilityFields[need]) === 'true',
  );
  visit.reply.header('set-cookie', abilitiesCookie(new Set(needs), visit.parts.publicUrl));
  return visit.goTo('mfa');
}
