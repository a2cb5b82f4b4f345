import type { KoaContextWithOIDC } from 'oidc-provider';
import type { ResourceServer } from '../applications/resourceServer.ts';
import type { RequestContext } from '../config/requestContext.ts';
import type { AuthenticationClaims } from '../mfa/tokenClaims.ts';
import type { TenantSettings } from '../tenant/tenantSettings.ts';
import type { LoginSession } from './sessions.ts';

/** What we know of a request while oidc-provider works on it; its callbacks find it by their context. */
export interface RequestState {
  readonly context: RequestContext;
  readonly cookieHeader: string | undefined;
  /** Read at the start of the request. */
  readonly settings: TenantSettings;
  /** Our half of the browser's session, once it was looked up or made. */
  session?: LoginSession;
  /** What its tokens may say of how the person signed in, once the engine was asked. */
  authentication?: AuthenticationClaims;
  /** APIs looked up for this request, by audience. */
  readonly apis: Map<string, ResourceServer>;
  /** What oidc-provider wants shown to the person, as a page. */
  page?: { status: number; error: string; description: string | undefined };
  /** What it refused with, or failed with. */
  error?: unknown;
}

const states = new WeakMap<object, RequestState>();

/** Ties the state to the request's context. */
export function setRequestState(ctx: object, state: RequestState): void {
  states.set(ctx, state);
}

/** @throws when the context is not one that `runProvider` made. */
export function requestState(ctx: KoaContextWithOIDC): RequestState {
  const state = states.get(ctx);
  if (!state) throw new Error('oidc-provider was called past runProvider.');
  return state;
}
