import type { FastifyReply, FastifyRequest } from 'fastify';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { OAuthError } from './oauthError.ts';
import type { OidcParts } from './parts.ts';
import type { ProviderHolder } from './providerHolder.ts';
import { endFamily } from './recordConflicts.ts';
import { type ProviderHooks, runProvider } from './runProvider.ts';
import { sendOAuthError } from './sendOAuthError.ts';

export interface ProviderEndpoint extends Pick<ProviderHooks, 'after' | 'eventOf'> {
  url: string;
  fields: Record<string, string>;
  /** Our answer to what oidc-provider refused; undefined for a fault. */
  shape(error: unknown): OAuthError | undefined;
  /** Our form of a success; oidc-provider's when absent. */
  present?(ctx: KoaContextWithOIDC, body: unknown): unknown;
}

/** Lets oidc-provider answer a POST of an application, in our words. */
export async function runProviderEndpoint(
  parts: OidcParts,
  holder: ProviderHolder,
  request: FastifyRequest,
  reply: FastifyReply,
  { url, fields, shape, present, ...hooks }: ProviderEndpoint,
): Promise<FastifyReply> {
  const answer = await runProvider(parts, holder, request, reply, { method: 'POST', url, fields }, hooks);
  const { ctx, state, conflict } = answer;
  if (conflict) return sendOAuthError(reply, await endFamily(parts, ctx, state, conflict));
  if (state.error !== undefined) return sendOAuthError(reply, shape(state.error) ?? state.error);
  return reply.code(answer.status).send(present ? present(ctx, answer.body) : answer.body);
}
