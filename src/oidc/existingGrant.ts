import type { KoaContextWithOIDC } from 'oidc-provider';
import { randomToken } from '../crypto/random.ts';
import { words } from './decisionInput.ts';
import type { ProvedGrant } from './grantModel.ts';
import type { InteractionResult } from './interactionPolicy.ts';
import { registrationOf } from './registration.ts';

/**
 * The grant that an authorization request is answered from. Each request gets one of its own, so that
 * a refresh token's family is one sign-in's and revoking it touches no other (S-71).
 *
 * A first-party application is granted what it asks for, as far as its API defines it; the grant is
 * stored once the request is accepted. A third-party one is granted what the user consented to in this
 * session, if anything; that grant is stored at once, being the session's memory of the consent.
 */
export async function loadExistingGrant(ctx: KoaContextWithOIDC): Promise<ProvedGrant | undefined> {
  const { client, account, provider } = ctx.oidc;
  if (!client || !account) return undefined;
  const grant: ProvedGrant = new provider.Grant({ accountId: account.accountId, clientId: client.clientId });
  grant.jti = randomToken();
  if (registrationOf(client).isFirstParty) {
    grantWhatIsAsked(ctx, grant);
    return grant;
  }
  const consented = await findConsent(ctx, client.clientId, account.accountId);
  if (!consented) return undefined;
  const { openid, resources, rejected } = consented;
  Object.assign(grant, { openid, resources, rejected });
  await grant.save();
  return grant;
}

/** Grants the requested scopes: identity scopes, and those the named API defines. Unknown ones fall away. */
export function grantWhatIsAsked(ctx: KoaContextWithOIDC, grant: ProvedGrant): void {
  const requested = words(ctx.oidc.params?.scope);
  grant.addOIDCScope([...ctx.oidc.requestParamOIDCScopes]);
  for (const [resource, api] of Object.entries(ctx.oidc.resourceServers ?? {})) {
    grant.addResourceScope(
      resource,
      requested.filter((scope) => api.scopes.has(scope)),
    );
  }
}

async function findConsent(
  ctx: KoaContextWithOIDC,
  clientId: string,
  accountId: string,
): Promise<ProvedGrant | undefined> {
  const { consent } = (ctx.oidc.result ?? {}) as InteractionResult;
  const grantId = consent?.grantId ?? ctx.oidc.session?.grantIdFor(clientId);
  const grant = grantId === undefined ? undefined : await ctx.oidc.provider.Grant.find(grantId);
  return grant?.accountId === accountId && grant.clientId === clientId ? grant : undefined;
}
