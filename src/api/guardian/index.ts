import type { Clock } from '../../config/clock.ts';
import type { App } from '../../http/createApp.ts';
import type { DeviceDesk } from '../../mfa/devices/deviceDesk.ts';
import { registerDeviceCalls } from './devices/registerDeviceCalls.ts';
import { Waiters } from './waiters.ts';

/** What the Guardian API is built from. */
export interface GuardianDependencies {
  devices: DeviceDesk;
  clock: Clock;
  /** Public origin with a trailing slash. */
  publicUrl: string;
  /** RFC 8292 public key, base64url of the uncompressed point. */
  vapidPublicKey(): Promise<string>;
}

/**
 * The Guardian API: what devices call, and what a page with auth0-guardian-js calls. It knows no cookies;
 * every call brings a token of its own.
 */
export async function registerGuardianApi(app: App, dependencies: GuardianDependencies): Promise<void> {
  await registerDeviceCalls(app, { ...dependencies, waiters: new Waiters() });
}
