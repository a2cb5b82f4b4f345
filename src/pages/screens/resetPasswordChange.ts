import type { FastifyReply } from 'fastify';
import { form } from '../../ui/form.ts';
import { html } from '../../ui/html.ts';
import { pageText } from '../locale/screenText.ts';
import { showRateLimited } from '../statusPages.ts';
import type { TicketPage, TicketVisit } from '../ticketRoute.ts';
import { showInvalidReset, showPasswordForm, takePasswordForm } from './resetPasswordForm.ts';

/** A new password by a link; where a second factor is demanded, that comes first (S-64). */
export const resetPasswordChangePage: TicketPage = {
  path: '/u/reset-password/change',
  kind: 'password-reset',
  get: open,
  post: (visit) => (visit.visit.field('action') === proveAction ? prove(visit) : change(visit)),
  invalid: showInvalidReset,
};

const proveAction = 'prove';

async function open(ticketVisit: TicketVisit): Promise<FastifyReply> {
  const { visit, ticket, target } = ticketVisit;
  const needsProof = await visit.parts.errands.resetNeedsProof(ticket);
  if (needsProof === undefined) return showInvalidReset(visit);
  return needsProof ? askToProve(ticketVisit) : showPasswordForm(visit, target);
}

/** A page with a button: what opens links in messages by itself begins nothing. */
function askToProve({ visit, target }: TicketVisit): FastifyReply {
  const text = pageText(visit.locale, 'reset-password', 'reset-password-prove', visit.variables);
  return visit.show(200, {
    title: text('pageTitle'),
    scripts: ['submitOnce'],
    body: html`<h1>${text('title')}</h1>
<p class="lead">${text('description')}</p>
${form(
  target,
  'step',
  html`<button class="primary" type="submit" name="action" value="${proveAction}">${text('buttonText')}</button>`,
)}`,
  });
}

async function prove({ visit, ticket }: TicketVisit): Promise<FastifyReply> {
  const begun = await visit.parts.errands.beginPasswordReset(ticket);
  if (begun.outcome === 'throttled') return showRateLimited(visit, begun);
  if (begun.outcome === 'invalid') return showInvalidReset(visit);
  return visit.reply
    .header('set-cookie', begun.cookie)
    .redirect(`/u/reset-password-mfa?state=${encodeURIComponent(begun.uid)}`, 303);
}

function change(ticketVisit: TicketVisit): Promise<FastifyReply> {
  const { visit, ticket, target } = ticketVisit;
  return takePasswordForm(visit, target, { ticket }, () => askToProve(ticketVisit));
}
