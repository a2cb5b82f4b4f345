import { answerClaims, bearerClaims } from './claims.js';
import { signJwt } from './jwt.js';
import { serverNow, tellServerTime } from './serverClock.js';

/** @typedef {import('./store.js').Device} Device */
/**
 * What a server answers to an enrolment.
 * @typedef {{
 *   id: string,
 *   issuer: string,
 *   user_id: string,
 *   account_name?: string,
 *   totp?: { secret: string, algorithm: string, digits: number, period: number },
 * }} EnrolAnswer
 */
/**
 * A sign-in that waits for an answer, as servers tell it; times are ISO 8601.
 * @typedef {{
 *   transaction_token: string,
 *   challenge: string,
 *   consent_id: string,
 *   application: string,
 *   ip?: string,
 *   browser?: { name?: string, os?: string },
 *   location?: unknown,
 *   created_at: string,
 *   expires_at: string,
 *   number_choices?: string[],
 *   number_length?: number,
 * }} WaitingRequest
 */
/** @typedef {{ service: 'WEBPUSH', token: string }} PushCredentials */
/**
 * A device as its server sees it; `unreachable` tells why it is woken no longer.
 * @typedef {{
 *   name: string,
 *   push_credentials?: { service: string },
 *   is_confirmed?: boolean,
 *   unreachable?: string,
 * }} DeviceAnswer
 */

const patienceMs = 15_000;
/** A timer can't be set for any time that a server may name. */
const longestPauseMs = 60 * 60_000;

/** What a server answered instead of what was asked for. */
export class GuardianError extends Error {
  /**
   * @param {number} status
   * @param {string} code `errorCode` of the answer, or its status
   * @param {number} [retryAfterMs]
   */
  constructor(status, code, retryAfterMs) {
    super(`${status} ${code}`);
    this.status = status;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * Sets this device up by its ticket, once.
 * @param {{ baseUrl: string, ticket: string }} link
 * @param {{ identifier: string, name: string, publicJwk: Record<string, string>, push?: PushCredentials }} device
 * @returns {Promise<EnrolAnswer>}
 */
export function enrol({ baseUrl, ticket }, { identifier, name, publicJwk, push }) {
  return call(baseUrl, 'enroll', {
    method: 'POST',
    authorization: `Ticket id="${ticket}"`,
    body: {
      identifier,
      name,
      public_key: publicJwk,
      number_matching: true,
      ...(push ? { push_credentials: push } : {}),
    },
  });
}

/**
 * @param {Device} device
 * @returns {Promise<DeviceAnswer>}
 */
export async function readDevice(device) {
  return call(device.baseUrl, pathOf(device), { authorization: await bearerOf(device) });
}

/**
 * Tells the server another name of this device, or where it may wake it.
 * @param {Device} device
 * @param {{ name?: string, push_credentials?: PushCredentials }} change
 */
export async function updateDevice(device, change) {
  const authorization = await bearerOf(device);
  return call(device.baseUrl, pathOf(device), { method: 'PATCH', authorization, body: change });
}

/**
 * The device leaves: its answers and codes count no more.
 * @param {Device} device
 * @returns {Promise<void>}
 */
export async function removeDevice(device) {
  const authorization = await bearerOf(device);
  await call(device.baseUrl, pathOf(device), { method: 'DELETE', authorization });
}

/**
 * The request that waits for this device; with `waitSeconds` once there is another one than the `known` one,
 * or time is up.
 * @param {Device} device
 * @param {{ waitSeconds?: number, known?: string, signal?: AbortSignal }} [options] `known` is a `consent_id`
 * @returns {Promise<WaitingRequest | null>}
 */
export async function readRequest(device, { waitSeconds = 0, known, signal } = {}) {
  const authorization = await bearerOf(device);
  const query = new URLSearchParams({ wait: String(waitSeconds), ...(known ? { known } : {}) });
  const path = `${pathOf(device)}/request?${query}`;
  const { request } = await call(device.baseUrl, path, { authorization, signal, waitSeconds });
  return request ?? null;
}

/**
 * Opens the line by which the server tells every change of the waiting request.
 * @param {Device} device
 * @param {AbortSignal} signal ends it
 * @returns {Promise<ReadableStream<Uint8Array>>}
 */
export async function openEvents(device, signal) {
  const answer = await send(device.baseUrl, `${pathOf(device)}/events`, {
    authorization: await bearerOf(device),
    signal,
  });
  const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream');
  if (!isStream || !answer.body) throw new GuardianError(answer.status, 'no_events');
  return answer.body;
}

/**
 * Answers a request, once.
 * @param {Device} device
 * @param {WaitingRequest} request
 * @param {import('./claims.js').Decision} decision
 * @returns {Promise<void>}
 */
export async function answerRequest(device, request, decision) {
  const claims = answerClaims(device, request.challenge, decision, serverNow(device.baseUrl));
  await call(device.baseUrl, 'resolve-transaction', {
    method: 'POST',
    authorization: `Bearer ${request.transaction_token}`,
    body: { challenge_response: await signJwt(device.signingKey, claims) },
  });
}

/**
 * The key by which the server's web pushes are known to be its own (VAPID), base64url.
 * @param {string} baseUrl
 * @returns {Promise<string>}
 */
export async function readPushKey(baseUrl) {
  const { vapid_public_key: key } = await call(baseUrl, 'push-key', {});
  if (typeof key !== 'string') throw new GuardianError(200, 'no_push_key');
  return key;
}

/** @param {Device} device */
function pathOf({ deviceId }) {
  return `device-accounts/${encodeURIComponent(deviceId)}`;
}

/** @param {Device} device */
async function bearerOf(device) {
  const claims = bearerClaims(device, serverNow(device.baseUrl));
  return `Bearer ${await signJwt(device.signingKey, claims)}`;
}

/**
 * @typedef {{
 *   method?: string,
 *   authorization?: string,
 *   body?: unknown,
 *   signal?: AbortSignal,
 *   waitSeconds?: number,
 * }} CallOptions
 */

/**
 * @param {string} baseUrl
 * @param {string} path below `/api/`
 * @param {CallOptions} options
 */
async function call(baseUrl, path, options) {
  const { signal, waitSeconds = 0 } = options;
  const tooLate = AbortSignal.timeout(patienceMs + waitSeconds * 1000);
  const answer = await send(baseUrl, path, {
    ...options,
    signal: signal ? AbortSignal.any([signal, tooLate]) : tooLate,
  });
  return answer.status === 204 ? undefined : answer.json();
}

/**
 * @param {string} baseUrl
 * @param {string} path
 * @param {CallOptions} options
 * @returns {Promise<Response>}
 */
async function send(baseUrl, path, { method = 'GET', authorization, body, signal }) {
  const answer = await fetch(`${baseUrl}/api/${path}`, {
    method,
    headers: {
      ...(authorization ? { authorization } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
  });
  tellServerTime(baseUrl, answer.headers.get('date'));
  if (!answer.ok) throw await errorOf(answer);
  return answer;
}

/** @param {Response} answer */
async function errorOf(answer) {
  const content = await answer.json().catch(() => ({}));
  const code = typeof content?.errorCode === 'string' ? content.errorCode : String(answer.status);
  const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN);
  const pauseMs = Math.min(seconds * 1000, longestPauseMs);
  return new GuardianError(answer.status, code, pauseMs > 0 ? pauseMs : undefined);
}
