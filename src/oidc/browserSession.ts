import type { FastifyReply, FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';
import { findUserById } from '../accounts/users.ts';
import { findClient } from '../applications/clients.ts';
import { readCookie } from '../http/cookieHeader.ts';
import { recordEvent } from '../logs/tenantLog.ts';
import { cookieNames } from './cookies.ts';
import type { OidcParts } from './parts.ts';
import { sessionOfCookie } from './resumeSession.ts';

/** A browser's session in which somebody is signed in. */
export interface BrowserSession {
  uid: string;
  userId: string;
  /** The cookie's value. */
  cookieId: string;
  /** `sid` of the session's ID tokens, by application. */
  sids: Record<string, string | undefined>;
  grantIds: string[];
}

/** The session that the browser's cookie names; undefined when nobody is signed in. */
export async function findBrowserSession(
  parts: OidcParts,
  provider: Provider,
  cookieHeader: string | undefined,
): Promise<BrowserSession | undefined> {
  const session = await sessionOfCookie(provider, parts.isHttps, cookieHeader);
  if (!session?.accountId) return undefined;
  const authorizations = Object.entries(session.authorizations ?? {});
  return {
    uid: session.uid,
    userId: session.accountId,
    cookieId: readCookie(cookieHeader, cookieNames(parts.isHttps).session) ?? '',
    sids: Object.fromEntries(authorizations.map(([clientId, { sid }]) => [clientId, sid])),
    grantIds: authorizations.flatMap(([, { grantId }]) => grantId ?? []),
  };
}

/**
 * Ends a session here: its cookie, its record, the codes and opaque access tokens of its latest grants.
 * Refresh tokens of applications with offline access live on, as the name says.
 */
export async function endBrowserSession(
  parts: OidcParts,
  session: BrowserSession,
  request: FastifyRequest,
  reply: FastifyReply,
  clientId: string | undefined,
): Promise<void> {
  const { context } = request;
  await parts.database.transaction(async (trx) => {
    const user = await findUserById(trx, session.userId);
    const client = clientId === undefined ? undefined : await findClient(trx, clientId);
    await parts.sessions.end(trx, session.uid);
    if (session.grantIds.length > 0) {
      await trx
        .deleteFrom('oidc_records')
        .where('grant_id', 'in', session.grantIds)
        .where('model', 'in', ['AuthorizationCode', 'AccessToken'])
        .execute();
    }
    await recordEvent(trx, parts.clock, {
      type: 'slo',
      userId: session.userId,
      ...(user ? { userName: user.email, connection: user.connection } : {}),
      ...(client ? { clientId: client.clientId, clientName: client.name } : {}),
      ip: context.ip,
      userAgent: context.userAgent,
    });
  });
  reply.raw.appendHeader('set-cookie', expiredSessionCookie(parts));
}

function expiredSessionCookie({ isHttps }: OidcParts): string {
  const attributes = isHttps ? 'HttpOnly; Secure; SameSite=None' : 'HttpOnly; SameSite=Lax';
  return `${cookieNames(isHttps).session}=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; ${attributes}`;
}
