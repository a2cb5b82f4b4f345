import type { Clock } from '../config/clock.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../database/database.ts';
import { recordEvent, type TenantEvent } from '../logs/tenantLog.ts';
import { codeOf } from './codeMessages.ts';
import type { Claim } from './queue.ts';

/** Auth0 has no code for an e-mail with a code that failed. */
const codeEvents = {
  sms: { sent: 'gd_send_sms', failed: 'gd_send_sms_failure' },
  voice: { sent: 'gd_send_voice', failed: 'gd_send_voice_failure' },
  email: { sent: 'gd_send_email', failed: 'fn' },
} as const;

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

/** A code was handed over. Other messages leave no event: what they tell of has its own. */
export async function recordSent(trx: Db, told: Told): Promise<void> {
  const { channel } = told.message;
  if (!isCode(told.message) || channel === 'request') return;
  await recordEvent(trx, told.clock, eventOf(told, codeEvents[channel].sent));
}

/** The message was given up. */
export async function recordFailed(trx: Db, told: Told): Promise<void> {
  const { channel } = told.message;
  const type = isCode(told.message) && channel !== 'request' ? codeEvents[channel].failed : 'fn';
  await recordEvent(trx, told.clock, eventOf(told, type));
}

function isCode({ challenge_id }: ToldMessage): boolean {
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

/** Where a code was asked for; nothing for other messages, or when the content has gone or doesn't open. */
function occasionOf(vault: Vault, message: ToldMessage): Partial<TenantEvent> {
  const { id, challenge_id, content_encrypted } = message;
  if (challenge_id === null || !content_encrypted) return {};
  try {
    const code = codeOf(vault, { id, challenge_id, content_encrypted });
    if (!code) return {};
    const { clientId, clientName, requestInfo } = code;
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
