import { sql } from 'kysely';
import type { Clock } from '../config/clock.ts';
import type { Database } from './database.ts';
import type { DatabaseUnavailableError } from './unavailable.ts';

export interface OutageReports {
  /** Once an outage, with the error that made it known. */
  onLost(error: DatabaseUnavailableError): void;
  /** @param seconds how long it lasted */
  onRegained(seconds: number): void;
}

/** Whether the database can work at present. */
export interface OutageWatch {
  /** For background work, which need not try. Requests always do. */
  isLost(): boolean;
  stop(): void;
}

const firstLookMs = 1_000;
const longestPauseMs = 8_000;

/**
 * Turns the many errors of an outage into two reports, one when the database is lost and one when it is
 * back. Meanwhile it looks, less and less often, whether a write succeeds: a full disk and a standby can be
 * read. Doesn't keep the process alive.
 */
export function watchOutages(
  database: Pick<Database, 'db' | 'onUnavailable'>,
  clock: Clock,
  { onLost, onRegained }: OutageReports,
): OutageWatch {
  let lostAt: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  function lookIn(pauseMs: number): void {
    if (!isStopped) timer = setTimeout(look, pauseMs, pauseMs).unref();
  }

  async function look(pauseMs: number): Promise<void> {
    try {
      await sql`update schema_version set locked_at = locked_at where id = 1`.execute(database.db);
    } catch {
      lookIn(Math.min(2 * pauseMs, longestPauseMs));
      return;
    }
    const seconds = Math.round((clock() - (lostAt ?? clock())) / 1000);
    lostAt = undefined;
    onRegained(seconds);
  }

  database.onUnavailable((error) => {
    if (lostAt !== undefined) return;
    lostAt = clock();
    onLost(error);
    lookIn(firstLookMs);
  });

  return {
    isLost: () => lostAt !== undefined,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
