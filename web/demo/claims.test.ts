import { describe, expect, it } from 'vitest';
import { explainClaims, hasSecondFactor, proofsOf } from './client/claims.js';

const now = Date.UTC(2026, 0, 15, 12);
const seconds = now / 1000;
const multiFactor = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor';

const afterPassword = { iss: 'http://localhost:3000/', sub: 'auth0|1', exp: seconds + 900 };
const afterBoth = { ...afterPassword, amr: ['mfa', 'pwd', 'otp'], acr: multiFactor };

const named = (kind: 'id' | 'access', claims: Record<string, unknown>, name: string) =>
  explainClaims(kind, claims, now).find((claim) => claim.name === name);

describe('explained claims', () => {
  it('tell how the person proved who they are', () => {
    expect(named('id', afterBoth, 'amr')).toEqual({
      name: 'amr',
      value: '["mfa", "pwd", "otp"]',
      meaning: expect.stringContaining('a password and a one-time password'),
    });
  });

  it('tell that amr and acr are missing after a password alone', () => {
    for (const name of ['amr', 'acr']) {
      expect(named('id', afterPassword, name)).toMatchObject({
        value: undefined,
        meaning: expect.stringMatching(/No second factor|Missing/),
      });
    }
    expect(named('access', afterPassword, 'amr')).toBeUndefined();
  });

  it('put times into words', () => {
    expect(named('id', afterPassword, 'exp')?.meaning).toContain('in 15 minutes');
  });

  it('tell whether an access token may send money', () => {
    expect(named('access', { scope: 'openid read:account' }, 'scope')?.meaning).toContain('is not in it');
    expect(named('access', { scope: 'openid transfer:money' }, 'scope')?.meaning).toContain('is the proof');
  });

  it('show a claim they do not know, last', () => {
    const claims = explainClaims('id', { x_new: { a: 1 }, ...afterBoth }, now);
    expect(claims.at(-1)).toEqual({
      name: 'x_new',
      value: '{"a":1}',
      meaning: 'An addition of this server.',
    });
  });
});

describe('the assurance of an ID token', () => {
  it.each([
    [undefined, false, 'a password'],
    [['mfa', 'pwd', 'otp'], true, 'a password and a one-time password'],
    [['mfa', 'pwd'], true, 'a password and a second factor'],
    [['mfa'], true, 'a second factor'],
  ])('of amr %j', (amr, isSecond, proofs) => {
    const claims = amr ? { amr } : {};
    expect(hasSecondFactor(claims)).toBe(isSecond);
    expect(proofsOf(claims)).toBe(proofs);
  });
});
