import type Provider from 'oidc-provider';
import { readCookie } from '../http/cookieHeader.ts';
import { cookieNames } from './cookies.ts';
import type { InteractionResult } from './interactionPolicy.ts';
import type { OidcParts } from './parts.ts';

/** The session that a browser's cookie names, if it is alive for oidc-provider. */
export async function sessionOfCookie(
  provider: Provider,
  isHttps: boolean,
  cookieHeader: string | undefined,
) {
  const id = readCookie(cookieHeader, cookieNames(isHttps).session);
  return id ? provider.Session.find(id) : undefined;
}

/**
 * Somebody signed in whose browser still has another user's session: that one ends first, so that nothing
 * of it is inherited (S-76). oidc-provider would do it through a page that submits itself.
 */
export async function detachForeignSession(
  parts: OidcParts,
  provider: Provider,
  uid: string,
  cookieHeader: string | undefined,
): Promise<void> {
  const { database, records, sessions, isHttps } = parts;
  const record = await records.find(database.db, 'Interaction', uid);
  const accountId = (record?.payload.result as InteractionResult | undefined)?.login?.accountId;
  if (!record || accountId === undefined) return;
  const session = await sessionOfCookie(provider, isHttps, cookieHeader);
  const begunIn = record.payload.session as { accountId?: string } | undefined;
  const isForeign = session?.accountId !== undefined && session.accountId !== accountId;
  if (!isForeign && (begunIn?.accountId === undefined || begunIn.accountId === accountId)) return;
  await database.transaction(async (trx) => {
    if (isForeign) await sessions.end(trx, session.uid);
    const { session: _, ...payload } = record.payload;
    await records.amend(trx, 'Interaction', record.idHash, payload);
  });
}
