import type { FastifyReply } from 'fastify';
import { timeText } from '../../delivery/templates/messageValues.ts';
import type { ChangeView, Undone } from '../../mfa/undo/changeDesk.ts';
import { form, submitButton } from '../../ui/form.ts';
import { html } from '../../ui/html.ts';
import { factorName } from '../locale/factorName.ts';
import { pageText } from '../locale/screenText.ts';
import type { TicketPage, TicketVisit } from '../ticketRoute.ts';
import type { Visit } from '../visit.ts';

/** The person says that a change of their second factors wasn't theirs. It signs nobody in. */
export const undoChangePage: TicketPage = {
  path: '/u/undo-change',
  kind: 'method-change',
  get: showChange,
  post: undo,
  invalid: showInvalid,
};

async function showChange({ visit, ticket, target }: TicketVisit): Promise<FastifyReply> {
  const change = await visit.parts.engine.changes.find(ticket);
  if (!change) return showInvalid(visit);
  const text = pageText(visit.locale, 'undo-change', 'undo-change', visit.variables);
  const about = { time: timeText(change.at, visit.locale), factor: factorNameIn(visit, change) };
  const isAdded = change.kind === 'added';
  return visit.show(200, {
    title: text('pageTitle'),
    scripts: ['submitOnce'],
    body: html`<h1>${text('title')}</h1>
<p class="lead">${text(isAdded ? 'addedDescription' : 'removedDescription', about)}</p>
<ol class="steps">
<li>${text(isAdded ? 'takeText' : 'putBackText')}</li>
<li>${text('signOutText')}</li>
<li>${text('passwordText')}</li>
</ol>
${form(target, 'step', submitButton(text('buttonText')))}
<p>${text('leaveText')}</p>`,
  });
}

async function undo({ visit, ticket }: TicketVisit): Promise<FastifyReply> {
  const result = await visit.parts.engine.changes.undo(ticket, visit.context);
  if (result.outcome === 'refused') return showInvalid(visit);
  const text = textsOfResult(visit);
  return visit.show(200, {
    title: text('pageTitle'),
    body: html`<h1>${text('title')}</h1>
<p>${effectsOf(result).map((key) => html`${text(key)} `)}</p>
<p>${text('passwordText')}</p>`,
  });
}

/** What happened, beside that everybody is signed out. */
function effectsOf({ taken, putBack, isKept }: Undone) {
  const effects = [
    ...(taken > 0 ? (['takenText'] as const) : []),
    ...(putBack > 0 ? (['putBackText'] as const) : []),
    ...(isKept ? (['keptText'] as const) : []),
  ];
  return effects.length > 0 ? effects : (['nothingText'] as const);
}

function showInvalid(visit: Visit): FastifyReply {
  const text = textsOfResult(visit);
  return visit.show(400, {
    title: text('errorTitle'),
    body: html`<h1>${text('errorTitle')}</h1><p>${text('errorDescription')}</p>`,
  });
}

function textsOfResult(visit: Visit) {
  return pageText(visit.locale, 'undo-change', 'undo-change-result', visit.variables);
}

function factorNameIn(visit: Visit, { factor: name }: ChangeView): string {
  const factor = visit.parts.engine.registry.get(name);
  return factor ? factorName(visit, factor) : name;
}
