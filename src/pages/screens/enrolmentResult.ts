import type { FastifyReply } from 'fastify';
import { html } from '../../ui/html.ts';
import type { EnrolmentResult } from '../dependencies.ts';
import type { ErrandPage } from '../errandRoute.ts';
import { pageText } from '../locale/screenText.ts';
import { showExpired } from '../statusPages.ts';
import type { Visit } from '../visit.ts';

/** What became of an invitation. It signs nobody in (S-25). */
export const enrolmentResultPage: ErrandPage = {
  path: '/u/mfa-enroll-result',
  async get({ visit, uid, cookieHeader }) {
    const result = await visit.parts.errands.enrolmentResult(uid, cookieHeader);
    return result === undefined ? showExpired(visit) : showEnrolmentResult(visit, result);
  },
};

const texts = {
  enrolled: { title: 'enrolledTitle', description: 'enrolledDescription' },
  'already-enrolled': { title: 'alreadyEnrolledTitle', description: 'alreadyEnrolledDescription' },
  used: { title: 'alreadyUsedTitle', description: 'alreadyUsedDescription' },
  expired: { title: 'expiredTicketTitle', description: 'expiredTicketDescription' },
  unknown: { title: 'invalidTicketTitle', description: 'invalidTicketDescription' },
} as const;

export function showEnrolmentResult(visit: Visit, result: EnrolmentResult): FastifyReply {
  const text = pageText(visit.locale, 'mfa', 'mfa-enroll-result', visit.variables);
  const { title, description } = texts[result];
  const isGood = result === 'enrolled' || result === 'already-enrolled';
  return visit.show(isGood ? 200 : 400, {
    title: text('pageTitle'),
    body: html`<h1>${text(title)}</h1><p>${text(description)}</p>`,
  });
}
