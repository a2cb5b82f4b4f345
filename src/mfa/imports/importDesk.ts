import type { ImportFault } from '../../accounts/imports/importFault.ts';
import type { Db } from '../../database/database.ts';

/** A method of somebody who comes from elsewhere, read and not stored yet. */
export interface ImportedMethod {
  factor: string;
  state: unknown;
}

/** Methods that people had at another server. */
export interface ImportDesk {
  /** Reads the `mfa_factors` of one imported user. Awaits more than a database: not for inside a transaction. */
  read(mfaFactors: unknown): Promise<{ methods: ImportedMethod[] } | { faults: ImportFault[] }>;
  /**
   * Gives a person these, confirmed, in the caller's transaction. False, and nothing is added, where they have
   * a method already: what they set up here themselves is theirs to change.
   */
  add(trx: Db, userId: string, methods: readonly ImportedMethod[]): Promise<boolean>;
}
