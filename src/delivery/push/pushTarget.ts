import type { PushChannel } from '../channel.ts';

/** What a browser gives out for its push service. https://www.w3.org/TR/push-api/#pushsubscription-interface */
export interface WebPushSubscription {
  /** https. Whoever knows it and our key can send there. */
  endpoint: string;
  keys: {
    /** P-256 point, uncompressed, base64url: 65 bytes. */
    p256dh: string;
    /** base64url: 16 bytes. */
    auth: string;
  };
}

/** The address of a device with each push service. */
export interface PushTargetOf {
  webpush: WebPushSubscription;
  /** Device token, lower-case hexadecimal. */
  apns: string;
  /** Registration token. */
  fcm: string;
}

const longestEndpoint = 2048;
const point = /^B[\w-]{86}=?$/;
const authSecret = /^[\w-]{22}(?:==)?$/;
/** Apple: of variable length, at most 100 bytes. */
const deviceToken = /^(?:[0-9a-f]{2}){8,100}$/;
const registrationToken = /^[\w:.%-]{8,4096}$/;

/**
 * Reads the address that a device gave, as text or, of a browser's subscription, as an object.
 *
 * @returns undefined for what no push of the channel can go to. Whether its host may be reached is judged
 *   when something is sent.
 */
export function readPushTarget<OneChannel extends PushChannel>(
  channel: OneChannel,
  target: unknown,
): PushTargetOf[OneChannel] | undefined {
  const read: PushTargetOf[PushChannel] | undefined =
    channel === 'webpush' ? readSubscription(target) : readToken(channel, target);
  return read as PushTargetOf[OneChannel] | undefined;
}

/**
 * What logs may show of it (S-105): the push service and the last four characters.
 *
 * @example `fcm.googleapis.com …x7_Q`
 */
export function maskTarget(target: PushTargetOf[PushChannel]): string {
  if (typeof target === 'string') return `…${target.slice(-4)}`;
  return `${new URL(target.endpoint).hostname} …${target.endpoint.slice(-4)}`;
}

function readSubscription(target: unknown): WebPushSubscription | undefined {
  const { endpoint, keys } = membersOf(typeof target === 'string' ? parse(target) : target);
  const { p256dh, auth } = membersOf(keys);
  if (typeof endpoint !== 'string' || endpoint.length > longestEndpoint) return undefined;
  if (typeof p256dh !== 'string' || !point.test(p256dh)) return undefined;
  if (typeof auth !== 'string' || !authSecret.test(auth)) return undefined;
  const url = URL.parse(endpoint);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return undefined;
  return { endpoint: url.href, keys: { p256dh: unpadded(p256dh), auth: unpadded(auth) } };
}

function membersOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function readToken(channel: 'apns' | 'fcm', target: unknown): string | undefined {
  if (typeof target !== 'string') return undefined;
  const token = channel === 'apns' ? target.toLowerCase() : target;
  return (channel === 'apns' ? deviceToken : registrationToken).test(token) ? token : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unpadded(base64url: string): string {
  return base64url.replace(/=+$/, '');
}
