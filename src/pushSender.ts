import type { Clock } from './config/clock.ts';
import type { Vault } from './crypto/vault.ts';
import type { EngineDependencies } from './mfa/parts.ts';

/** Devices look for their requests by themselves; nothing wakes them. */
export function pushSender(_vault: Vault, _clock: Clock): EngineDependencies['sendPush'] {
  return async () => {};
}
