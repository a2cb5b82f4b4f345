import { createHmac, createSecretKey } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** The parameters of one enrolled generator. */
export interface TotpParameters {
  /** RFC 4648 base32, upper case, no padding. */
  secretBase32: string;
  algorithm: 'SHA1' | 'SHA256' | 'SHA512';
  digits: number;
  periodSeconds: number;
}

const secretBytes = 20;

/** 160 random bits, the length RFC 4226 §4 recommends. */
export function generateSecret(): string {
  return new Secret({ size: secretBytes }).base32;
}

/** Whether it is a secret as `TotpParameters` holds one, of 80 bits or more. */
export function isSecret(text: string): boolean {
  // Eight characters are five bytes; these remainders belong to no number of bytes.
  return /^[A-Z2-7]{16,128}$/.test(text) && ![1, 3, 6].includes(text.length % 8);
}

/** The time step `now` (epoch ms) lies in, RFC 6238 §4.2. */
export function timeStepAt(parameters: TotpParameters, now: number): number {
  return Math.floor(now / 1000 / parameters.periodSeconds);
}

/**
 * The time step a code belongs to, among the present one and `window` steps on either side; every
 * candidate is compared in constant time. Undefined when it belongs to none.
 */
export function matchTimeStep(
  parameters: TotpParameters,
  code: string,
  now: number,
  window: number,
): number | undefined {
  const delta = generator(parameters).validate({ token: code, timestamp: now, window });
  return delta === null ? undefined : timeStepAt(parameters, now) + delta;
}

/** The `otpauth://` URI that authenticator apps scan; `label` names the account, `issuer` the service. */
export function barcodeUri(parameters: TotpParameters, issuer: string, label: string): string {
  return generator(parameters, issuer, label).toString();
}

function generator(parameters: TotpParameters, issuer = '', label = ''): TOTP {
  return new TOTP({
    issuer,
    label,
    secret: Secret.fromBase32(parameters.secretBase32),
    algorithm: parameters.algorithm,
    digits: parameters.digits,
    period: parameters.periodSeconds,
    hmac,
  });
}

/** Node takes several times as long to recognise a key that is given as bytes. */
function hmac(algorithm: string, key: Uint8Array, message: Uint8Array): Uint8Array {
  return createHmac(algorithm, createSecretKey(key)).update(message).digest();
}
