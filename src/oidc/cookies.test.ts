import { expect, it } from 'vitest';
import { bindingCookieName, isBoundTo, surplusBindings } from './cookies.ts';

const vault = {
  encrypt: () => '',
  decrypt: () => '',
  hash: (value: string, purpose: string) => `hash-of-${purpose}-${value}`,
};

it('S-37 ties an interaction to the cookie that only its browser has', () => {
  const uid = 'u'.repeat(43);
  const name = bindingCookieName(true, uid);
  expect(name).toMatch(/^__Host-/);
  const value = vault.hash(uid, 'interaction-binding');
  expect(isBoundTo(vault, true, uid, `${name}=${value}`)).toBe(true);
  expect(isBoundTo(vault, true, uid, `${name}=x`)).toBe(false);
  expect(isBoundTo(vault, true, `${uid.slice(0, 20)}other`, `${name}=${value}`)).toBe(false);
  expect(isBoundTo(vault, true, uid, undefined)).toBe(false);
});

it('drops the cookies of interactions beyond twenty, so that the header stays short', () => {
  const header = (count: number) => Array.from({ length: count }, (_, index) => `cs_i_${index}=x`).join('; ');
  expect(surplusBindings(false, header(19))).toEqual([]);
  expect(surplusBindings(false, `other=1; ${header(21)}`)).toEqual(['cs_i_0', 'cs_i_1']);
});
