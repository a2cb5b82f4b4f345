import { newId } from '../../crypto/ids.ts';
import type { CodePurpose } from '../../delivery/codePurpose.ts';
import { askDevice } from '../devices/askDevice.ts';
import type { ChallengeContext, Factor, OutgoingPush, SentChallenge, Shown } from '../factor.ts';
import type { Step } from '../step.ts';
import { type Refusal, refuse } from '../transaction.ts';
import { admitSend } from './admitSend.ts';

/** A challenge that is on its way. */
export interface Sent {
  outcome: 'sent';
  /** Names the challenge when it is answered. */
  oobCode: string;
  channel: string;
  bindingMethod?: 'prompt';
  /** What is to be shown while a device is asked: the number that it wants to know. */
  waiting?: Shown;
}

/** Where a challenge goes. */
export interface Recipient {
  methodId: string;
  state: unknown;
  purpose: CodePurpose;
  /** The method's own choice when absent. */
  channel?: string | undefined;
  /** Leaves the challenges of other factors open. */
  beside?: true | undefined;
}

type SendingFactor = Factor & Required<Pick<Factor, 'beginChallenge'>>;

/** Whether a factor sends its challenges. */
export function sends(factor: Factor): factor is SendingFactor {
  return factor.beginChallenge !== undefined;
}

/**
 * Sends a challenge through one method, within the limits; it takes the place of the transaction's
 * challenge before. The message is queued in the caller's transaction, which holds the person.
 */
export async function sendChallenge(
  step: Omit<Step, 'methods'> & { factor: SendingFactor },
  recipient: Recipient,
): Promise<Sent | Refusal> {
  const { parts, trx, factor, settings, user, transaction, context } = step;
  const { methodId, state, purpose, channel, beside } = recipient;
  const channels = parts.registry.channelsOf(factor, settings);
  if (channel !== undefined && channels && !channels.includes(channel)) return refuse('unsupported');
  const refusal = await admitSend(step, state, purpose);
  if (refusal) return refusal;

  const challengeId = newId('chl', parts.clock);
  const pushes: OutgoingPush[] = [];
  const challengeContext: ChallengeContext = {
    ...parts.factorContext(trx, factor, settings, user),
    challengeId,
    ...(channel === undefined ? {} : { channel }),
    send: (code) =>
      parts.sendCode(trx, {
        ...code,
        purpose,
        challengeId,
        userId: user.id,
        client: transaction.decisionInput.client,
        context,
      }),
    push: async (request) => void pushes.push(request),
  };
  // It takes the place of what a device was asked; a ticket has a method of its own, which goes with it.
  if (purpose === 'verification') await parts.deviceRequests.endOf(trx, transaction.id);
  const made: SentChallenge = await factor.beginChallenge(challengeContext, state);
  const oobCode = factor.device
    ? await askDevice(step, { challengeId, methodId, made, pushes })
    : await parts.challenges.create(trx, {
        id: challengeId,
        transactionId: transaction.id,
        userId: user.id,
        methodId,
        factor: factor.name,
        made,
        beside,
      });
  const { bindingMethod } = made;
  return {
    outcome: 'sent',
    oobCode,
    channel: made.channel,
    ...(bindingMethod ? { bindingMethod } : {}),
    ...(factor.device ? { waiting: factor.device.presentWaiting(made.state) } : {}),
  };
}
