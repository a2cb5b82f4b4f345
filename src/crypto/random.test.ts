import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { equalSecrets } from './constantTime.ts';
import { deviceId, hexId, newId } from './ids.ts';
import { randomBytes, randomDigits, randomString, randomToken } from './random.ts';

describe('S-07 random values', () => {
  it('codes have their length, leading zeros included, and every digit is equally likely', () => {
    const draws = 100_000;
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < draws; i += 1) {
      const code = randomDigits(6);
      expect(code).toHaveLength(6);
      for (const digit of code) counts[Number(digit)] = (counts[Number(digit)] as number) + 1;
    }
    const expected = (draws * 6) / 10;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // Nine degrees of freedom: a fair source exceeds this once in a billion runs.
    expect(chiSquare).toBeLessThan(60);
  });

  it('tokens carry 256 bits', () => {
    expect(Buffer.from(randomToken(), 'base64url')).toHaveLength(32);
    expect(randomString('AB', 200)).toMatch(/^[AB]{200}$/);
  });

  it('bytes are as many as asked for and never the same, from one pool or the next', () => {
    const drawn = Array.from({ length: 2000 }, () => randomBytes(16).toString('hex'));
    expect(new Set(drawn).size).toBe(2000);
    expect(new Set(drawn.map((hex) => hex.length))).toEqual(new Set([32]));
    for (const count of [1, 4095, 4096, 4097, 10_000]) {
      const bytes = randomBytes(count);
      expect(bytes).toHaveLength(count);
      if (count > 4000) expect(new Set(bytes).size).toBe(256);
    }
  });

  it('nothing in the sources uses Math.random', () => {
    const offenders = globSync(['src/**/*.ts', 'web/**/*.{ts,js}']).filter(
      (file) => !file.endsWith('.test.ts') && readFileSync(file, 'utf8').includes('Math.random'),
    );
    expect(offenders).toEqual([]);
  });
});

describe('ids', () => {
  it('sort in the order in which they were made, within one millisecond too', () => {
    const made = Array.from({ length: 500 }, () => newId('log', () => 1_700_000_000_000));
    expect(made.toSorted()).toEqual(made);
    expect(newId('log', () => 1_700_000_000_001) > (made.at(-1) as string)).toBe(true);
  });

  it('have the forms of the public contract', () => {
    expect(hexId(() => 1_700_000_000_000)).toMatch(/^6553f100[0-9a-f]{16}$/);
    expect(deviceId()).toMatch(/^dev_[A-Za-z0-9]{16}$/);
  });
});

describe('S-12 comparison of secrets', () => {
  it.each([
    ['equal', 'a', 'a', true],
    ['different', 'a', 'b', false],
    ['different lengths', 'a', 'aa', false],
    ['empty', '', '', true],
    ['one empty', '', 'a', false],
  ])('%s', (_what, a, b, expected) => {
    expect(equalSecrets(a, b)).toBe(expected);
  });
});
