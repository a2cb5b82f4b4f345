import type { Clock } from '../../../config/clock.ts';
import type { AccessTokenVerifier } from '../../../crypto/accessTokens.ts';
import type { Vault } from '../../../crypto/vault.ts';
import type { Db } from '../../../database/database.ts';
import type { MfaEngine } from '../../../mfa/engine.ts';

/** What the MFA API is built from. */
export interface MfaApiDependencies {
  engine: MfaEngine;
  accessTokens: AccessTokenVerifier;
  db: Db;
  vault: Vault;
  clock: Clock;
  /** Public URL with a trailing slash. */
  issuer: string;
}
