import type { RequestContext } from '../config/requestContext.ts';
import { newId } from '../crypto/ids.ts';
import { randomToken } from '../crypto/random.ts';
import type { Db } from '../database/database.ts';
import { currentLock } from './attempts.ts';
import type { Factor } from './factor.ts';
import type { AuthenticationMethod } from './methods.ts';
import type { EngineParts } from './parts.ts';
import { isOver, type Refusal, refuse } from './transaction.ts';

/** What the client wants to be challenged with; nothing means the strongest the person has. */
export interface ChallengeChoice {
  methodId?: string;
  factor?: string;
  /** MFA API challenge types the client can handle. */
  challengeTypes?: readonly string[];
}

export interface ChallengeBegun {
  outcome: 'begun';
  factor: string;
  methodId: string;
  challengeType: 'otp' | 'oob';
  /** With `oob` only: names the challenge when it is answered. */
  oobCode?: string;
  bindingMethod?: 'prompt';
}

/** Starts a challenge through one confirmed method; a new one voids the one before it. */
export async function beginChallenge(
  parts: EngineParts,
  transactionId: string,
  choice: ChallengeChoice,
  context: RequestContext,
): Promise<ChallengeBegun | Refusal> {
  return parts.database.transaction(async (trx): Promise<ChallengeBegun | Refusal> => {
    const transaction = await parts.transactions.find(trx, transactionId);
    if (!transaction || isOver(transaction.state)) return refuse('expired');
    const settings = await parts.settings(trx);
    const user = await parts.findUser(trx, transaction.userId);
    if (!user || user.blocked) return refuse('not_allowed');
    const lock = await currentLock(trx, parts.clock, settings, user.id);
    if (lock) return refuse('locked', lock);

    const methods = (await parts.methods.ofUser(trx, user.id)).filter((method) => method.isConfirmed);
    if (methods.length === 0) return refuse('nothing_enrolled');
    const { requirement } = transaction;
    if (requirement.kind !== 'challenge') return refuse('not_allowed');
    const demanded = parts.registry
      .enabled(settings)
      .filter(({ name }) => requirement.factors.includes(name));
    const chosen = choose(demanded, methods, choice);
    if (!chosen) return refuse('unsupported');

    const { factor, method, challengeType } = chosen;
    const sent = await factor.beginChallenge?.(
      parts.factorContext(trx, factor, settings, user),
      method.state,
    );
    await parts.transactions.move(trx, transaction.id, 'challenged');
    await parts.record(trx, transaction, user, context, {
      type: 'gd_start_auth',
      details: { authenticator: { id: method.id, type: factor.name } },
    });
    const begun = { outcome: 'begun', factor: factor.name, methodId: method.id, challengeType } as const;
    if (!sent) return begun;
    const oobCode = await storeChallenge(parts, trx, transaction, method, sent);
    return { ...begun, oobCode, ...(sent.bindingMethod ? { bindingMethod: sent.bindingMethod } : {}) };
  });
}

/** An open challenge of this transaction, by its `oob_code`. */
export async function findChallenge(
  parts: EngineParts,
  trx: Db,
  transactionId: string,
  oobCode: string,
): Promise<{ id: string; methodId: string; state: unknown } | undefined> {
  const row = await trx
    .selectFrom('challenges')
    .selectAll()
    .where('token_hash', '=', parts.vault.hash(oobCode, 'oob-code'))
    .where('transaction_id', '=', transactionId)
    .where('consumed_at', 'is', null)
    .where('expires_at', '>', parts.clock())
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      methodId: row.method_id,
      state: JSON.parse(parts.vault.decrypt(row.state_encrypted, contextOf(row.id))),
    }
  );
}

/** Spends a challenge, once. */
export async function consumeChallenge(parts: EngineParts, trx: Db, id: string): Promise<boolean> {
  const result = await trx
    .updateTable('challenges')
    .set({ consumed_at: parts.clock() })
    .where('id', '=', id)
    .where('consumed_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

function choose(
  factors: readonly Factor[],
  methods: readonly AuthenticationMethod[],
  choice: ChallengeChoice,
): { factor: Factor; method: AuthenticationMethod; challengeType: 'otp' | 'oob' } | undefined {
  for (const factor of factors) {
    const { challengeType } = factor.wire;
    if (!challengeType || (choice.factor !== undefined && choice.factor !== factor.name)) continue;
    if (choice.challengeTypes && !choice.challengeTypes.includes(challengeType)) continue;
    const method = methods.find(
      ({ id, factor: name }) =>
        name === factor.name && (choice.methodId === undefined || id === choice.methodId),
    );
    if (method) return { factor, method, challengeType };
  }
  return undefined;
}

async function storeChallenge(
  parts: EngineParts,
  trx: Db,
  transaction: { id: string },
  method: AuthenticationMethod,
  sent: { state: unknown; lifetimeSeconds: number },
): Promise<string> {
  const id = newId('chl', parts.clock);
  const oobCode = randomToken();
  const now = parts.clock();
  await trx
    .updateTable('challenges')
    .set({ consumed_at: now })
    .where('transaction_id', '=', transaction.id)
    .where('consumed_at', 'is', null)
    .execute();
  await trx
    .insertInto('challenges')
    .values({
      id,
      transaction_id: transaction.id,
      user_id: method.userId,
      method_id: method.id,
      factor: method.factor,
      token_hash: parts.vault.hash(oobCode, 'oob-code'),
      state_encrypted: parts.vault.encrypt(JSON.stringify(sent.state), contextOf(id)),
      created_at: now,
      expires_at: now + sent.lifetimeSeconds * 1000,
      consumed_at: null,
    })
    .execute();
  return oobCode;
}

function contextOf(id: string): string {
  return `challenges.state_encrypted:${id}`;
}
