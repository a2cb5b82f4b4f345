import type { FastifyReply } from 'fastify';
import { form, submitButton } from '../../ui/form.ts';
import { html } from '../../ui/html.ts';
import { pageText } from '../locale/screenText.ts';
import { showRateLimited } from '../statusPages.ts';
import type { TicketPage, TicketVisit } from '../ticketRoute.ts';
import { showEnrolmentResult } from './enrolmentResult.ts';

/** An invitation to set up a second factor. Whoever has one proves it first (S-39). */
export const enrolmentInvitationPage: TicketPage = {
  path: '/guardian/enroll',
  kind: 'enrolment',
  get: showInvitation,
  post: begin,
  invalid: showEnrolmentResult,
};

function showInvitation({ visit, target }: TicketVisit): FastifyReply {
  const text = pageText(visit.locale, 'mfa', 'mfa-enroll-invitation', visit.variables);
  return visit.show(200, {
    title: text('pageTitle'),
    scripts: ['submitOnce'],
    body: html`<h1>${text('title')}</h1>
<p class="lead">${text('description')}</p>
<p>${text('enrolledHint')}</p>
${form(target, 'step', submitButton(text('buttonText')))}`,
  });
}

async function begin({ visit, ticket }: TicketVisit): Promise<FastifyReply> {
  const begun = await visit.parts.errands.beginEnrolment(ticket);
  if (begun.outcome === 'throttled') return showRateLimited(visit, begun);
  if (begun.outcome === 'invalid') return showEnrolmentResult(visit, begun.standing);
  return visit.reply
    .header('set-cookie', begun.cookie)
    .redirect(`/u/mfa?state=${encodeURIComponent(begun.uid)}`, 303);
}
