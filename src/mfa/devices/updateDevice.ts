import type { RequestContext } from '../../config/requestContext.ts';
import { type Limit, spend } from '../../database/throttle.ts';
import { recordEvent } from '../../logs/tenantLog.ts';
import type { EngineParts } from '../parts.ts';
import { describeDevice } from './describeDevice.ts';
import type { DeviceBearer, DeviceFound, DeviceRefusal } from './deviceDesk.ts';
import { actAsDevice, refuseDevice } from './openDevice.ts';

/** Changes of one device: each is a line in the log. */
const changeLimit: Limit = { name: 'device-changes', burst: 20, refillSeconds: 60 };

/** Changes a device's name or its push service. */
export function updateDevice(
  parts: EngineParts,
  device: DeviceBearer,
  input: unknown,
  context: RequestContext,
): Promise<DeviceFound | DeviceRefusal> {
  return actAsDevice(parts, device, context, async (opened): Promise<DeviceFound | DeviceRefusal> => {
    const { db: trx, factor, method, user, factorContext } = opened;
    const change = factor.device.readChange(input);
    if (change === undefined) return refuseDevice('malformed_device');
    const budget = await spend(trx, parts.clock, changeLimit, method.id);
    if (!budget.allowed) return refuseDevice('rate_limited', budget);
    const state = factor.device.change(factorContext, method.state, change);
    // The person is held, so nobody else has changed it.
    if (!(await parts.methods.change(trx, method, state))) throw new Error('A held device changed.');
    await recordEvent(trx, parts.clock, {
      type: 'gd_update_device_account',
      // Not only its name: where it is woken may be news to its person.
      description: 'The device changed what it told of itself',
      userId: user.id,
      userName: user.email,
      connection: user.connection,
      ip: context.ip,
      userAgent: context.userAgent,
      details: { authenticator: { id: method.id, type: factor.name } },
    });
    return describeDevice(opened, state);
  });
}
