import type { Clock } from '../../../config/clock.ts';
import type { DeviceDesk } from '../../../mfa/devices/deviceDesk.ts';
import type { Waiters } from '../waiters.ts';

/** What devices may do here. */
export type DeviceService = Pick<
  DeviceDesk,
  'enrol' | 'find' | 'update' | 'remove' | 'waitingRequest' | 'answer' | 'consent' | 'deviceChanged'
>;

/** What the calls of devices are built from. */
export interface DeviceCalls {
  devices: DeviceService;
  clock: Clock;
  /** Public origin with a trailing slash. */
  publicUrl: string;
  /** RFC 8292 public key, base64url of the uncompressed point. */
  vapidPublicKey(): Promise<string>;
  waiters: Waiters;
}
