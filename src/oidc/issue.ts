import type { User } from '../accounts/users.ts';
import type { Client } from '../applications/client.ts';
import type { ResourceServer } from '../applications/resourceServer.ts';
import type { Proof } from '../mfa/transaction.ts';

/** What tokens are to say. */
export interface Issue {
  client: Client;
  user: User;
  api: ResourceServer | undefined;
  /** Granted scopes, as `grantedScopes` gives them. */
  scopes: readonly string[];
  proofs: readonly Proof[];
  /** What `acr` would be best, the preferred first. */
  acrValues: readonly string[];
  /** Seconds since the epoch. */
  authTime: number;
  /** Names the sign-in in ID tokens. */
  sid: string;
  /** The grant type, for the record of the refresh token. */
  grantType: string;
}
