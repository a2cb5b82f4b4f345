import type { webcrypto } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import vectors from '../../src/factors/otp/vectors/rfc6238.json' with { type: 'json' };
import { codeAt, importCodes, timeLeft } from './client/totp.js';

const { secrets, values } = vectors;

describe('codes', () => {
  it.each(values)(
    'are those of RFC 6238 appendix B: $algorithm at $seconds s',
    async ({ seconds, ...vector }) => {
      const algorithm = vector.algorithm as keyof typeof secrets;
      const secret = new TextEncoder().encode(secrets[algorithm]);
      const codes = await importCodes(secret, { algorithm, digits: 8, periodSeconds: 30 });
      expect(await codeAt(codes, seconds * 1000)).toBe(vector.code);
      const short = await importCodes(secret, { algorithm, digits: 6, periodSeconds: 30 });
      expect(await codeAt(short, seconds * 1000 + 900)).toBe(vector.code.slice(2));
    },
  );

  it('come from a key that nothing can read again', async () => {
    const parameters = { algorithm: 'SHA1', digits: 6, periodSeconds: 30 } as const;
    const codes = await importCodes(new TextEncoder().encode(secrets.SHA1), parameters);
    const key = codes.key as unknown as webcrypto.CryptoKey;
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
    await expect(crypto.subtle.exportKey('jwk', key)).rejects.toThrow();
  });

  it('tell how long they count', () => {
    expect(timeLeft({ periodSeconds: 30 }, 59_000)).toBe(1000);
    expect(timeLeft({ periodSeconds: 30 }, 60_000)).toBe(30_000);
    expect(timeLeft({ periodSeconds: 60 }, 61_500)).toBe(58_500);
  });
});
