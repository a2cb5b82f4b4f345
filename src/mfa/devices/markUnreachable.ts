import type { Db } from '../../database/database.ts';
import { holdUser } from '../attempts.ts';
import type { EngineParts } from '../parts.ts';
import { hasDevice } from './openDevice.ts';
import { deviceIdOf } from './sameDevice.ts';

/** An address of a device that leads nowhere any more. */
export interface GoneAddress {
  userId: string;
  /** `dev_…`. */
  deviceId: string;
  /** The address; whichever it has when absent. */
  target?: unknown;
}

/**
 * The push service takes nothing for this device any more, and is asked no more; `reason` is a word. A device that
 * has another address by now is left alone.
 */
export async function markUnreachable(
  parts: EngineParts,
  trx: Db,
  { userId, deviceId, target }: GoneAddress,
  reason: string,
): Promise<void> {
  await holdUser(trx, userId);
  for (const method of await parts.methods.ofUser(trx, userId)) {
    const factor = parts.registry.get(method.factor);
    if (!hasDevice(factor) || deviceIdOf(method.id) !== deviceId) continue;
    const state = factor.device.markUnreachable(method.state, reason, target);
    if (state !== method.state) await parts.methods.change(trx, method, state);
  }
}
