import type { Accounts } from '../accounts/accounts.ts';
import type { Clock } from '../config/clock.ts';
import { KeyRing } from '../crypto/keyRing.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../database/database.ts';
import type { MfaEngine } from '../mfa/engine.ts';
import { RecordStore } from './records.ts';
import { SessionStore } from './sessions.ts';

/** What OpenID Connect needs from below. */
export interface OidcDependencies {
  /** Public origin with a trailing slash: the issuer, and the start of every URL (S-85). */
  publicUrl: string;
  database: Database;
  vault: Vault;
  clock: Clock;
  engine: MfaEngine;
  accounts: Pick<Accounts, 'checkPassword'>;
}

/** The dependencies, and what nearly every file here works with. */
export class OidcParts {
  readonly issuer: string;
  readonly isHttps: boolean;
  readonly database: Database;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly engine: MfaEngine;
  readonly accounts: OidcDependencies['accounts'];
  readonly keys: KeyRing;
  readonly records: RecordStore;
  readonly sessions: SessionStore;

  constructor({ publicUrl, database, vault, clock, engine, accounts }: OidcDependencies) {
    this.issuer = publicUrl;
    this.isHttps = publicUrl.startsWith('https:');
    this.database = database;
    this.vault = vault;
    this.clock = clock;
    this.engine = engine;
    this.accounts = accounts;
    this.keys = new KeyRing(database.db, vault, clock);
    this.records = new RecordStore(vault, clock);
    this.sessions = new SessionStore(clock);
  }

  /** Seconds since the epoch, as tokens count time. */
  nowSeconds(): number {
    return Math.floor(this.clock() / 1000);
  }
}
