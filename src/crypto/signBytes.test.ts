import { KeyObject } from 'node:crypto';
import { compactVerify, generateKeyPair } from 'jose';
import { describe, expect, it } from 'vitest';
import { signBytes } from './signBytes.ts';
import { signingAlgorithms } from './signingAlgorithms.ts';

describe.each(signingAlgorithms)('a signature by %s', (alg) => {
  it.each([1, 2])('verifies as JWS, made with %i cores', async (cores) => {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    const encode = (text: string) => Buffer.from(text).toString('base64url');
    const input = `${encode(JSON.stringify({ alg }))}.${encode('claims')}`;
    const key = KeyObject.from(privateKey);
    const signature = await signBytes(alg, key, Buffer.from(input), cores);
    const { payload } = await compactVerify(`${input}.${signature.toString('base64url')}`, publicKey);
    expect(Buffer.from(payload).toString()).toBe('claims');
  });
});
