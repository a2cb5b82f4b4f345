import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';
import { Type } from 'typebox';
import webPushLibrary from 'web-push';
import type { OutboundClient, OutboundRequest, OutboundResponse } from '../../outbound/outboundClient.ts';
import type { PushMessage } from '../push/pushMessage.ts';
import type { WebPushSubscription } from '../push/pushTarget.ts';
import { callProvider, refusalOf } from './callProvider.ts';
import { DeliveryError, type ProviderDefinition, type VapidIdentity } from './provider.ts';

const settings = Type.Object(
  {
    subject: Type.Optional(
      Type.String({
        pattern: '^(mailto:[^\\s@]+@[^\\s@]+|https://\\S+)$',
        maxLength: 500,
        description:
          'Whom push services may write to, mailto: or https:. Default the tenant’s support address, else the public URL.',
      }),
    ),
    hosts: Type.Optional(
      Type.String({
        pattern: '^\\.?[0-9A-Za-z.-]+(,\\.?[0-9A-Za-z.-]+)*$',
        maxLength: 2000,
        description:
          'Push services that devices may name, as in fcm.googleapis.com,.push.apple.com. Default all of the Internet.',
      }),
    ),
  },
  { additionalProperties: false },
);
const credentials = Type.Object({}, { additionalProperties: false });

/** RFC 8291 §4: what a push service has to take, the header of the encryption included. */
const largestBody = 4096;
/** RFC 8292 §2 allows 24 hours. */
const tokenSeconds = 12 * 60 * 60;

/**
 * Wakes browsers through the push services that they named (RFC 8030). What is sent is encrypted for the device
 * (RFC 8291) and holds no secret even so: the device fetches the request itself (S-52). Each push is signed with
 * our keys (RFC 8292) and goes out by the guard for addresses of strangers (S-92).
 */
export const webPush: ProviderDefinition<'webpush', typeof settings, typeof credentials> = {
  name: 'webpush',
  title: 'Push services of browsers',
  channel: 'webpush',
  settings,
  credentials,
  create: (config, { clock, deviceHttp, identify }) => ({
    isOneService: false,
    async send(message, signal) {
      const { endpoint } = message.target;
      const url = new URL(endpoint);
      if (!isAmong(config.settings.hosts, url.hostname)) throw new DeliveryError('final', 'host_not_allowed');
      const identity = await identify();
      const subject = config.settings.subject ?? identity.subject;
      const body = sealed(message.target, payloadOf(message));
      const answer = await callStranger(deviceHttp, {
        method: 'POST',
        url,
        headers: {
          authorization: await vapidHeader({ ...identity, subject }, url.origin, clock()),
          'content-type': 'application/octet-stream',
          'content-encoding': 'aes128gcm',
          ttl: String(Math.max(0, Math.ceil((message.expiresAt - clock()) / 1000))),
          urgency: 'high',
          topic: topicOf(message),
        },
        body,
        signal,
      });
      if (answer.status >= 200 && answer.status <= 299) return {};
      throw refusal(answer, clock());
    },
    /** There is nobody to ask: that our keys can be read is all there is to know. */
    async check() {
      await identify();
    },
  }),
};

/** All that leaves: which account the device should ask about, and until when. */
function payloadOf({ deviceId, expiresAt }: PushMessage<unknown>): string {
  return JSON.stringify({ dai: deviceId, exp: Math.floor(expiresAt / 1000) });
}

function sealed({ keys }: WebPushSubscription, payload: string): Buffer {
  let body: Buffer;
  try {
    body = webPushLibrary.encrypt(keys.p256dh, keys.auth, payload, 'aes128gcm').cipherText;
  } catch (cause) {
    // The device's public key is no point of the curve.
    throw new DeliveryError('final', 'subscription', { cause });
  }
  if (body.length > largestBody) throw new DeliveryError('final', 'too_large');
  return body;
}

async function vapidHeader(
  { publicKey, privateKey, subject }: VapidIdentity,
  audience: string,
  now: number,
): Promise<string> {
  const token = await new SignJWT()
    .setProtectedHeader({ alg: 'ES256', typ: 'JWT' })
    .setAudience(audience)
    .setExpirationTime(Math.floor(now / 1000) + tokenSeconds)
    .setSubject(subject)
    .sign(privateKey);
  return `vapid t=${token}, k=${publicKey}`;
}

/** A later push to the same device takes the place of one that waits; the name tells the service nothing. */
function topicOf({ deviceId }: PushMessage<unknown>): string {
  return createHash('sha256').update(`topic:${deviceId}`).digest('base64url').slice(0, 32);
}

function isAmong(hosts: string | undefined, hostname: string): boolean {
  if (hosts === undefined) return true;
  return hosts
    .toLowerCase()
    .split(',')
    .some((host) => (host.startsWith('.') ? hostname.endsWith(host) : hostname === host));
}

/** A device named the address, so what the guard refuses is no fault of our configuration. */
async function callStranger(http: OutboundClient, request: OutboundRequest): Promise<OutboundResponse> {
  try {
    return await callProvider(http, request);
  } catch (error) {
    const isRefused = error instanceof DeliveryError && error.kind === 'configuration';
    throw isRefused ? new DeliveryError('final', error.code, { cause: error }) : error;
  }
}

const forgotten: ReadonlySet<number> = new Set([404, 410]);
const ofOurKeys: ReadonlySet<number> = new Set([401, 403]);

/** RFC 8030 §5 and §7.3. */
function refusal(answer: OutboundResponse, now: number): DeliveryError {
  const { status } = answer;
  if (forgotten.has(status)) return new DeliveryError('gone', `http_${status}`);
  const refused = refusalOf(answer, now);
  if (refused.kind !== 'configuration' || ofOurKeys.has(status)) return refused;
  return new DeliveryError('final', refused.code);
}
