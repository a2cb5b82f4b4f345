import type { Accounts } from '../../accounts/accounts.ts';
import type { Clock } from '../../config/clock.ts';
import type { AccessTokenVerifier } from '../../crypto/accessTokens.ts';
import type { Vault } from '../../crypto/vault.ts';
import type { Database } from '../../database/database.ts';
import type { ProviderSetUp } from '../../delivery/routes.ts';
import type { MfaEngine } from '../../mfa/engine.ts';

/** What the Management API is built from. */
export interface ManagementDependencies {
  engine: MfaEngine;
  accounts: Accounts;
  accessTokens: AccessTokenVerifier;
  database: Database;
  vault: Vault;
  clock: Clock;
  /** Public origin with a trailing slash. */
  issuer: string;
  /** What setting up a delivery provider takes. */
  delivery: ProviderSetUp;
}
