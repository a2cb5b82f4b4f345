import type { DeviceFound, DeviceRefusal } from './deviceDesk.ts';
import { type OpenedDevice, refuseDevice } from './openDevice.ts';

/** A device as it may see itself; `state` is that of its method. */
export function describeDevice(
  { factor, method, deviceId, user, settings }: OpenedDevice,
  state = method.state,
): DeviceFound | DeviceRefusal {
  const view = factor.device.view(state);
  if (!view) return refuseDevice('unknown_device');
  return {
    ...view,
    outcome: 'found',
    deviceId,
    userId: user.id,
    issuer: settings.friendlyName,
    accountName: user.email,
    isConfirmed: method.isConfirmed,
  };
}
