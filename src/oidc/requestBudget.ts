import type { KoaContextWithOIDC } from 'oidc-provider';
import { isConfidential } from '../applications/client.ts';
import { addressBudgetKey } from '../config/networkAddress.ts';
import { type Limit, spend } from '../database/throttle.ts';
import { OAuthError } from './oauthError.ts';
import type { OidcParts } from './parts.ts';
import { registrationOf } from './registration.ts';
import type { RequestState } from './requestState.ts';
import { write } from './unitOfWork.ts';

/** Enough for an office whose people all begin their day at once behind one address. */
const requestsPerAddress: Limit = { name: 'authorization-request', burst: 1000, refillSeconds: 1 };

/**
 * Counts an authorization request that anybody could have made and that is kept, an interaction for half an
 * hour or a pushed request. Joins its transaction: where the budget of the address is spent, nothing is kept.
 *
 * @throws OAuthError with status 429, when the transaction is made
 */
export async function chargeForRequest(
  parts: OidcParts,
  ctx: KoaContextWithOIDC,
  { context }: RequestState,
): Promise<void> {
  const { Interaction, PushedAuthorizationRequest, Client } = ctx.oidc.entities;
  const isPushedByNobody =
    PushedAuthorizationRequest !== undefined &&
    Client !== undefined &&
    !isConfidential(registrationOf(Client));
  if (!Interaction && !isPushedByNobody) return;
  await write(parts.database, async (trx) => {
    const key = addressBudgetKey(context.ip);
    const spent = await spend(trx, parts.clock, requestsPerAddress, key);
    if (spent.allowed) return;
    throw new OAuthError(429, 'too_many_requests', 'Too many requests. Please try again later.', {}, spent);
  });
}
