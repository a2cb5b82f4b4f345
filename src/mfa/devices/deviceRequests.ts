import { sql } from 'kysely';
import type { Clock } from '../../config/clock.ts';
import type { Vault } from '../../crypto/vault.ts';
import type { Db } from '../../database/database.ts';
import type { DeviceRequestsTable } from '../../database/schema.ts';
import { statement } from '../../database/statement.ts';
import { isOpen, type TransactionState } from '../transaction.ts';

export type RequestAnswer = NonNullable<DeviceRequestsTable['answer']>;

/** What a device was asked, or the ticket that enrols one. Times are epoch milliseconds. */
export interface StoredRequest {
  challengeId: string;
  transactionId: string;
  purpose: DeviceRequestsTable['purpose'];
  userId: string;
  methodId: string;
  consentId: string;
  answer?: RequestAnswer;
  /** It waits for its answer: neither it nor what it is for is over. */
  isWaiting: boolean;
  createdAt: number;
  expiresAt: number;
}

/** A request that was made or changed lately. */
export interface ChangedRequest {
  challengeId: string;
  transactionId: string;
  methodId: string;
  answer: RequestAnswer | null;
  changedAt: number;
}

interface NewRequest {
  challengeId: string;
  purpose: DeviceRequestsTable['purpose'];
  userId: string;
  methodId: string;
  /** Ticket, or bearer of the answer. */
  token: string;
  consentId: string;
  lifetimeSeconds: number;
}

type Key = {
  challengeId?: string;
  transactionId?: string;
  tokenHash?: string;
  consentId?: string;
  userId?: string;
  methodId?: string;
};
const latestBy = statement(
  (db, { challengeId, transactionId, tokenHash, consentId, userId, methodId }: Key) => {
    const latest = db
      .selectFrom('device_requests')
      .innerJoin('challenges', 'challenges.id', 'device_requests.challenge_id')
      .innerJoin('mfa_transactions', 'mfa_transactions.id', 'challenges.transaction_id')
      .selectAll('device_requests')
      .select([
        'challenges.transaction_id',
        'challenges.consumed_at',
        'mfa_transactions.state',
        'mfa_transactions.expires_at as transaction_expires_at',
      ])
      .orderBy('device_requests.challenge_id', 'desc')
      // SQLite plans a query anew at each run when its limit is a parameter.
      .limit(sql.lit(1));
    if (challengeId !== undefined) return latest.where('device_requests.challenge_id', '=', challengeId);
    if (transactionId !== undefined) return latest.where('challenges.transaction_id', '=', transactionId);
    if (tokenHash !== undefined) return latest.where('device_requests.token_hash', '=', tokenHash);
    if (consentId !== undefined) return latest.where('device_requests.consent_id', '=', consentId);
    return latest
      .where('device_requests.user_id', '=', userId ?? '')
      .where('device_requests.method_id', '=', methodId ?? '')
      .where('device_requests.purpose', '=', sql.lit('verification'))
      .where('device_requests.answer', 'is', null);
  },
);

const answerOpen = statement((db, { id, answer, now }: { id: string; answer: RequestAnswer; now: number }) =>
  db
    .updateTable('device_requests')
    .set({ answer, changed_at: now })
    .where('challenge_id', '=', id)
    .where('answer', 'is', null)
    .where('expires_at', '>', now),
);

type Scope = { userId?: string; transactionId?: string; purpose?: string; now: number };
const replaceOpen = statement((db, { userId, transactionId, purpose, now }: Scope) => {
  const open = db
    .updateTable('device_requests')
    .set({ answer: sql.lit('replaced'), changed_at: now })
    .where('answer', 'is', null)
    .where('expires_at', '>', now);
  const ofPerson = userId === undefined ? open : open.where('user_id', '=', userId);
  const ofPurpose =
    purpose === undefined ? ofPerson : ofPerson.where('purpose', '=', purpose as 'verification');
  if (transactionId === undefined) return ofPurpose;
  const challenges = db.selectFrom('challenges').select('id').where('transaction_id', '=', transactionId);
  return ofPurpose.where('challenge_id', 'in', challenges);
});

const changedAfter = statement((db, { since }: { since: number }) =>
  db
    .selectFrom('device_requests')
    .innerJoin('challenges', 'challenges.id', 'device_requests.challenge_id')
    .select([
      'device_requests.challenge_id as challengeId',
      'challenges.transaction_id as transactionId',
      'device_requests.method_id as methodId',
      'device_requests.answer',
      'device_requests.changed_at as changedAt',
    ])
    .where('device_requests.changed_at', '>', since),
);

/** Storage of what devices are asked. An answer is a conditional write; its row count tells who was first. */
export class DeviceRequestStore {
  readonly #vault: Vault;
  readonly #clock: Clock;

  constructor(vault: Vault, clock: Clock) {
    this.#vault = vault;
    this.#clock = clock;
  }

  async insert(trx: Db, request: NewRequest): Promise<void> {
    const now = this.#clock();
    await trx
      .insertInto('device_requests')
      .values({
        challenge_id: request.challengeId,
        purpose: request.purpose,
        user_id: request.userId,
        method_id: request.methodId,
        token_hash: this.#hash(request.token),
        consent_id: request.consentId,
        answer: null,
        changed_at: now,
        created_at: now,
        expires_at: now + request.lifetimeSeconds * 1000,
      })
      .execute();
  }

  ofChallenge(db: Db, challengeId: string): Promise<StoredRequest | undefined> {
    return this.#find(db, { challengeId });
  }

  /** The latest of a transaction. */
  ofTransaction(db: Db, transactionId: string): Promise<StoredRequest | undefined> {
    return this.#find(db, { transactionId });
  }

  /** The one that a ticket or a bearer names. */
  ofToken(db: Db, purpose: StoredRequest['purpose'], token: string): Promise<StoredRequest | undefined> {
    return this.#find(db, { tokenHash: this.#hash(token) }, purpose);
  }

  /** The one of this public name, for whoever holds its bearer as well. */
  async ofConsent(db: Db, consentId: string, token: string): Promise<StoredRequest | undefined> {
    const [named, held] = [
      await this.#find(db, { consentId }),
      await this.ofToken(db, 'verification', token),
    ];
    return named?.challengeId === held?.challengeId ? held : undefined;
  }

  /** The one that waits for this device. */
  async waitingFor(db: Db, userId: string, methodId: string): Promise<StoredRequest | undefined> {
    const request = await this.#find(db, { userId, methodId });
    return request?.isWaiting ? request : undefined;
  }

  /** Records what became of it. @returns whether it was the first answer, and in time. */
  async answer(trx: Db, challengeId: string, answer: RequestAnswer): Promise<boolean> {
    return (await answerOpen.run(trx, { id: challengeId, answer, now: this.#clock() })) === 1;
  }

  /** Whatever a person is asked is replaced by what comes next (S-50). */
  async replaceOf(trx: Db, userId: string): Promise<void> {
    await replaceOpen.run(trx, { userId, purpose: 'verification', now: this.#clock() });
  }

  /** Nobody waits for the answers of this transaction any more. */
  async endOf(trx: Db, transactionId: string): Promise<void> {
    await replaceOpen.run(trx, { transactionId, now: this.#clock() });
  }

  /** Ends tickets and requests of a person alike. */
  async endAll(trx: Db, userId: string): Promise<void> {
    await replaceOpen.run(trx, { userId, now: this.#clock() });
  }

  changedSince(db: Db, since: number): Promise<ChangedRequest[]> {
    return changedAfter.all(db, { since });
  }

  async #find(db: Db, key: Key, purpose?: StoredRequest['purpose']): Promise<StoredRequest | undefined> {
    const row = await latestBy.first(db, key);
    if (!row || (purpose !== undefined && row.purpose !== purpose)) return undefined;
    const now = this.#clock();
    const isWaiting =
      row.answer === null &&
      row.expires_at > now &&
      row.consumed_at === null &&
      isOpen(row.state as TransactionState) &&
      row.transaction_expires_at > now;
    return {
      challengeId: row.challenge_id,
      transactionId: row.transaction_id,
      purpose: row.purpose,
      userId: row.user_id,
      methodId: row.method_id,
      consentId: row.consent_id,
      ...(row.answer === null ? {} : { answer: row.answer }),
      isWaiting,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
    };
  }

  #hash(token: string): string {
    return this.#vault.hash(token, 'device-request');
  }
}
