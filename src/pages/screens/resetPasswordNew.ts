import type { FastifyReply } from 'fastify';
import type { ErrandPage, ErrandVisit } from '../errandRoute.ts';
import { showExpired } from '../statusPages.ts';
import { showPasswordForm, takePasswordForm } from './resetPasswordForm.ts';

/** A new password, after the second factor that a reset demanded was proved in this browser. */
export const resetPasswordNewPage: ErrandPage = {
  path: '/u/reset-password/new',
  get: open,
  post: ({ visit, uid, cookieHeader, target }) =>
    takePasswordForm(visit, target, { uid, cookieHeader }, () => showExpired(visit)),
};

async function open({ visit, uid, cookieHeader, target }: ErrandVisit): Promise<FastifyReply> {
  const isProved = await visit.parts.errands.isResetProved(uid, cookieHeader);
  return isProved ? showPasswordForm(visit, target) : showExpired(visit);
}
