import type { Shown } from './factor.ts';
import type { EngineParts } from './parts.ts';

/** A sent challenge, as its own person may see it. */
export interface LatestChallenge {
  factor: string;
  methodId: string;
  channel: string;
  /** Epoch milliseconds. */
  sentAt: number;
  /** Where it went, masked. */
  shown: Shown;
  /** The person's other methods of this factor. */
  others: { id: string; name: string }[];
}

/** The challenge that this transaction sent last through a confirmed method. */
export async function latestChallenge(
  parts: EngineParts,
  transactionId: string,
): Promise<LatestChallenge | undefined> {
  const { db } = parts.database;
  const transaction = await parts.transactions.find(db, transactionId);
  const latest = transaction && (await parts.challenges.latestSent(db, transactionId));
  const user = latest && (await parts.findUser(db, transaction.userId));
  if (!user) return undefined;
  const methods = (await parts.methodsOf(db, user, await parts.settings(db))).filter(
    ({ factor, isConfirmed }) => factor === latest.factor && isConfirmed,
  );
  const method = methods.find(({ id }) => id === latest.methodId);
  const factor = parts.registry.get(latest.factor);
  if (!method || !factor) return undefined;
  return {
    factor: factor.name,
    methodId: method.id,
    channel: latest.channel,
    sentAt: latest.sentAt,
    shown: factor.presentChallenge?.(method.state) ?? {},
    others: methods
      .filter(({ id }) => id !== method.id)
      .map(({ id, state }) => ({ id, name: factor.describe(state).name ?? id })),
  };
}
