import type { Clock } from '../../config/clock.ts';
import type { AccessTokenVerifier } from '../../crypto/accessTokens.ts';
import type { Db } from '../../database/database.ts';
import type { MfaEngine } from '../../mfa/engine.ts';

/** What the Management API is built from. */
export interface ManagementDependencies {
  engine: MfaEngine;
  accessTokens: AccessTokenVerifier;
  db: Db;
  clock: Clock;
  /** Public origin with a trailing slash. */
  issuer: string;
}
