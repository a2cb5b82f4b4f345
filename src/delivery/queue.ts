import { type ExpressionBuilder, type Selectable, sql, type Updateable } from 'kysely';
import type { Clock } from '../config/clock.ts';
import type { Db } from '../database/database.ts';
import type { MessagesTable, Schema } from '../database/schema.ts';
import { onceOnlyChannels } from './channel.ts';

const claimed = [
  'id',
  'channel',
  'user_id',
  'template',
  'content_encrypted',
  'attempts',
  'lease_until',
  'created_at',
  'expires_at',
  'challenge_id',
  'recipient_masked',
  'provider_id',
  'provider',
  'last_error',
] as const;

/**
 * A row that this process may work on for a while. `attempts` counts the tries, this one included. A later
 * claim has a later `lease_until`, and thereby ends this one. `provider_id` is whom the try before went to.
 */
export type Claim = Pick<Selectable<MessagesTable>, (typeof claimed)[number]>;

type Where = ExpressionBuilder<Schema, 'messages'>;

/** Longer than any try may last, so that only a process that died loses its claim. */
const leaseMs = 60_000;

/**
 * Ids of up to `count` rows that are due, of a channel's messages or of the requests: those whose process died,
 * then the urgent, the oldest first. Two queries, so that each walks an index and stops: sorting a long queue
 * for each batch would not.
 */
export async function findDue(
  db: Db,
  clock: Clock,
  lane: Claim['channel'],
  count: number,
): Promise<string[]> {
  const now = clock();
  const ofLane = db
    .selectFrom('messages')
    .select('id')
    .where('channel', '=', lane)
    .where('expires_at', '>', now)
    .limit(count);
  const orphaned = await ofLane.where((e) => isOrphaned(e, now)).execute();
  const waiting = await ofLane
    .where('status', '=', 'queued')
    .where('next_attempt_at', '<=', now)
    .orderBy('urgency')
    .orderBy('next_attempt_at')
    .execute();
  return [...orphaned, ...waiting].slice(0, count).map(({ id }) => id);
}

/**
 * Takes those of the rows that are still due. Safe between processes and nodes without row locks: the
 * `where` clause of the update holds the precondition, so of two that saw a row one gets it. The try
 * is spent here, before it is made: a message that kills the process doesn't live for ever.
 */
export async function claimDue(db: Db, clock: Clock, ids: readonly string[]): Promise<Claim[]> {
  const now = clock();
  const claims = await db
    .updateTable('messages')
    .set({ status: 'sending', lease_until: now + leaseMs, attempts: sql`attempts + 1` })
    .where('id', 'in', ids)
    .where((e) => isDue(e, now))
    .returning(claimed)
    .execute();
  return claims.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

/**
 * Up to `count` rows nobody will send any more: dead ones, and texts and calls that were being handed over
 * when their process died, which may have arrived. Settle them with `settle`.
 */
export async function findLost(
  db: Db,
  clock: Clock,
  count: number,
): Promise<(Claim & { isDead: boolean })[]> {
  const now = clock();
  const isFree = (e: Where) =>
    e.or([e('status', '=', 'queued'), e.and([e('status', '=', 'sending'), e('lease_until', '<=', now)])]);
  const dead = await db
    .selectFrom('messages')
    .select([...claimed, 'handed_over_at'])
    .where('status', 'in', ['queued', 'sending'])
    .where('expires_at', '<=', now)
    .where(isFree)
    .orderBy('expires_at')
    .limit(count)
    .execute();
  const unclear = await db
    .selectFrom('messages')
    .select([...claimed, 'handed_over_at'])
    .where('channel', 'in', onceOnlyChannels)
    .where('status', '=', 'sending')
    .where('lease_until', '<=', now)
    .where('handed_over_at', 'is not', null)
    .where('expires_at', '>', now)
    .limit(count)
    .execute();
  return [...dead, ...unclear].map(({ handed_over_at, ...row }) => ({
    ...row,
    isDead: handed_over_at === null,
  }));
}

/** What becomes of a row. */
export type Outcome = Pick<
  Updateable<MessagesTable>,
  | 'status'
  | 'attempts'
  | 'sent_at'
  | 'next_attempt_at'
  | 'last_error'
  | 'provider_message_id'
  | 'cost_amount'
  | 'cost_currency'
  | 'handed_over_at'
> & {
  /** Whether the content is emptied: it is of no use any more, and holds codes and links. */
  isEmptied: boolean;
};

/** Writes the outcome if the claim still holds, and tells whether it did. */
export async function settle(db: Db, claim: Claim, { isEmptied, ...change }: Outcome): Promise<boolean> {
  return changeClaimed(db, claim, {
    ...change,
    lease_until: null,
    ...(isEmptied && { content_encrypted: '' }),
  });
}

/**
 * Notes who is about to be given the message; for a text or call also that from here on nobody else may
 * send it. Tells whether the claim still holds: if not, it must not be sent.
 */
export async function markHandOver(
  db: Db,
  claim: Claim,
  to: { providerId: string; provider: string; handedOverAt: number | null },
): Promise<boolean> {
  return changeClaimed(db, claim, {
    provider_id: to.providerId,
    provider: to.provider,
    handed_over_at: to.handedOverAt,
  });
}

async function changeClaimed(db: Db, claim: Claim, change: Updateable<MessagesTable>): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('messages')
    .set(change)
    .where('id', '=', claim.id)
    .where('status', 'in', ['queued', 'sending'])
    .where('attempts', '=', claim.attempts)
    .where('lease_until', 'is not distinct from', claim.lease_until)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

function isDue(e: Where, now: number) {
  const isWaiting = e.and([e('status', '=', 'queued'), e('next_attempt_at', '<=', now)]);
  return e.and([e('expires_at', '>', now), e.or([isWaiting, isOrphaned(e, now)])]);
}

/** Its process died, and it was not being handed over as a text or call: nobody has it. */
function isOrphaned(e: Where, now: number) {
  return e.and([e('status', '=', 'sending'), e('lease_until', '<=', now), e('handed_over_at', 'is', null)]);
}
