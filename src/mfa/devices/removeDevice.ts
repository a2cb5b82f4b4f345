import type { RequestContext } from '../../config/requestContext.ts';
import { takeMethod } from '../manage.ts';
import type { EngineParts } from '../parts.ts';
import type { DeviceBearer, DeviceRefusal } from './deviceDesk.ts';
import { actAsDevice } from './openDevice.ts';
import { withTheirDevices } from './sameDevice.ts';

/** A device leaves, with its codes: it is dead at once (S-55), and the person is told (S-45). */
export function removeDevice(
  parts: EngineParts,
  device: DeviceBearer,
  context: RequestContext,
): Promise<{ outcome: 'removed' } | DeviceRefusal> {
  return actAsDevice(parts, device, context, async ({ db: trx, user, method, methods, deviceId }) => {
    if (method.isConfirmed) {
      const actor = { kind: 'device', id: deviceId } as const;
      await takeMethod({ parts, trx, user, context }, { target: method, methods, actor });
    } else {
      // It was nobody's second factor yet: nothing ends by it.
      const going = withTheirDevices(parts.registry, [method], methods);
      await parts.methods.remove(
        trx,
        user.id,
        going.map(({ id }) => id),
      );
    }
    return { outcome: 'removed' } as const;
  });
}
