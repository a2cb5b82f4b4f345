import type { Clock } from '../config/clock.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Database, Db } from '../database/database.ts';

/**
 * Called in the transaction that changes a password, for what must change with it: remembered browsers
 * are forgotten, for instance (S-46). A throw undoes the change.
 */
export type PasswordChangedHook = (trx: Db, userId: string) => Promise<void>;

/** What the account operations work with. */
export interface AccountsParts {
  database: Database;
  vault: Vault;
  clock: Clock;
  onPasswordChanged: readonly PasswordChangedHook[];
  /** Called after a commit that queued messages or requests: the dispatcher's `kick`. */
  afterQueueing: () => void;
}
