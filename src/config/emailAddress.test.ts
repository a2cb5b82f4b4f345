import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalEmail, canonicalIdentifier } from './emailAddress.ts';

describe('canonicalEmail', () => {
  it.each([
    'ann@example.com',
    ' ann@example.com ',
    'ANN@EXAMPLE.COM',
    'Ann@Example.Com',
    '\tann@example.com\n',
    'ann@EXAMPLE.com',
    'ａｎｎ@example.com',
    'ann＠example.com',
    'ann@example．com',
    'ann@example。com',
    '\u00a0ann@example.com',
    '𝐚𝐧𝐧@example.com',
  ])('S-21 folds the spelling %j into one address', (spelling) => {
    expect(canonicalEmail(spelling)).toBe('ann@example.com');
  });

  it('S-21 folds composed and decomposed letters into one', () => {
    expect(canonicalEmail('zoe\u0308@example.com')).toBe(canonicalEmail('zo\u00eb@example.com'));
  });

  it('S-21 folds the two spellings of an international domain into one', () => {
    expect(canonicalEmail('ann@MÜNCHEN.example')).toBe('ann@xn--mnchen-3ya.example');
    expect(canonicalEmail('ann@xn--mnchen-3ya.example')).toBe('ann@xn--mnchen-3ya.example');
  });

  it('keeps a dotless i apart from an i', () => {
    expect(canonicalEmail('mıke@example.com')).not.toBe(canonicalEmail('mike@example.com'));
  });

  it.each([
    '',
    'ann',
    '@example.com',
    'ann@',
    'ann@localhost',
    'ann@example..com',
    'ann@-example.com',
    'ann..b@example.com',
    '.ann@example.com',
    'ann b@example.com',
    'ann@example.com,bob@example.com',
    'ann@example.com\r\nBcc: bob@example.com',
    'Ann <ann@example.com>',
    '"ann"@example.com',
    'ann@[192.0.2.1]',
    'a\0nn@example.com',
    `${'a'.repeat(65)}@example.com`,
    `ann@${'a.'.repeat(130)}com`,
    'a'.repeat(10_000),
  ])('refuses %j', (text) => {
    expect(canonicalEmail(text)).toBeUndefined();
  });

  it('is stable: the canonical form of a canonical form is itself', () => {
    const addresses = fc.tuple(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), fc.domain());
    fc.assert(
      fc.property(addresses, ([local, domain]) => {
        const once = canonicalEmail(`${local}@${domain}`);
        if (once !== undefined) expect(canonicalEmail(once)).toBe(once);
      }),
    );
  });
});

describe('canonicalIdentifier', () => {
  it('S-21 folds what is no address as well', () => {
    expect(canonicalIdentifier('  ＡNN ')).toBe('ann');
  });
});
