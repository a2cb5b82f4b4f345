import type { Clock } from '../config/clock.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../database/database.ts';
import { recordEvent, type TenantEvent } from '../logs/tenantLog.ts';
import type { Channel } from './channel.ts';
import { codeOf } from './codeMessages.ts';
import { pushOf } from './push/pushMessages.ts';
import type { Claim } from './queue.ts';

const push = { sent: 'gd_send_pn', failed: 'gd_send_pn_failure' };

/** Auth0 has no code for an e-mail with a code that failed. */
const challengeEvents: Readonly<Record<Channel, { sent: string; failed: string }>> = {
  sms: { sent: 'gd_send_sms', failed: 'gd_send_sms_failure' },
  voice: { sent: 'gd_send_voice', failed: 'gd_send_voice_failure' },
  email: { sent: 'gd_send_email', failed: 'fn' },
  webpush: push,
  apns: push,
  fcm: push,
};

/** The row, as it was before the outcome was written. */
type ToldMessage = Pick<
  Claim,
  'id' | 'channel' | 'user_id' | 'template' | 'attempts' | 'challenge_id' | 'recipient_masked' | 'provider'
> & { content_encrypted?: string };

/** What a row of the queue came to, for the tenant log; no recipient in full, no code, no provider's words (S-105). */
interface Told {
  vault: Vault;
  clock: Clock;
  message: ToldMessage;
  details: Record<string, unknown>;
}

/** A challenge's message was handed over. Others leave no event: what they tell of has its own. */
export async function recordSent(trx: Db, told: Told): Promise<void> {
  const { channel } = told.message;
  if (!isOfChallenge(told.message) || channel === 'request') return;
  await recordEvent(trx, told.clock, eventOf(told, challengeEvents[channel].sent));
}

/** The message was given up. */
export async function recordFailed(trx: Db, told: Told): Promise<void> {
  const { channel } = told.message;
  const type = isOfChallenge(told.message) && channel !== 'request' ? challengeEvents[channel].failed : 'fn';
  await recordEvent(trx, told.clock, eventOf(told, type));
}

function isOfChallenge({ challenge_id }: ToldMessage): boolean {
  return challenge_id !== null;
}

function eventOf({ vault, message, details }: Told, type: string): TenantEvent {
  const { user_id, template, attempts, provider, recipient_masked } = message;
  return {
    ...occasionOf(vault, message),
    type,
    ...(user_id !== null && { userId: user_id }),
    details: {
      template,
      attempts,
      ...(recipient_masked !== null && { to: recipient_masked }),
      ...(provider !== null && { provider }),
      ...details,
    },
  };
}

/** Where the challenge was asked for; nothing for other messages, or when the content has gone or doesn't open. */
function occasionOf(vault: Vault, { content_encrypted, ...message }: ToldMessage): Partial<TenantEvent> {
  if (!content_encrypted) return {};
  try {
    const row = { ...message, content_encrypted };
    const asked = codeOf(vault, row) ?? pushOf(vault, row);
    if (!asked) return {};
    const { clientId, clientName, requestInfo } = asked;
    return {
      ...(clientId !== undefined && { clientId }),
      clientName,
      ip: requestInfo.ip,
      userAgent: requestInfo.userAgent,
    };
  } catch {
    // Altered or sealed for another row: the message fails for that, and its event must still be written.
    return {};
  }
}
