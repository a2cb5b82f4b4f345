import { type ExpressionBuilder, sql } from 'kysely';
import type { Clock } from '../config/clock.ts';
import type { Db } from '../database/database.ts';
import type { Schema } from '../database/schema.ts';

/** A row that this process may work on until `lease_until`. */
export interface Claim {
  id: string;
  channel: 'email' | 'request';
  user_id: string | null;
  template: string;
  content_encrypted: string;
  /** Tries so far, this one included; a later claim raises it and thereby ends this one. */
  attempts: number;
  created_at: number;
  expires_at: number;
}

/** Longer than any try may last, so that only a process that died loses its claim. */
const leaseMs = 2 * 60 * 1000;

/**
 * Takes up to `count` due rows, oldest first. Safe between processes and nodes without row locks: the
 * `where` clause of the update holds the precondition, so of two that saw a row one gets it. The try
 * is spent here, before it is made: a message that kills the process doesn't live for ever.
 */
export async function claimDue(db: Db, clock: Clock, count: number): Promise<Claim[]> {
  const now = clock();
  const candidates = await db
    .selectFrom('messages')
    .select('id')
    .where((e) => isDue(e, now))
    .orderBy('next_attempt_at')
    .orderBy('id')
    .limit(count)
    .execute();
  const claims: Claim[] = [];
  for (const { id } of candidates) {
    const claim = await db
      .updateTable('messages')
      .set({ status: 'sending', lease_until: now + leaseMs, attempts: sql`attempts + 1` })
      .where('id', '=', id)
      .where((e) => isDue(e, now))
      .returning([
        'id',
        'channel',
        'user_id',
        'template',
        'content_encrypted',
        'attempts',
        'created_at',
        'expires_at',
      ])
      .executeTakeFirst();
    if (claim) claims.push(claim);
  }
  return claims;
}

/**
 * Marks the row as done and tells whether the claim still held. `wipe` empties the content, which is
 * of no use any more and holds links.
 */
export async function markSent(db: Db, clock: Clock, claim: Claim, wipe: boolean): Promise<boolean> {
  return settle(db, claim, {
    status: 'sent',
    sent_at: clock(),
    lease_until: null,
    last_error: null,
    ...(wipe && { content_encrypted: '' }),
  });
}

/** Puts the row back until `nextAttemptAt`. */
export async function markForRetry(
  db: Db,
  claim: Claim,
  nextAttemptAt: number,
  reason: string,
): Promise<boolean> {
  return settle(db, claim, {
    status: 'queued',
    next_attempt_at: nextAttemptAt,
    lease_until: null,
    last_error: reason,
  });
}

/** Gives the row up and empties it. */
export async function markFailed(db: Db, claim: Claim, reason: string): Promise<boolean> {
  return settle(db, claim, {
    status: 'failed',
    lease_until: null,
    last_error: reason,
    content_encrypted: '',
  });
}

type Change = Partial<{
  status: 'queued' | 'sent' | 'failed';
  sent_at: number;
  next_attempt_at: number;
  lease_until: null;
  last_error: string | null;
  content_encrypted: string;
}>;

async function settle(db: Db, claim: Claim, change: Change): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('messages')
    .set(change)
    .where('id', '=', claim.id)
    .where('status', '=', 'sending')
    .where('attempts', '=', claim.attempts)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

function isDue(e: ExpressionBuilder<Schema, 'messages'>, now: number) {
  return e.or([
    e.and([e('status', '=', 'queued'), e('next_attempt_at', '<=', now)]),
    e.and([e('status', '=', 'sending'), e('lease_until', '<=', now)]),
  ]);
}
