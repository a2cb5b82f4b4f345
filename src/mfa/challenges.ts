import { type Selectable, sql } from 'kysely';
import type { Clock } from '../config/clock.ts';
import { randomToken } from '../crypto/random.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../database/database.ts';
import type { ChallengesTable } from '../database/schema.ts';
import { statement } from '../database/statement.ts';
import type { SentChallenge } from './factor.ts';

/** Wrong answers after which a challenge is dead, whatever the person's own limit is. */
const mostAttempts = 10;

/** A challenge that was made and may be answered. */
export interface Challenge {
  id: string;
  /** Absent where any of the person's methods of the factor may answer. */
  methodId?: string;
  factor: string;
  /** By which it was sent; absent where it was shown. */
  channel?: string;
  /** What the factor kept to judge the answer. */
  state: unknown;
  /** It is spent already: another service was asked about the answer. */
  isTaken?: true;
}

/** A challenge that was sent, whether or not it can still be answered. */
export interface LatestSent {
  methodId: string;
  factor: string;
  channel: string;
  /** Epoch milliseconds. */
  sentAt: number;
}

/** A look-up: `over` was of this transaction, and can't be answered any more. */
export type FoundChallenge =
  | { outcome: 'open'; challenge: Challenge }
  | { outcome: 'over'; id: string }
  | { outcome: 'unknown' };

/** Which challenge: by the code its client holds, the latest of the transaction, or the latest that a factor made. */
export type ChallengeName = { oobCode: string } | { factor: string } | 'latest';

/** What a browser brings back from another service's page names the challenge that sent it there. */
export interface BroughtNonce {
  nonce: string;
}

/** A new one for the challenge of this id: it tells where to look, and nobody can guess it. */
export function newNonce(challengeId: string): string {
  return `${challengeId}.${randomToken()}`;
}

interface NewChallenge {
  id: string;
  transactionId: string;
  userId: string;
  methodId?: string;
  factor: string;
  made: Pick<SentChallenge, 'state' | 'lifetimeSeconds'> & { channel?: string };
  /** Leaves the challenges of other factors open. */
  beside?: true | undefined;
  /** By which a browser names it that comes back from another service's page. */
  nonce?: string;
}

type Name = { transactionId: string; tokenHash: string | undefined; factor: string | undefined };
const byName = statement((db, { transactionId, tokenHash, factor }: Name) => {
  const ofTransaction = db.selectFrom('challenges').selectAll().where('transaction_id', '=', transactionId);
  if (tokenHash !== undefined) return ofTransaction.where('token_hash', '=', tokenHash);
  const latest = ofTransaction.orderBy('id', 'desc').limit(sql.lit(1));
  return factor === undefined ? latest : latest.where('factor', '=', factor);
});

const named = statement((db, { id, tokenHash }: { id: string; tokenHash: string }) =>
  db
    .selectFrom('challenges')
    .select(['transaction_id', 'factor'])
    .where('id', '=', id)
    .where('token_hash', '=', tokenHash),
);

const byId = statement((db, { id }: { id: string }) =>
  db.selectFrom('challenges').selectAll().where('id', '=', id),
);

const prolongOpen = statement((db, { id, until }: { id: string; until: number }) =>
  db
    .updateTable('challenges')
    .set({ expires_at: until })
    .where('id', '=', id)
    .where('expires_at', '<', until)
    .where('consumed_at', 'is', null),
);

const countAttempt = statement((db, { id }: { id: string }) =>
  db
    .updateTable('challenges')
    .set({ attempts: sql`attempts + 1` })
    .where('id', '=', id)
    .where('attempts', '<', sql.lit(mostAttempts))
    .where('consumed_at', 'is', null),
);

const consumeOpen = statement((db, { id, now }: { id: string; now: number }) =>
  db
    .updateTable('challenges')
    .set({ consumed_at: now })
    .where('id', '=', id)
    .where('consumed_at', 'is', null),
);

/** Storage of challenges. A transaction has one open challenge at the most, or one of each factor being enrolled. */
export class ChallengeStore {
  readonly #vault: Vault;
  readonly #clock: Clock;

  constructor(vault: Vault, clock: Clock) {
    this.#vault = vault;
    this.#clock = clock;
  }

  /** Stores what was made; it takes the place of the transaction's challenge before (S-08). Returns its `oob_code`. */
  async create(
    trx: Db,
    { id, transactionId, userId, methodId, factor, made, beside, nonce }: NewChallenge,
  ): Promise<string> {
    const oobCode = randomToken();
    const now = this.#clock();
    await this.voidAll(trx, transactionId, beside ? factor : undefined);
    await trx
      .insertInto('challenges')
      .values({
        id,
        transaction_id: transactionId,
        user_id: userId,
        method_id: methodId ?? '',
        factor,
        channel: made.channel ?? '',
        token_hash: nonce === undefined ? this.#oobHash(oobCode) : this.#nonceHash(nonce),
        state_encrypted: this.#vault.encrypt(JSON.stringify(made.state), contextOf(id)),
        attempts: 0,
        created_at: now,
        expires_at: now + made.lifetimeSeconds * 1000,
        consumed_at: null,
      })
      .execute();
    return oobCode;
  }

  /** Every look-up names the transaction: another's `oob_code` is an unknown one (S-09, S-11). */
  async find(db: Db, transactionId: string, name: ChallengeName | BroughtNonce): Promise<FoundChallenge> {
    const row = await byName.first(db, {
      transactionId,
      tokenHash: this.#tokenHash(name),
      factor: typeof name === 'object' && 'factor' in name ? name.factor : undefined,
    });
    return this.#read(row);
  }

  /** The transaction that sent a browser to another service's page, by what that brings back. */
  async transactionOf(db: Db, factor: string, { nonce }: BroughtNonce): Promise<string | undefined> {
    const [id = ''] = nonce.split('.', 1);
    const row = await named.first(db, { id, tokenHash: this.#nonceHash(nonce) });
    return row?.factor === factor ? row.transaction_id : undefined;
  }

  /** One that was found by what it is for. */
  async findById(db: Db, id: string): Promise<FoundChallenge> {
    return this.#read(await byId.first(db, { id }));
  }

  /** The transaction's latest challenge, if it was sent. */
  async latestSent(db: Db, transactionId: string): Promise<LatestSent | undefined> {
    const row = await db
      .selectFrom('challenges')
      .select(['method_id', 'factor', 'channel', 'created_at'])
      .where('transaction_id', '=', transactionId)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (!row?.channel) return undefined;
    return { methodId: row.method_id, factor: row.factor, channel: row.channel, sentAt: row.created_at };
  }

  /** Voids the open challenges of a transaction, or those of one factor. */
  async voidAll(trx: Db, transactionId: string, factor?: string): Promise<void> {
    const open = trx
      .updateTable('challenges')
      .set({ consumed_at: this.#clock() })
      .where('transaction_id', '=', transactionId)
      .where('consumed_at', 'is', null);
    await (factor === undefined ? open : open.where('factor', '=', factor)).execute();
  }

  /** Spends one of the challenge's tries before the answer is judged (S-17). */
  async spendAttempt(trx: Db, id: string): Promise<boolean> {
    return (await countAttempt.run(trx, { id })) === 1;
  }

  /** Lets an open challenge live until then at least. */
  async prolong(trx: Db, id: string, until: number): Promise<void> {
    await prolongOpen.run(trx, { id, until });
  }

  /** Spends the challenge, once (S-01). */
  async consume(trx: Db, id: string): Promise<boolean> {
    return (await consumeOpen.run(trx, { id, now: this.#clock() })) === 1;
  }

  #tokenHash(name: ChallengeName | BroughtNonce): string | undefined {
    if (typeof name !== 'object') return undefined;
    if ('oobCode' in name) return this.#oobHash(name.oobCode);
    return 'nonce' in name ? this.#nonceHash(name.nonce) : undefined;
  }

  #oobHash(oobCode: string): string {
    return this.#vault.hash(oobCode, 'oob-code');
  }

  /** Of a purpose of its own: neither passes for the other. */
  #nonceHash(nonce: string): string {
    return this.#vault.hash(nonce, 'challenge-nonce');
  }

  #read(row: Selectable<ChallengesTable> | undefined): FoundChallenge {
    if (!row) return { outcome: 'unknown' };
    const { id, factor, method_id: methodId, channel } = row;
    const isOver =
      row.consumed_at !== null || row.expires_at <= this.#clock() || row.attempts >= mostAttempts;
    if (isOver) return { outcome: 'over', id };
    const state: unknown = JSON.parse(this.#vault.decrypt(row.state_encrypted, contextOf(id)));
    const challenge = {
      id,
      factor,
      state,
      ...(methodId ? { methodId } : {}),
      ...(channel ? { channel } : {}),
    };
    return { outcome: 'open', challenge };
  }
}

function contextOf(id: string): string {
  return `challenges.state_encrypted:${id}`;
}
