import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';

/**
 * How a device behaves on the wire: like Auth0's two libraries, with a key for RS256 and a leading zero octet in
 * its modulus, or like this project's own app, with a key for ES256.
 */
export type PushDeviceKind = 'ios' | 'android' | 'app';

type Claims = Record<string, unknown>;

/** What an answer is given to. */
export interface AnsweredRequest {
  challenge: string;
  /** Address that the answer is sent to. */
  audience: string;
  number?: string | undefined;
  /** Default true. */
  isAccepted?: boolean;
  reason?: string;
  /** Over the claims made from the above; `undefined` leaves one out. */
  claims?: Claims;
}

/** A device in the hands of a person, with a key of its own. */
export interface PushDevice {
  readonly kind: PushDeviceKind;
  readonly identifier: string;
  readonly name: string;
  readonly privateKey: KeyObject;
  /** JWK as the device hands it over. */
  readonly publicKey: Readonly<Record<string, string>>;
  /** Body of `POST /api/enroll`. */
  presented(changes?: Claims): Record<string, unknown>;
  /** Compact JWS by its key; `header` over `alg` and `typ`. */
  sign(claims: Claims, header?: Claims): string;
  /** JWT that answers a request. */
  answer(request: AnsweredRequest): string;
  /** JWT by which it changes and removes itself. */
  bearer(owner: { deviceId: string; userId: string; audience: string; claims?: Claims }): string;
  /** Proof that it holds its key, for reading a request. */
  possession(of: { requestToken: string; url: string; method?: string; claims?: Claims }): string;
}

export interface PushDeviceOptions {
  kind?: PushDeviceKind;
  identifier?: string;
  name?: string;
  /** Epoch milliseconds; the machine's clock when absent. */
  clock?: () => number;
}

/** Seconds that both libraries give an answer and a bearer. */
const answerLifetime = 30;
const bearerLifetime = 7200;

export function makePushDevice({
  kind = 'app',
  identifier = randomUUID(),
  name = 'Ann’s phone',
  clock = Date.now,
}: PushDeviceOptions = {}): PushDevice {
  const { privateKey, publicKey } = makeDeviceKey(kind === 'app' ? 'ES256' : 'RS256');
  const presentedKey = presentKey(publicKey);
  const times = (lifetime: number) => {
    // Swift counts time in fractions of seconds.
    const now = kind === 'ios' ? clock() / 1000 : Math.floor(clock() / 1000);
    return { iat: now, exp: now + lifetime };
  };
  const signed = (claims: Claims, header: Claims = {}) => signCompact(privateKey, claims, header);
  return {
    kind,
    identifier,
    name,
    privateKey,
    publicKey: presentedKey,
    presented: (changes = {}) => ({
      identifier,
      name,
      public_key: presentedKey,
      ...(kind === 'app' ? { number_matching: true } : { push_credentials: nativeCredentials[kind] }),
      ...changes,
    }),
    sign: signed,
    answer: ({ challenge, audience, number, isAccepted = true, reason, claims }) =>
      signed({
        ...times(answerLifetime),
        aud: audience,
        iss: identifier,
        sub: challenge,
        auth0_guardian_method: 'push',
        auth0_guardian_accepted: isAccepted,
        auth0_guardian_reason: reason,
        countersign_number: number,
        ...claims,
      }),
    bearer: ({ deviceId, userId, audience, claims }) =>
      signed({ ...times(bearerLifetime), aud: audience, iss: deviceId, sub: userId, ...claims }),
    possession: ({ requestToken, url, method = 'GET', claims }) =>
      signed(
        {
          htu: url,
          htm: method,
          ath: createHash('sha256').update(requestToken).digest('base64url'),
          jti: randomUUID(),
          iat: times(0).iat,
          ...claims,
        },
        { typ: 'dpop+jwt', jwk: presentedKey },
      ),
  };
}

const nativeCredentials = {
  ios: { service: 'APNS', token: 'ab01'.repeat(16) },
  android: { service: 'GCM', token: `fcm-${'T0ken_'.repeat(12)}:APA91b` },
} as const;

/** Push credentials of a browser: a subscription whose keys nobody else has. */
export function webPushCredentials(endpoint = 'https://push.example.com/send/abc'): {
  service: 'WEBPUSH';
  token: string;
} {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  const keys = { p256dh: point.toString('base64url'), auth: Buffer.alloc(16, 7).toString('base64url') };
  return { service: 'WEBPUSH', token: JSON.stringify({ endpoint, expirationTime: null, keys }) };
}

/** A key pair of the kind that devices sign with. */
export function makeDeviceKey(
  algorithm: 'ES256' | 'RS256',
  modulusLength = 2048,
): { privateKey: KeyObject; publicKey: KeyObject } {
  return algorithm === 'ES256'
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
    : generateKeyPairSync('rsa', { modulusLength });
}

/** A public key as devices hand it over: an RSA modulus begins with a zero octet, as both libraries write it. */
export function presentKey(publicKey: KeyObject): Record<string, string> {
  const { kty, n, e, crv, x, y } = publicKey.export({ format: 'jwk' }) as Record<string, string>;
  if (kty === 'EC') return { kty: 'EC', crv: crv ?? '', alg: 'ES256', use: 'sig', x: x ?? '', y: y ?? '' };
  const modulus = Buffer.concat([Buffer.from([0]), Buffer.from(n ?? '', 'base64url')]);
  return { kty: 'RSA', alg: 'RS256', use: 'sig', n: modulus.toString('base64url'), e: e ?? '' };
}

/** Compact JWS by any key for RS256 or ES256. */
export function signCompact(key: KeyObject, claims: Claims, header: Claims = {}): string {
  const isRsa = key.asymmetricKeyType === 'rsa';
  const input = `${encode({ alg: isRsa ? 'RS256' : 'ES256', typ: 'JWT', ...header })}.${encode(claims)}`;
  const signature = sign('sha256', Buffer.from(input), isRsa ? key : { key, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

function encode(part: Claims): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
