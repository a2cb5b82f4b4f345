import { androidData } from '../../push/guardianPayload.ts';
import type { PushMessage } from '../../push/pushMessage.ts';
import { limitPayload } from '../limitPayload.ts';

/**
 * What Google's push service is to do with a request, without the device's address. Data and nothing to show:
 * with a notification of its own the system would keep the data from an application in the background.
 * https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages
 *
 * @throws DeliveryError `final` when the data are too large.
 */
export function androidMessage(message: PushMessage<unknown>, now: number) {
  const data = androidData(message);
  limitPayload(data);
  const seconds = Math.max(0, Math.ceil((message.expiresAt - now) / 1000));
  return {
    data,
    // A later request to the same account on the device takes the place of one that waits.
    android: { priority: 'HIGH', ttl: `${seconds}s`, collapse_key: message.deviceId },
  };
}
