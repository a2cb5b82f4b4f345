import type { Client } from '../applications/client.ts';
import type { ResourceServer } from '../applications/resourceServer.ts';
import type { DecisionInput } from '../mfa/transaction.ts';
import { isMfaApi, isMyAccountApi, stepUpScopes } from './apis.ts';
import type { OidcParts } from './parts.ts';

/** What an application asked for, as far as the multi-factor policy cares. */
export interface AskedFor {
  purpose: DecisionInput['purpose'];
  client: Client;
  api: ResourceServer | undefined;
  /** Space-separated, as on the wire. */
  scope: unknown;
  acrValues?: unknown;
}

/** The engine's question without the person: who asks, by which proofs, is added by the caller. */
export function decisionInputOf(
  parts: OidcParts,
  { purpose, client, api, scope, acrValues }: AskedFor,
): Omit<DecisionInput, 'userId' | 'proofs' | 'browserToken'> {
  const scopes = words(scope);
  return {
    purpose,
    client: {
      id: client.clientId,
      name: client.name,
      ...(client.mfaPolicy === undefined ? {} : { mfaPolicy: client.mfaPolicy }),
      ...(client.proofMinutes === undefined ? {} : { proofMinutes: client.proofMinutes }),
      ...(client.rememberBrowserDays === undefined
        ? {}
        : { rememberBrowserDays: client.rememberBrowserDays }),
    },
    acrValues: words(acrValues),
    ...(api ? { audience: api.identifier } : {}),
    scope: scopes,
    stepUpScopes: stepUpScopes(api, scopes),
    mfaAudience: isMfaApi(parts, api?.identifier),
    ...(isMyAccountApi(parts, api?.identifier) ? { myAccountAudience: true } : {}),
  };
}

/** The words of a space-separated parameter; none when it is absent. */
export function words(value: unknown): string[] {
  return typeof value === 'string' ? value.split(' ').filter(Boolean) : [];
}
