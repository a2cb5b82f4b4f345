import type { FastifyReply } from 'fastify';
import { form, submitButton } from '../../ui/form.ts';
import { html } from '../../ui/html.ts';
import { pageText } from '../locale/screenText.ts';
import type { TicketPage, TicketVisit } from '../ticketRoute.ts';
import type { Visit } from '../visit.ts';
import { wayOn } from '../wayOn.ts';

/** Proves an e-mail address by a link, and finishes a sign-up. It signs nobody in. */
export const emailVerificationPage: TicketPage = {
  path: '/u/email-verification',
  kind: 'email-verification',
  get: showConfirm,
  post: confirm,
  invalid: showInvalid,
};

function showConfirm({ visit, target }: TicketVisit): FastifyReply {
  const text = textsOf(visit);
  return visit.show(200, {
    title: text('pageTitle'),
    scripts: ['submitOnce'],
    body: html`<h1>${text('title')}</h1>
<p class="lead">${text('description')}</p>
${form(target, 'step', submitButton(text('buttonText')))}`,
  });
}

async function confirm({ visit, ticket }: TicketVisit): Promise<FastifyReply> {
  const result = await visit.parts.accounts.verifyEmail({ ticket, context: visit.context });
  if (result.outcome !== 'verified') return showInvalid(visit);
  const text = textsOf(visit);
  return visit.show(200, {
    title: text('verifiedTitle'),
    body: html`<h1>${text('verifiedTitle')}</h1>
<p>${text('verifiedDescription')}</p>
${await wayOn(visit, result.clientId)}`,
  });
}

function showInvalid(visit: Visit): FastifyReply {
  const text = textsOf(visit);
  return visit.show(400, {
    title: text('errorTitle'),
    body: html`<h1>${text('errorTitle')}</h1><p>${text('invalidAccountOrCodeDescription')}</p>`,
  });
}

function textsOf(visit: Visit) {
  return pageText(visit.locale, 'email-verification', 'email-verification-result', visit.variables);
}
