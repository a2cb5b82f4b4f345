import { DatabaseUnavailableError } from '../database/unavailable.ts';
import { describeFailure } from './describeFailure.ts';

/** What `doctor` found about one thing. */
export interface Finding {
  name: string;
  status: 'ok' | 'warning' | 'failed';
  message: string;
  /** What to do about it. */
  advice?: string | undefined;
}

/** For a place where nothing was prepared. */
export const prepareAdvice =
  'Check --data and databaseUrl. Where they are right, "countersign init" or the start of the server prepares it.';

/** Turns an error into a finding; the advice is the one given, or what fits the error. */
export async function guard(name: string, check: () => Promise<Finding>, advice?: string): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    const message = describeFailure(error).message;
    return { name, status: 'failed', message, advice: adviceFor(error) ?? advice };
  }
}

const damaged = [11, 26];
/** Of PostgreSQL: no such user or password, or no such database. */
const refusedLogin = /^(?:28...|3D000)$/;

function adviceFor(error: unknown): string | undefined {
  if (error instanceof DatabaseUnavailableError) return 'Check that it runs and that databaseUrl is right.';
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  if (typeof code === 'string' && refusedLogin.test(code)) return 'Check that databaseUrl is right.';
  if (code === 'ENOENT') return prepareAdvice;
  if (code === 'EACCES' || code === 'EPERM') return 'Run it as the user that the server runs as.';
  // The lowest byte of SQLite's extended codes is the kind of error: SQLITE_CORRUPT, SQLITE_NOTADB.
  if (typeof errcode === 'number' && damaged.includes(errcode & 0xff)) return restoreAdvice;
  return undefined;
}

/** For an SQLite file that can't be read. */
export const restoreAdvice =
  'The file is damaged: stop the server and restore a backup (docs/guides/deploy.md, "Backup and restore").';
