import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { barcodeUri, generateSecret, matchTimeStep, type TotpParameters, timeStepAt } from './totp.ts';
import rfc4226 from './vectors/rfc4226.json' with { type: 'json' };
import rfc6238 from './vectors/rfc6238.json' with { type: 'json' };

const parameters: TotpParameters = {
  secretBase32: Secret.fromUTF8('12345678901234567890').base32,
  algorithm: 'SHA1',
  digits: 6,
  periodSeconds: 30,
};

describe('S-05 published vectors', () => {
  it.each(rfc4226.values)('RFC 4226 appendix D, counter $counter', ({ counter, code }) => {
    const now = counter * 30 * 1000;
    expect(matchTimeStep({ ...parameters, secretBase32: secret(rfc4226.secret) }, code, now, 0)).toBe(
      counter,
    );
  });

  it.each(rfc6238.values)('RFC 6238 appendix B, $algorithm at $seconds s', ({ seconds, algorithm, code }) => {
    const vector: TotpParameters = {
      secretBase32: secret(rfc6238.secrets[algorithm as keyof typeof rfc6238.secrets]),
      algorithm: algorithm as TotpParameters['algorithm'],
      digits: 8,
      periodSeconds: 30,
    };
    expect(matchTimeStep(vector, code, seconds * 1000, 0)).toBe(Math.floor(seconds / 30));
  });
});

describe('S-04 the window', () => {
  const now = 1_700_000_015_000;
  const codeAt = (step: number) =>
    new TOTP({ secret: Secret.fromBase32(parameters.secretBase32) }).generate({
      timestamp: now + step * 30_000,
    });

  it.each([-3, -2, -1, 0, 1, 2, 3])('judges step %i against the present one', (step) => {
    const expected = Math.abs(step) <= 1 ? timeStepAt(parameters, now) + step : undefined;
    expect(matchTimeStep(parameters, codeAt(step), now, 1)).toBe(expected);
  });

  it('accepts more only when told to', () => {
    expect(matchTimeStep(parameters, codeAt(-3), now, 3)).toBe(timeStepAt(parameters, now) - 3);
  });
});

describe('secret and URI', () => {
  it('draws 160 bits as 32 characters of base32', () => {
    expect(generateSecret()).toMatch(/^[A-Z2-7]{32}$/);
    expect(generateSecret()).not.toBe(generateSecret());
  });

  it('names issuer and account so that an app can show them, whatever they contain', () => {
    const uri = new URL(barcodeUri(parameters, 'Ärzte & Co', 'ann+test@example.com'));
    expect(uri.protocol).toBe('otpauth:');
    expect(decodeURIComponent(uri.pathname)).toContain('ann+test@example.com');
    expect(uri.searchParams.get('issuer')).toBe('Ärzte & Co');
    expect(uri.searchParams.get('secret')).toBe(parameters.secretBase32);
    expect(uri.searchParams.get('digits')).toBe('6');
  });
});

function secret(ascii: string): string {
  return Secret.fromUTF8(ascii).base32;
}
