import type { Accounts } from '../../accounts/accounts.ts';
import type { Clock } from '../../config/clock.ts';
import type { AccessTokenVerifier } from '../../crypto/accessTokens.ts';
import type { Database } from '../../database/database.ts';
import type { MfaEngine } from '../../mfa/engine.ts';

/** What the My Account API is built from. */
export interface MyAccountDependencies {
  engine: MfaEngine;
  accounts: Accounts;
  accessTokens: AccessTokenVerifier;
  database: Database;
  clock: Clock;
  /** Public URL with a trailing slash. */
  issuer: string;
}
