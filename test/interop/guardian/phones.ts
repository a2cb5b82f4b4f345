import { createHash, randomUUID, sign } from 'node:crypto';
import { makePushDevice, type PushDevice } from '../../support/pushDevice.ts';

/**
 * Phones with Auth0's Guardian libraries, as far as the wire shows them: requests as Guardian.swift 1.9.2 and
 * Guardian.Android 0.11.0 send them, and answers decoded as strictly as they do. Keys are of the tests' own.
 */
export interface Phone {
  readonly kind: 'ios' | 'android';
  readonly device: PushDevice;
  /** Reads what was scanned and enrols. @throws PhoneError as the library would. */
  enroll(scanned: string): Promise<Enrollment>;
  allow(notification: Notification): Promise<void>;
  reject(notification: Notification, reason?: string): Promise<void>;
  consent(notification: Notification): Promise<Consent>;
  update(change: { name?: string; pushToken?: string }, auth?: 'jwt' | 'token'): Promise<void>;
  remove(auth?: 'jwt' | 'token'): Promise<void>;
  /** What waits for it: the extension that our own app uses, in place of a push. */
  notification(): Promise<Notification>;
}

export interface Enrollment {
  id: string;
  userId: string;
  token: string;
  totp?: { secret: string; algorithm: string; digits: number; period: number };
}

/** What a push carries. */
export interface Notification {
  transactionToken: string;
  challenge: string;
  consentId: string;
}

export interface Consent {
  id: string;
  audience: string;
  scope: string[];
}

/** An error as the libraries make it of an answer. */
export class PhoneError extends Error {
  readonly status: number;
  readonly code: string | undefined;

  constructor(status: number, code: string | undefined, message = code ?? `status ${status}`) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

type Members = Record<string, unknown>;
type Init = { method: string; headers: Record<string, string>; body?: string };

/** How the two libraries differ on the wire. */
interface Dialect {
  kind: 'ios' | 'android';
  encode(value: unknown): string;
  bodyType: string;
  clientInfo: Members;
  headers: Record<string, string>;
  /** Seconds since the epoch. */
  now(): number;
  pushCredentials(token: string): Members;
  pushToken: string;
  /** Claims in the order that the library writes. */
  uuid(): string;
  decodeEnrollment(body: unknown): Enrollment;
  decodeConsent(body: unknown): Consent;
  decodeUpdate(body: unknown): void;
  /** Whether an answer that has no body of interest is taken. */
  acceptsNothing(response: Response, text: string): boolean;
  errorOf(status: number, text: string): PhoneError;
}

/** A phone with Guardian.swift. */
export const iphone = (base: string) => phoneOf(swift, base);
/** A phone with Guardian.Android. */
export const androidPhone = (base: string) => phoneOf(android, base);

function phoneOf(dialect: Dialect, base: string): Phone {
  const { kind } = dialect;
  const device = makePushDevice({ kind });
  const api = apiBase(base);
  const claimsOf = (claims: Members, header: Members = {}) =>
    compact(dialect, device, claims, { alg: 'RS256', typ: 'JWT', ...header });
  let enrollment: Enrollment | undefined;
  const enrolled = (): Enrollment => {
    if (!enrollment) throw new Error('The phone is not enrolled.');
    return enrollment;
  };

  const send = async (url: string, method: string, authorization: string, body?: Members, more = {}) => {
    const init: Init = {
      method,
      headers: {
        authorization,
        'auth0-client': Buffer.from(JSON.stringify(dialect.clientInfo)).toString('base64url'),
        ...dialect.headers,
        ...(body ? { 'content-type': dialect.bodyType } : {}),
        ...more,
      },
      ...(body ? { body: dialect.encode(body) } : {}),
    };
    const response = await fetch(url, init);
    const text = await response.text();
    if (!response.ok) throw dialect.errorOf(response.status, text);
    return { response, text };
  };
  const json = async (...call: Parameters<typeof send>) => {
    const { response, text } = await send(...call);
    requireJson(response);
    return JSON.parse(text) as unknown;
  };
  const nothing = async (...call: Parameters<typeof send>) => {
    const { response, text } = await send(...call);
    if (!dialect.acceptsNothing(response, text)) throw new PhoneError(response.status, 'invalid response');
  };

  const bearer = (auth: 'jwt' | 'token') => {
    const { id, userId, token } = enrolled();
    const now = dialect.now();
    const claims = { sub: userId, iss: id, aud: `${api}/api/device-accounts`, exp: now + 7200, iat: now };
    return `Bearer ${auth === 'token' ? token : claimsOf(claims)}`;
  };
  const resolve = (notification: Notification, isAccepted: boolean, reason?: string) => {
    const now = dialect.now();
    const url = `${api}/api/resolve-transaction`;
    const claims = {
      ...{ sub: notification.challenge, iss: device.identifier, aud: url, exp: now + 30, iat: now },
      auth0_guardian_method: 'push',
      auth0_guardian_accepted: isAccepted,
      ...(reason === undefined ? {} : { auth0_guardian_reason: reason }),
    };
    const body = { challenge_response: claimsOf(claims) };
    return nothing(url, 'POST', `Bearer ${notification.transactionToken}`, body);
  };

  return {
    kind,
    device,
    async enroll(scanned) {
      const body = {
        identifier: device.identifier,
        name: device.name,
        push_credentials: dialect.pushCredentials(dialect.pushToken),
        public_key: device.publicKey,
      };
      const ticket = `Ticket id="${ticketOf(kind, scanned)}"`;
      enrollment = dialect.decodeEnrollment(await json(`${api}/api/enroll`, 'POST', ticket, body));
      return enrollment;
    },
    allow: (notification) => resolve(notification, true),
    reject: (notification, reason) => resolve(notification, false, reason),
    async consent({ consentId, transactionToken }) {
      const url = `${base.replace(/\/appliance-mfa\/?$/, '').replace(/\/$/, '')}/rich-consents/${consentId}`;
      const claims = {
        ...{ htu: url, htm: 'GET', ath: createHash('sha256').update(transactionToken).digest('base64url') },
        ...{ jti: dialect.uuid(), iat: dialect.now() },
      };
      const proof = claimsOf(claims, { typ: 'dpop+jwt', jwk: device.publicKey });
      const answer = await json(url, 'GET', `MFA-DPoP ${transactionToken}`, undefined, { 'mfa-dpop': proof });
      return dialect.decodeConsent(answer);
    },
    async update({ name, pushToken }, auth = 'jwt') {
      const body = {
        ...(name === undefined ? {} : { name }),
        ...(pushToken === undefined ? {} : { push_credentials: dialect.pushCredentials(pushToken) }),
      };
      const url = `${api}/api/device-accounts/${enrolled().id}`;
      dialect.decodeUpdate(await json(url, 'PATCH', bearer(auth), body));
    },
    remove: (auth = 'jwt') => nothing(`${api}/api/device-accounts/${enrolled().id}`, 'DELETE', bearer(auth)),
    async notification() {
      const url = `${api}/api/device-accounts/${enrolled().id}/request?wait=20`;
      const { request } = (await json(url, 'GET', bearer('jwt'))) as {
        request: Record<string, string> | null;
      };
      if (!request) throw new Error('Nothing came to the phone.');
      const { transaction_token, challenge, consent_id } = request;
      return {
        transactionToken: text(transaction_token),
        challenge: text(challenge),
        consentId: text(consent_id),
      };
    },
  };
}

/** Both append the path unless it stands there or the host is Auth0's own. */
function apiBase(base: string): string {
  const bare = base.replace(/\/$/, '');
  return bare.endsWith('/appliance-mfa') ? bare : `${bare}/appliance-mfa`;
}

/** Swift takes only an `otpauth://totp/` URI, Android any that has the parameter, or else the whole text. */
function ticketOf(kind: Phone['kind'], scanned: string): string {
  const uri = URL.canParse(scanned) ? new URL(scanned) : undefined;
  const ticket = uri?.searchParams.get('enrollment_tx_id') ?? undefined;
  if (kind === 'android') return ticket ?? scanned;
  if (uri?.protocol !== 'otpauth:' || uri.host.toLowerCase() !== 'totp' || ticket === undefined) {
    throw new PhoneError(0, 'a0.guardian.internal.invalid.enrollment_uri');
  }
  return ticket;
}

function compact(dialect: Dialect, { privateKey }: PushDevice, claims: Members, header: Members): string {
  const part = (value: Members) => Buffer.from(dialect.encode(value)).toString('base64url');
  const input = `${part(header)}.${part(claims)}`;
  return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
}

function requireJson(response: Response): void {
  const type = response.headers.get('content-type')?.split(';')[0];
  if (type !== 'application/json') throw new PhoneError(response.status, 'invalid response', `type ${type}`);
}

const swift: Dialect = {
  kind: 'ios',
  // JSONEncoder escapes slashes.
  encode: (value) => JSON.stringify(value).replaceAll('/', '\\/'),
  bodyType: 'application/json',
  clientInfo: { name: 'Guardian.swift', version: '1.9.2', env: { appName: 'Example', appVersion: '1.0' } },
  headers: { 'user-agent': 'Example/1 CFNetwork/1568.100.1 Darwin/24.0.0' },
  now: () => (Date.now() + 0.5) / 1000,
  pushCredentials: (token) => ({ service: 'APNS', token }),
  pushToken: 'ab01'.repeat(16),
  uuid: () => randomUUID().toUpperCase(),
  decodeEnrollment(body) {
    const { id, token, user_id, issuer, totp } = body as Members;
    text(issuer);
    return {
      ...{ id: text(id), token: text(token), userId: text(user_id) },
      ...(totp === undefined || totp === null ? {} : { totp: swiftTotp(totp as Members) }),
    };
  },
  decodeConsent(body) {
    const { id, requested_details: details, created_at, expires_at } = body as Members;
    text(created_at);
    text(expires_at);
    const { audience, scope } = details as Members;
    if (!Array.isArray(scope)) throw undecodable('scope');
    return { id: text(id), audience: text(audience), scope: scope.map(text) };
  },
  decodeUpdate(body) {
    const { identifier, name, push_credentials: credentials } = body as Members;
    for (const optional of [identifier, name])
      if (optional !== undefined && optional !== null) text(optional);
    if (credentials === undefined || credentials === null) return;
    const { service, token } = credentials as Members;
    text(service);
    text(token);
  },
  acceptsNothing(response, body) {
    if (response.status === 204) return body === '';
    requireJson(response);
    return true;
  },
  errorOf(status, body) {
    const { errorCode, description } = JSON.parse(body) as Members;
    return new PhoneError(status, text(errorCode), description === undefined ? undefined : text(description));
  },
};

function swiftTotp({ secret, algorithm, digits, period }: Members) {
  if (!['sha1', 'sha256', 'sha512'].includes(text(algorithm))) throw undecodable('algorithm');
  return { secret: text(secret), algorithm: text(algorithm), digits: whole(digits), period: whole(period) };
}

const android: Dialect = {
  kind: 'android',
  // Gson writes what HTML would stumble over in escapes.
  encode: (value) =>
    JSON.stringify(value).replace(
      /[<>&='\u2028\u2029]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  bodyType: 'application/json; charset=utf-8',
  clientInfo: { name: 'Guardian.Android', version: '0.11.0' },
  headers: { 'user-agent': 'GuardianSDK/0.11.0 Android 15', 'accept-language': 'en_US' },
  now: () => Math.floor(Date.now() / 1000),
  pushCredentials: (token) => ({ service: 'GCM', token }),
  pushToken: `fcm-${'T0ken_'.repeat(12)}:APA91b`,
  uuid: () => randomUUID(),
  decodeEnrollment(body) {
    const members = body as Members;
    for (const key of ['id', 'url', 'issuer', 'user_id', 'token']) {
      if (!(key in members)) throw undecodable(key);
    }
    const { id, user_id, token } = members;
    const enrollment = { id: text(id), userId: text(user_id), token: text(token) };
    if (!('totp' in members)) return enrollment;
    const { algorithm, secret, digits, period } = members.totp as Members;
    const totp = {
      algorithm: text(algorithm),
      secret: text(secret),
      digits: whole(digits),
      period: whole(period),
    };
    return { ...enrollment, totp };
  },
  decodeConsent(body) {
    const { id, requested_details: details } = body as Members;
    const { audience, scope } = details as Members;
    return { id: text(id), audience: text(audience), scope: (scope as string[]).map(text) };
  },
  decodeUpdate(body) {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) throw undecodable('map');
  },
  acceptsNothing: () => true,
  errorOf(status, body) {
    const { error, errorCode } = JSON.parse(body) as Members;
    return new PhoneError(status, text(errorCode), text(error));
  },
};

function text(value: unknown): string {
  if (typeof value !== 'string') throw undecodable(`text, not ${JSON.stringify(value)}`);
  return value;
}

function whole(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw undecodable('number');
  return value;
}

function undecodable(what: string): PhoneError {
  return new PhoneError(200, 'cannot decode', `cannot decode ${what}`);
}
