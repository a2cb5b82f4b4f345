import type { FastifyInstance, FastifyReply } from 'fastify';
import { findUserById, recordLogin, type User } from '../../accounts/users.ts';
import type { Db } from '../../database/database.ts';
import { recordEvent } from '../../logs/tenantLog.ts';
import type { OperatorConsole } from '../operatorConsole.ts';
import { operatorRoute } from '../operatorRoute.ts';
import { showForbidden, showSignedOut, showSignInOver } from '../screens/status.ts';
import { type OperatorVisit, Visit } from '../visit.ts';
import { consoleApplication } from './consoleSignIn.ts';
import { clearCookie, setCookie } from './cookies.ts';

/** Where sign-ins come back to, and where they end. */
export function sessionRoutes(app: FastifyInstance, parts: OperatorConsole): void {
  app.get('/operator/callback', (request, reply) => fetchSession(new Visit(parts, request, reply)));
  operatorRoute(app, parts, { path: '/operator/sign-out', post: signOut });
}

/** Gives the session that a sign-in led to to the browser that began it, once (S-37, S-76). */
async function fetchSession(visit: Visit): Promise<FastifyReply> {
  const { parts, request } = visit;
  const { publicUrl, database, sessions, signIns } = parts;
  const uid = visit.parameter('state');
  if (uid === undefined || !signIns.isBoundTo(uid, request.headers.cookie)) return showSignInOver(visit);
  const fetched = await database.transaction(async (trx) => {
    const found = await sessions.fetch(trx, uid, request.context);
    const operator = found && (await findUserById(trx, found.userId));
    if (!operator) return undefined;
    await recordLogin(trx, parts.clock, operator.id);
    await record(trx, visit, 's', operator);
    return found;
  });
  if (fetched) {
    visit.setCookies(setCookie(publicUrl, 'session', fetched.token), clearCookie(publicUrl, 'signIn'));
    return visit.goTo('/operator');
  }
  // Another tab was quicker, or nothing came of the sign-in.
  if (await sessions.exists(database.db, uid)) return visit.goTo('/operator');
  visit.setCookies(clearCookie(publicUrl, 'signIn'));
  return showForbidden(visit);
}

async function signOut(visit: OperatorVisit): Promise<FastifyReply> {
  const { parts, session, operator } = visit;
  await parts.database.transaction(async (trx) => {
    await parts.sessions.end(trx, session.id);
    await record(trx, visit, 'slo', operator);
  });
  visit.setCookies(clearCookie(parts.publicUrl, 'session'));
  return showSignedOut(visit);
}

function record(trx: Db, { parts, request }: Visit, type: string, operator: User): Promise<void> {
  const { ip, userAgent } = request.context;
  return recordEvent(trx, parts.clock, {
    type,
    userId: operator.id,
    userName: operator.email,
    connection: operator.connection,
    clientId: consoleApplication.id,
    clientName: consoleApplication.name,
    ip,
    userAgent,
  });
}
