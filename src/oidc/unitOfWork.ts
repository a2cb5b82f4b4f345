import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database, Db } from '../database/database.ts';

type Write = (trx: Db) => Promise<void>;

/**
 * The writes of one request, gathered while oidc-provider works and made together in one transaction at
 * its end: a code is spent, its tokens stored and the event logged at once, or nothing is (S-109). A
 * conditional write that finds its condition gone throws there, and the request fails as a whole.
 */
export class UnitOfWork {
  readonly #writes: Write[] = [];

  add(write: Write): void {
    this.#writes.push(write);
  }

  /** Makes every write, in order, in one transaction; without any, touches nothing. */
  async commit(database: Database): Promise<void> {
    if (this.#writes.length === 0) return;
    await database.transaction(async (trx) => {
      for (const write of this.#writes) await write(trx);
    });
  }
}

const storage = new AsyncLocalStorage<UnitOfWork>();

/** Runs `work` with a unit that its writes join; whoever calls this commits the unit afterwards. */
export function withUnitOfWork<T>(unit: UnitOfWork, work: () => Promise<T>): Promise<T> {
  return storage.run(unit, work);
}

/** Joins the unit of the running request; makes the write at once, in a transaction of its own, where there is none. */
export async function write(database: Database, change: Write): Promise<void> {
  const unit = storage.getStore();
  if (unit) unit.add(change);
  else await database.transaction(change);
}
