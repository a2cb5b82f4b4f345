import type { Clock } from '../../config/clock.ts';
import type { Db } from '../../database/database.ts';
import { type Limit, refund, spend } from '../../database/throttle.ts';
import type { ConversionWatch } from './conversion.ts';

/** A code that is watched. */
export interface WatchedCode {
  /** Under which its prefix is counted. */
  key: string;
  userId: string;
  /** Hash of where it goes. */
  destination: string;
}

/** Unanswered codes of one person, and to one number, that a window takes in. */
const most = 3;

/**
 * Whether a code about to be sent counts for its prefix: not when so many of the same person or number lie
 * unanswered already. More of them tell nothing new, and whoever let their own codes lie would stop those of
 * all whose numbers begin alike (S-19).
 */
export async function mayCount(
  trx: Db,
  clock: Clock,
  code: WatchedCode,
  watch: ConversionWatch,
): Promise<boolean> {
  const limit = limitOf(watch);
  const spent: string[] = [];
  for (const share of sharesOf(code)) {
    const { allowed } = await spend(trx, clock, limit, share);
    if (!allowed) {
      for (const other of spent) await refund(trx, limit, other);
      return false;
    }
    spent.push(share);
  }
  return true;
}

/** It came back, and makes room for another one. */
export async function noteAnswered(trx: Db, code: WatchedCode, watch: ConversionWatch): Promise<void> {
  for (const share of sharesOf(code)) await refund(trx, limitOf(watch), share);
}

function limitOf({ windowSeconds }: ConversionWatch): Limit {
  return { name: 'send-unanswered', burst: most, refillSeconds: windowSeconds };
}

function sharesOf({ key, userId, destination }: WatchedCode): string[] {
  return [`${key}:${userId}`, `${key}:${destination}`];
}
