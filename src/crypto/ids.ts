import type { Clock } from '../config/clock.ts';
import { randomBytes, randomString } from './random.ts';

const lettersAndDigits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

let lastTime = 0;
let sequence = 0;

/**
 * `prefix_` and 32 hex digits: 12 of time, 4 that count within one millisecond, 64 random bits. Ids made
 * by one process sort in the order in which they were made.
 */
export function newId(prefix: string, clock: Clock): string {
  const time = clock();
  sequence = time === lastTime ? sequence + 1 : 0;
  lastTime = time;
  const order = time.toString(16).padStart(12, '0') + sequence.toString(16).padStart(4, '0');
  return `${prefix}_${order}${randomBytes(8).toString('hex')}`;
}

/** 24 hex digits, 8 of them the time in seconds: the form of Auth0's database user and API ids. */
export function hexId(clock: Clock): string {
  const seconds = Math.floor(clock() / 1000);
  return seconds.toString(16).padStart(8, '0') + randomBytes(8).toString('hex');
}

/** `dev_` and 16 letters and digits: the second half of an authenticator's id in the MFA API. */
export function deviceId(): string {
  return `dev_${randomString(lettersAndDigits, 16)}`;
}

/** 32 letters and digits, the form of a client id. */
export function newClientId(): string {
  return randomString(lettersAndDigits, 32);
}

/** `cgr_` and 16 letters and digits, the form of a client grant's id. */
export function newClientGrantId(): string {
  return `cgr_${randomString(lettersAndDigits, 16)}`;
}
