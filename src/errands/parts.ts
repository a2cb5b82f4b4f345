import type { Accounts } from '../accounts/accounts.ts';
import type { Clock } from '../config/clock.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../database/database.ts';
import type { MfaEngine } from '../mfa/engine.ts';
import type { ErrandStore } from './errandStore.ts';

/** What errands are built from. */
export interface ErrandDependencies {
  /** Public origin with a trailing slash. */
  publicUrl: string;
  database: Database;
  vault: Vault;
  clock: Clock;
  engine: Pick<MfaEngine, 'errands' | 'findByInteraction'>;
  accounts: Pick<Accounts, 'changePassword'>;
}

export interface ErrandParts extends ErrandDependencies {
  store: ErrandStore;
}
