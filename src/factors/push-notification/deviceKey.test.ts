import { createPublicKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeDeviceKey, presentKey } from '../../../test/support/pushDevice.ts';
import { isSameKey, readDeviceKey } from './deviceKey.ts';

const rsa = presentKey(makeDeviceKey('RS256').publicKey);
const ec = presentKey(makeDeviceKey('ES256').publicKey);
const bytes = (text = '') => Buffer.from(text, 'base64url');
const encoded = (...parts: Buffer[]) => Buffer.concat(parts).toString('base64url');

describe('an RSA key', () => {
  it('is kept without the zero octet that both of Auth0’s libraries write before its modulus', () => {
    const key = readDeviceKey(rsa);
    const expected = createPublicKey({ key: rsa as JsonWebKey, format: 'jwk' }).export({ format: 'jwk' });
    expect(bytes(rsa.n)).toHaveLength(257);
    expect(key).toEqual({ kty: 'RSA', n: expected.n, e: 'AQAB' });
  });

  it('is the same however many zero octets stand before it', () => {
    const plain = readDeviceKey({ ...rsa, n: encoded(bytes(rsa.n).subarray(1)) });
    const padded = readDeviceKey(rsa);
    expect(plain && padded && isSameKey(plain, padded)).toBe(true);
    expect(readDeviceKey({ ...rsa, n: encoded(Buffer.alloc(600), bytes(rsa.n)) })).toBeUndefined();
  });

  it.each([1024, 2040])('S-51 of %s bits is too short', (modulusLength) => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength });
    expect(readDeviceKey(presentKey(publicKey))).toBeUndefined();
  });

  it.each<[string, object]>([
    ['a modulus that is even', { n: encoded(bytes(rsa.n).fill(2, 256)) }],
    ['nothing but zeros', { n: encoded(Buffer.alloc(257)) }],
    ['an exponent of 1', { e: 'AQ' }],
    ['another exponent', { e: 'Aw' }],
    ['its private half', { d: 'AQAB' }],
    ['one of its primes', { p: 'AQAB' }],
    ['another algorithm', { alg: 'PS256' }],
    ['one for secrets', { alg: 'HS256' }],
    ['no algorithm', { alg: undefined }],
    ['another use', { use: 'enc' }],
    ['another type', { kty: 'oct', k: 'AQAB' }],
    ['padding', { n: `${rsa.n}==` }],
    ['a number', { n: 7 }],
  ])('S-51 with %s is refused', (_what, change) => {
    expect(readDeviceKey({ ...rsa, ...change })).toBeUndefined();
  });
});

describe('an EC key', () => {
  it('is kept as it is', () => {
    expect(readDeviceKey(ec)).toEqual({ kty: 'EC', crv: 'P-256', x: ec.x, y: ec.y });
    expect(readDeviceKey({ ...ec, use: undefined })).toBeDefined();
  });

  it.each<[string, object]>([
    ['a point that isn’t on the curve', { y: encoded(Buffer.alloc(32, 7)) }],
    ['a short coordinate', { x: encoded(Buffer.alloc(31, 7)) }],
    ['its private half', { d: ec.x }],
    ['another curve', { crv: 'secp256k1' }],
    ['another algorithm', { alg: 'RS256' }],
  ])('S-51 with %s is refused', (_what, change) => {
    expect(readDeviceKey({ ...ec, ...change })).toBeUndefined();
  });
});

it.each([undefined, null, 'key', 7, [], {}])('%j is no key', (input) => {
  expect(readDeviceKey(input)).toBeUndefined();
});

it('two keys are told apart', () => {
  const [one, other] = [readDeviceKey(ec), readDeviceKey(presentKey(makeDeviceKey('ES256').publicKey))];
  const third = readDeviceKey(rsa);
  if (!one || !other || !third) throw new Error('A key was refused.');
  expect([isSameKey(one, one), isSameKey(one, other), isSameKey(one, third), isSameKey(third, one)]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
