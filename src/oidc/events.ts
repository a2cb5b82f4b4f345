import type { KoaContextWithOIDC } from 'oidc-provider';
import { withoutUndefined } from '../applications/withoutUndefined.ts';
import type { TenantEvent } from '../logs/tenantLog.ts';
import { resourceToAudience } from './dialect/audience.ts';
import { registrationOf } from './registration.ts';
import type { RequestState } from './requestState.ts';

/** Who and what a request to oidc-provider was about, as far as it got to know. */
export function eventBase(ctx: KoaContextWithOIDC, { context }: RequestState): Omit<TenantEvent, 'type'> {
  const { client, account, params } = ctx.oidc;
  const registration = client && registrationOf(client);
  const user = account as { accountId: string; email?: string; connection?: string } | undefined;
  const resource = params?.resource;
  return withoutUndefined({
    clientId: registration?.clientId,
    clientName: registration?.name,
    ip: context.ip,
    userAgent: context.userAgent,
    audience: typeof resource === 'string' ? resourceToAudience(resource) : undefined,
    scope: typeof params?.scope === 'string' ? params.scope : undefined,
    userId: user?.accountId,
    userName: user?.email,
    connection: user?.connection,
  });
}

/** The log event of a revocation; revoking what doesn't exist succeeds and is no event (RFC 7009 section 2.2). */
export function revocationEvent(ctx: KoaContextWithOIDC, state: RequestState): TenantEvent | undefined {
  const token = ctx.oidc.entities.RefreshToken;
  if (!token || state.error !== undefined) return undefined;
  return { ...eventBase(ctx, state), type: 'srrt', userId: token.accountId };
}
