import { createPublicKey } from 'node:crypto';
import type { PushChannel } from '../../delivery/channel.ts';
import { type PushTargetOf, readPushTarget as readTarget } from '../../delivery/push/pushTarget.ts';

const channels = { APNS: 'apns', GCM: 'fcm', WEBPUSH: 'webpush' } as const;

/** Where a device is woken. */
export interface PushTarget {
  service: keyof typeof channels;
  target: PushTargetOf[PushChannel];
}

/** Delivery channel of its service. */
export function channelOf({ service }: PushTarget): PushChannel {
  return channels[service];
}

/**
 * Reads `push_credentials`; undefined where the token has not the form that its service gives out. Auth0's
 * libraries say `GCM` for Google's service to this day, and once wrote `apns` in small letters. The token of
 * `WEBPUSH` is the JSON text of a browser's subscription.
 */
export function readPushTarget(input: unknown): PushTarget | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  const { service: written, token } = input as { service?: unknown; token?: unknown };
  const service = typeof written === 'string' ? written.toUpperCase() : '';
  if (!isService(service) || typeof token !== 'string') return undefined;
  const target = readTarget(channels[service], token);
  if (target === undefined || (typeof target === 'object' && !isOnCurve(target.keys.p256dh)))
    return undefined;
  return { service, target };
}

function isService(name: string): name is PushTarget['service'] {
  return Object.hasOwn(channels, name);
}

/** A point that is none would only fail once something is encrypted to it. */
function isOnCurve(p256dh: string): boolean {
  const point = Buffer.from(p256dh, 'base64url');
  const x = point.subarray(1, 33).toString('base64url');
  const y = point.subarray(33).toString('base64url');
  try {
    createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
}
