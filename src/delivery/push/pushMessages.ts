import type { Clock } from '../../config/clock.ts';
import type { Vault } from '../../crypto/vault.ts';
import type { Db } from '../../database/database.ts';
import { isPushChannel, type PushChannel } from '../channel.ts';
import type { RequestInfo } from '../codeMessages.ts';
import { DuplicateMessageError, enqueue, openContent } from '../messages.ts';
import type { PushMessage } from './pushMessage.ts';
import { maskTarget, type PushTargetOf, readPushTarget } from './pushTarget.ts';

/** A request to a device on its way, before it is put into words. */
export interface PushRequest {
  channel: PushChannel;
  /** Where the push service finds the device, as the device gave it; `readPushTarget` reads it. */
  target: unknown;
  /** `dev_…`. */
  deviceId: string;
  /** Whose account it is about; goes with the account when that is deleted. */
  userId: string;
  /** Bearer by which the device answers. */
  requestToken: string;
  /** Text that the answer repeats. */
  challenge: string;
  /** Public name of the request: `cns_…`. */
  consentId: string;
  clientId?: string;
  /** The application the person signs in to. */
  clientName: string;
  /** Who asked. */
  requestInfo: RequestInfo;
  /** BCP 47 tag; the nearest language there is, else English. */
  locale?: string;
  /** At most one message a challenge. */
  challengeId: string;
  /** Epoch milliseconds. */
  startedAt: number;
  /** Epoch milliseconds: from then on the message is dead, dropped and logged. */
  expiresAt: number;
}

/** Puts a request into words; `envelope` is taken over as it is. A throw is tried again. */
export type PushWording = (
  request: PushRequest,
  envelope: { id: string; createdAt: number },
) => Promise<PushMessage<PushTargetOf[PushChannel]>>;

/** As delivery logs call it. */
const template = 'push_request';

/**
 * Queues a request to a device in the transaction that makes it: the message exists if and only if the request
 * does. The dispatcher sends it after the commit and for as long as the request is alive. All of it is sealed.
 *
 * @throws DuplicateMessageError
 * @throws RangeError when the channel is none, or nothing of it goes to the target.
 */
export async function enqueuePush(
  trx: Db,
  vault: Vault,
  clock: Clock,
  request: Omit<PushRequest, 'channel'> & { channel: string },
): Promise<void> {
  const { channel, userId, challengeId, expiresAt } = request;
  const target = isPushChannel(channel) ? readPushTarget(channel, request.target) : undefined;
  if (!isPushChannel(channel) || target === undefined) {
    throw new RangeError('The recipient of the push must be the address of a device with its push service.');
  }
  const isNew = await enqueue(trx, vault, clock, {
    channel,
    template,
    userId,
    content: request,
    expiresAt,
    recipientMasked: maskTarget(target),
    challengeId,
  });
  if (!isNew) throw new DuplicateMessageError();
}

/** The request that a queued row holds; undefined for any other row. @throws as `openContent` does. */
export function pushOf(
  vault: Vault,
  row: { id: string; channel: string; content_encrypted: string },
): PushRequest | undefined {
  return isPushChannel(row.channel) ? (openContent(vault, row) as PushRequest) : undefined;
}
