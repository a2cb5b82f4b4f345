import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { OperatorConsole } from './operatorConsole.ts';
import { showForbidden, showForeignForm, showSessionOver } from './screens/status.ts';
import { clearCookie, consoleCookie } from './session/cookies.ts';
import { OperatorVisit, Visit } from './visit.ts';

type Handler = (visit: OperatorVisit) => Promise<FastifyReply> | FastifyReply;

/** A page of the console, with the form that it may hold. */
export interface OperatorPage {
  /** Path pattern. */
  path: string;
  /** Bytes that the form may have, where that is more than other requests may. */
  largestForm?: number;
  get?: Handler;
  post?: Handler;
}

/**
 * Serves a page to operators only. Who is asking is judged at every request; a form counts only if it
 * is one of this session's (S-87).
 */
export function operatorRoute(app: FastifyInstance, parts: OperatorConsole, page: OperatorPage): void {
  const { path, largestForm, get, post } = page;
  const options = largestForm === undefined ? {} : { bodyLimit: largestForm };
  if (get) app.get(path, (request, reply) => serve(parts, request, reply, get));
  if (post) app.post(path, options, (request, reply) => serve(parts, request, reply, post));
}

async function serve(
  parts: OperatorConsole,
  request: FastifyRequest,
  reply: FastifyReply,
  handler: Handler,
): Promise<FastifyReply> {
  const visit = new Visit(parts, request, reply);
  const isForm = request.method === 'POST';
  const token = consoleCookie(parts.publicUrl, 'session', request.headers.cookie);
  const opened = token === undefined ? { outcome: 'none' as const } : await parts.sessions.open(token);
  switch (opened.outcome) {
    case 'none':
      return isForm ? showSessionOver(visit) : beginSignIn(visit);
    case 'forbidden':
      visit.setCookies(clearCookie(parts.publicUrl, 'session'));
      return showForbidden(visit);
    case 'open': {
      const operatorVisit = new OperatorVisit(visit, opened.session);
      if (isForm && !operatorVisit.isFormOfSession()) return showForeignForm(visit);
      return handler(operatorVisit);
    }
  }
}

/** Sends the browser to the hosted pages, which ask for the password and the second factor. */
async function beginSignIn(visit: Visit): Promise<FastifyReply> {
  const { uid, cookie } = await visit.parts.signIns.begin(visit.request.headers.cookie);
  visit.setCookies(cookie);
  return visit.goTo(`/u/login?state=${encodeURIComponent(uid)}`);
}
