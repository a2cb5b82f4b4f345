import { encode } from 'uqr';
import { expect, it } from 'vitest';
import { qrCode } from './qrCode.ts';

const text = 'otpauth://totp/Acme:ann%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=Acme';

it('draws every dark module and no other', () => {
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  const drawn = data.map((row) => row.map(() => false));
  for (const [, x, y, width] of qrCode(text, 'code')
    .toString()
    .matchAll(/M(\d+) (\d+)h(\d+)v1/g)) {
    for (let i = 0; i < Number(width); i += 1) (drawn[Number(y)] as boolean[])[Number(x) + i] = true;
  }
  expect(size).toBeGreaterThan(20);
  expect(drawn).toEqual(data);
});

it('has an alternative text, which is escaped, and doesn’t repeat what it says', () => {
  const svg = qrCode(text, 'a "code" <b>').toString();
  expect(svg).toContain('role="img" aria-label="a &quot;code&quot; &lt;b&gt;"');
  expect(svg).not.toContain('JBSWY3DPEHPK3PXP');
});
