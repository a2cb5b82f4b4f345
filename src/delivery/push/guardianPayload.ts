import type { PushMessage } from './pushMessage.ts';

/** A name as Guardian's libraries read it. */
interface Named {
  n: string;
}

/** Where a request came from. */
interface Source {
  b?: Named;
  os?: Named;
}

/** A request as Guardian's libraries read it. Nothing in it but bearers that are of use with the device's key. */
interface GuardianRequest {
  /** Id of the device's enrolment. */
  dai: string;
  /** Bearer by which the device answers. */
  txtkn: string;
  /** Challenge. */
  c: string;
  /** When it was made: `2026-01-15T12:00:00.000Z`, always with milliseconds. */
  d: string;
  /** Origin of this server. */
  sh: string;
  /** Id of what is asked for. */
  txlnkid: string;
  s?: Source;
  /** Place. */
  l?: Named;
}

/** By which the libraries know a notification for theirs, and the application shows its buttons. */
const category = 'com.auth0.notification.authentication';

/** The notification for an application with Guardian for iOS: what the system shows, and what the library reads. */
export function applePayload(message: PushMessage<unknown>) {
  const { title, body } = message;
  return { aps: { alert: { title, body }, category, sound: 'default' }, mfa: requestOf(message) };
}

/** The same for Android: texts only, for the system shows nothing and wakes the application instead. */
export function androidData(message: PushMessage<unknown>): Readonly<Record<string, string>> {
  const { s, l, ...texts } = requestOf(message);
  return {
    ...texts,
    ...(s && { s: JSON.stringify(s) }),
    ...(l && { l: JSON.stringify(l) }),
  };
}

function requestOf(message: PushMessage<unknown>): GuardianRequest {
  const { deviceId, requestToken, challenge, consentId, source, place, startedAt, serverUrl } = message;
  const { browser, system } = source;
  const s: Source = {
    ...(browser !== undefined && { b: { n: browser } }),
    ...(system !== undefined && { os: { n: system } }),
  };
  return {
    dai: deviceId,
    txtkn: requestToken,
    c: challenge,
    d: new Date(startedAt).toISOString(),
    sh: serverUrl,
    txlnkid: consentId,
    ...(Object.keys(s).length > 0 && { s }),
    ...(place !== undefined && { l: { n: place } }),
  };
}
