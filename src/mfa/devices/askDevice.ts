import { newId } from '../../crypto/ids.ts';
import { randomToken } from '../../crypto/random.ts';
import type { OutgoingPush, SentChallenge } from '../factor.ts';
import type { Step } from '../step.ts';
import { denialKey } from './denials.ts';
import { deviceIdOf } from './sameDevice.ts';

/** What the challenge of a request keeps, sealed. */
export interface RequestState {
  /** The factor's own part. */
  request: unknown;
  /** Bearer by which it is answered. */
  requestToken: string;
  /** Who asks. */
  asked: { ip: string; userAgent: string };
  /** Under what a denial counts. */
  denialKey: string;
}

/** A challenge made by a factor, to be asked of a device. */
export interface MadeRequest {
  challengeId: string;
  methodId: string;
  made: SentChallenge;
  /** Ways by which the device is woken. */
  pushes: readonly OutgoingPush[];
}

/**
 * Asks a device: whatever else waits for an answer of this person is replaced (S-50), and what wakes the device
 * is queued in the caller's transaction. The caller holds the person, so that of two who ask one is replaced.
 *
 * @returns the challenge's `oob_code`
 */
export async function askDevice(
  { parts, trx, user, transaction, factor, context }: Omit<Step, 'methods'>,
  { challengeId, methodId, made, pushes }: MadeRequest,
): Promise<string> {
  const requestToken = randomToken();
  const consentId = newId('cns', parts.clock);
  const { ip, userAgent } = context;
  const state: RequestState = {
    request: made.state,
    requestToken,
    asked: { ip, userAgent },
    denialKey: denialKey(parts, user, ip),
  };
  await parts.deviceRequests.replaceOf(trx, user.id);
  const oobCode = await parts.challenges.create(trx, {
    id: challengeId,
    transactionId: transaction.id,
    userId: user.id,
    methodId,
    factor: factor.name,
    made: { ...made, state },
  });
  const { lifetimeSeconds } = made;
  await parts.deviceRequests.insert(trx, {
    challengeId,
    purpose: 'verification',
    userId: user.id,
    methodId,
    token: requestToken,
    consentId,
    lifetimeSeconds,
  });
  const createdAt = parts.clock();
  for (const push of pushes) {
    await parts.sendPush(trx, {
      ...push,
      challengeId,
      userId: user.id,
      methodId,
      deviceId: deviceIdOf(methodId),
      requestToken,
      consentId,
      client: transaction.decisionInput.client,
      context,
      createdAt,
      expiresAt: createdAt + lifetimeSeconds * 1000,
    });
  }
  return oobCode;
}
