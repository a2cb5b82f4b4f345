import type { Clock } from './config/clock.ts';
import type { Vault } from './crypto/vault.ts';
import type { WordedChannel } from './delivery/channel.ts';
import { enqueueCode } from './delivery/codeMessages.ts';
import type { EngineDependencies } from './mfa/parts.ts';

/** Puts the engine's codes into the queue of messages. */
export function codeSender(vault: Vault, clock: Clock): EngineDependencies['sendCode'] {
  return (trx, { channel, to, code, expiresAt, purpose, challengeId, userId, client, context }) =>
    enqueueCode(trx, vault, clock, {
      channel: channel as WordedChannel,
      to,
      code,
      expiresAt,
      purpose,
      challengeId,
      userId,
      clientId: client.id,
      clientName: client.name,
      requestInfo: { ip: context.ip, userAgent: context.userAgent },
      ...(context.language === undefined ? {} : { locale: context.language }),
    });
}
