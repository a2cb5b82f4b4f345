import { createECDH, createPublicKey, randomBytes, verify } from 'node:crypto';
import type { WebPushSubscription } from '../../../src/delivery/push/pushTarget.ts';
import { openWebPush, type PushReceiver } from './openWebPush.ts';
import {
  startVendorServer,
  type VendorAnswer,
  type VendorRequest,
  type VendorServer,
} from './vendorServer.ts';

/** A push as its receiver got it. */
export interface ReceivedPush {
  subscription: WebPushSubscription;
  /** Decrypted. */
  text: string;
  ttlSeconds: number;
  urgency: string | undefined;
  topic: string | undefined;
  /** Of the sender's token (RFC 8292). */
  vapid: { aud: string; exp: number; sub: string };
}

/** Plays the push service of a browser, and the browsers behind it. */
export interface WebPushSimulator extends VendorServer {
  /** A browser that subscribes with the public key of a server. */
  subscribe(applicationServerKey: string): WebPushSubscription;
  /** Its subscription ends: 410 from then on. */
  unsubscribe(subscription: WebPushSubscription): void;
  /** Pushes that were taken; one with a topic takes the place of the one before it that waits. */
  received: ReceivedPush[];
  /** Pushes that wait for a browser that is switched off: those with a topic replace each other. */
  waiting(subscription: WebPushSubscription): ReceivedPush[];
}

interface Subscriber extends PushReceiver {
  subscription: WebPushSubscription;
  applicationServerKey: string;
  isGone: boolean;
}

const dayMs = 24 * 60 * 60 * 1000;
const largestBody = 4096;

/** Starts it on a free port, over TLS. */
export async function startWebPush({
  clock = Date.now,
}: {
  clock?: () => number;
} = {}): Promise<WebPushSimulator> {
  const subscribers = new Map<string, Subscriber>();
  const received: ReceivedPush[] = [];

  const server = await startVendorServer((request): VendorAnswer => {
    if (request.method !== 'POST') return { status: 405 };
    const subscriber = subscribers.get(request.url.pathname);
    if (!subscriber) return { status: 404 };
    if (subscriber.isGone) return { status: 410 };
    const vapid = vapidOf(request, subscriber.applicationServerKey, server.origin, clock());
    if (typeof vapid === 'number') return { status: vapid };
    const { headers, bytes } = request;
    if (bytes.length > largestBody) return { status: 413 };
    const { ttl, urgency, topic } = headers;
    // RFC 8030 §5.2: without it, 400.
    if (typeof ttl !== 'string' || !/^\d+$/.test(ttl)) return { status: 400 };
    if (topic !== undefined && !/^[\w-]{1,32}$/.test(String(topic))) return { status: 400 };
    if (urgency !== undefined && !/^(very-low|low|normal|high)$/.test(String(urgency)))
      return { status: 400 };
    if (headers['content-encoding'] !== 'aes128gcm') return { status: 400 };
    received.push({
      subscription: subscriber.subscription,
      text: openWebPush(bytes, subscriber),
      ttlSeconds: Number(ttl),
      urgency: urgency?.toString(),
      topic: topic?.toString(),
      vapid,
    });
    return { status: 201, headers: { location: `${server.origin}/message/${received.length}` } };
  });

  return {
    ...server,
    received,
    subscribe(applicationServerKey) {
      const keys = createECDH('prime256v1');
      keys.generateKeys();
      const auth = randomBytes(16);
      const path = `/send/${randomBytes(32).toString('base64url')}`;
      const subscription = {
        endpoint: server.origin + path,
        keys: { p256dh: keys.getPublicKey('base64url'), auth: auth.toString('base64url') },
      };
      subscribers.set(path, { keys, auth, subscription, applicationServerKey, isGone: false });
      return subscription;
    },
    unsubscribe({ endpoint }) {
      const subscriber = subscribers.get(new URL(endpoint).pathname);
      if (subscriber) subscriber.isGone = true;
    },
    waiting: ({ endpoint }) =>
      received.filter(
        ({ subscription, topic }, at) =>
          subscription.endpoint === endpoint &&
          !received
            .slice(at + 1)
            .some((later) => later.subscription.endpoint === endpoint && later.topic === topic),
      ),
  };
}

/** RFC 8292: signed by the key that the browser subscribed with, for this origin, for at most 24 hours. */
function vapidOf(
  { headers }: VendorRequest,
  applicationServerKey: string,
  origin: string,
  now: number,
): ReceivedPush['vapid'] | 401 | 403 {
  const [, token, key] =
    /^vapid t=([\w-]+\.[\w-]+\.[\w-]+), ?k=([\w-]+)$/.exec(headers.authorization ?? '') ?? [];
  if (token === undefined || key === undefined) return 401;
  if (key !== applicationServerKey) return 403;
  const [header = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  if (point.length !== 65 || point[0] !== 4) return 403;
  const x = point.subarray(1, 33).toString('base64url');
  const y = point.subarray(33).toString('base64url');
  const isSigned = verify(
    'sha256',
    Buffer.from(`${header}.${claims}`),
    {
      key: createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' }),
      dsaEncoding: 'ieee-p1363',
    },
    Buffer.from(signature, 'base64url'),
  );
  const { alg } = JSON.parse(Buffer.from(header, 'base64url').toString());
  const vapid = JSON.parse(Buffer.from(claims, 'base64url').toString()) as ReceivedPush['vapid'];
  const { aud, exp, sub } = vapid;
  const isInTime = exp * 1000 > now && exp * 1000 <= now + dayMs;
  const isWhole = alg === 'ES256' && aud === origin && isInTime && /^(mailto:.+@.+|https:\/\/.+)$/.test(sub);
  return isSigned && isWhole ? vapid : 403;
}
