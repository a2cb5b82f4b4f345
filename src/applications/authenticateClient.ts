import type { Clock } from '../config/clock.ts';
import { equalSecrets } from '../crypto/constantTime.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../database/database.ts';
import type { Client } from './client.ts';
import { checkAssertion, subjectOfAssertion } from './clientAssertion.ts';
import { findClientWithSecret } from './clients.ts';
import { type CredentialsProblem, readCredentials } from './credentials.ts';

export interface ClientAuthenticationRequest {
  authorization: string | undefined;
  body: Readonly<Record<string, unknown>>;
  /** What an assertion's `aud` may be: the issuer and the endpoint's URL. */
  audiences: readonly string[];
}

export type ClientAuthentication =
  | { outcome: 'authenticated'; client: Client }
  /** `refused` covers an unknown client, a wrong secret and the wrong method alike. */
  | { outcome: CredentialsProblem | 'refused' };

/**
 * Proves which application is asking, by the one method it is registered with. A public application
 * only names itself. An assertion is good once, on all nodes together.
 */
export async function authenticateClient(
  db: Db,
  vault: Vault,
  clock: Clock,
  { authorization, body, audiences }: ClientAuthenticationRequest,
): Promise<ClientAuthentication> {
  const presented = readCredentials(authorization, body);
  if (typeof presented === 'string') return { outcome: presented };
  const clientId =
    presented.method === 'private_key_jwt' ? subjectOfAssertion(presented.assertion) : presented.clientId;
  if (clientId === undefined) return { outcome: 'malformed' };
  const found = await findClientWithSecret(db, vault, clientId);
  if (!found) return { outcome: 'refused' };
  const { client, clientSecret } = found;

  switch (presented.method) {
    case 'none':
      return client.tokenEndpointAuthMethod === 'none' ? accept(client) : { outcome: 'refused' };
    case 'client_secret': {
      const isSecretMethod = client.tokenEndpointAuthMethod.startsWith('client_secret_');
      const isRight = clientSecret !== undefined && equalSecrets(presented.clientSecret, clientSecret);
      return isSecretMethod && isRight ? accept(client) : { outcome: 'refused' };
    }
    case 'private_key_jwt': {
      if (client.tokenEndpointAuthMethod !== 'private_key_jwt') return { outcome: 'refused' };
      if (presented.clientId !== undefined && presented.clientId !== clientId)
        return { outcome: 'malformed' };
      const isGood = await checkAssertion(db, vault, clock, client, presented.assertion, audiences);
      return isGood ? accept(client) : { outcome: 'refused' };
    }
  }
}

function accept(client: Client): ClientAuthentication {
  return { outcome: 'authenticated', client };
}
