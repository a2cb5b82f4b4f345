import type { Clock } from './config/clock.ts';
import type { Vault } from './crypto/vault.ts';
import { enqueuePush } from './delivery/push/pushMessages.ts';
import type { EngineDependencies } from './mfa/parts.ts';

/** Puts the engine's requests to devices into the queue of messages. */
export function pushSender(vault: Vault, clock: Clock): EngineDependencies['sendPush'] {
  return (trx, { client, context, createdAt, methodId: _, ...push }) =>
    enqueuePush(trx, vault, clock, {
      ...push,
      clientId: client.id,
      clientName: client.name,
      requestInfo: { ip: context.ip, userAgent: context.userAgent },
      startedAt: createdAt,
      ...(context.language === undefined ? {} : { locale: context.language }),
    });
}
