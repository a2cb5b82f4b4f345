import type { Db } from '../database/database.ts';
import { namesOf } from './choices/choicesFor.ts';
import type { RequestState } from './devices/askDevice.ts';
import type { Factor, Shown } from './factor.ts';
import type { EngineParts } from './parts.ts';

/** A sent challenge, as its own person may see it. */
export interface LatestChallenge {
  factor: string;
  methodId: string;
  channel: string;
  /** Epoch milliseconds. */
  sentAt: number;
  /** Where it went, masked, and what the person looks for on a device that is asked. */
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
    shown: {
      ...factor.presentChallenge?.(method.state),
      ...(await shownWhileWaiting(parts, db, transactionId, factor)),
    },
    others: methods
      .filter(({ id }) => id !== method.id)
      .map((method) => ({ id: method.id, name: namesOf(factor, method).join(', ') || method.id })),
  };
}

/** What the page shows while a device is asked: the number. Nothing once that is over. */
async function shownWhileWaiting(
  { challenges }: EngineParts,
  db: Db,
  transactionId: string,
  { device }: Factor,
): Promise<Shown | undefined> {
  const found = device && (await challenges.find(db, transactionId, 'latest'));
  if (found?.outcome !== 'open') return undefined;
  return device?.presentWaiting((found.challenge.state as RequestState).request);
}
