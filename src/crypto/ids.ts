import { randomBytes } from 'node:crypto';
import type { Clock } from '../config/clock.ts';
import { randomString } from './random.ts';

const lettersAndDigits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** `prefix_` and 32 hex digits: 12 of time, then 80 random bits, so that ids sort by creation. */
export function newId(prefix: string, clock: Clock): string {
  return `${prefix}_${clock().toString(16).padStart(12, '0')}${randomBytes(10).toString('hex')}`;
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
export function clientId(): string {
  return randomString(lettersAndDigits, 32);
}
