import { StatementSync } from 'node:sqlite';
import pg from 'pg';

/** How many statements this process has sent. */
export interface StatementCount {
  readonly sent: number;
  /** Counts from here: what came before was preparation. */
  restart(): void;
}

/** Makes this process kill itself at the n-th statement that it sends to a database; with 0 it lives. */
export function killAtStatement(n: number): StatementCount {
  let sent = 0;
  const count = () => {
    sent += 1;
    if (sent === n) process.kill(process.pid, 'SIGKILL');
  };
  for (const method of ['run', 'all'] as const) {
    const original = StatementSync.prototype[method] as (...values: unknown[]) => unknown;
    StatementSync.prototype[method] = function counted(this: StatementSync, ...values: unknown[]) {
      count();
      return original.apply(this, values);
    } as never;
  }
  const query = pg.Client.prototype.query as (...values: unknown[]) => unknown;
  pg.Client.prototype.query = function counted(this: pg.Client, ...values: unknown[]) {
    count();
    return query.apply(this, values);
  } as never;
  return {
    get sent() {
      return sent;
    },
    restart: () => {
      sent = 0;
    },
  };
}
