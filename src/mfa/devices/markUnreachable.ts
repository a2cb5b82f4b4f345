import type { Db } from '../../database/database.ts';
import { holdUser } from '../attempts.ts';
import type { EngineParts } from '../parts.ts';
import { hasDevice } from './openDevice.ts';
import { deviceIdOf } from './sameDevice.ts';

/** A device by its person. */
export interface NamedDevice {
  userId: string;
  /** `dev_…`. */
  deviceId: string;
}

/** The push service takes nothing for this device any more, and is asked no more; `reason` is a word. */
export async function markUnreachable(
  parts: EngineParts,
  trx: Db,
  { userId, deviceId }: NamedDevice,
  reason: string,
): Promise<void> {
  await holdUser(trx, userId);
  for (const method of await parts.methods.ofUser(trx, userId)) {
    const factor = parts.registry.get(method.factor);
    if (!hasDevice(factor) || deviceIdOf(method.id) !== deviceId) continue;
    await parts.methods.change(trx, method, factor.device.markUnreachable(method.state, reason));
  }
}
