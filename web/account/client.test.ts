import { describe, expect, it } from 'vitest';
import { internationalNumber } from './client/add/addPhone.js';
import { readDemand, readProblem } from './client/apiProblem.js';
import { inGroups, timeAgo } from './client/format.js';
import { inOrder } from './client/methodTypes.js';
import { warningsOf } from './client/sections/warnings.js';

const acr = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor';

describe('a challenge of the API', () => {
  it.each([
    [`Bearer error="insufficient_user_authentication", acr_values="${acr}"`, { acrValues: acr }],
    ['Bearer error="insufficient_user_authentication", max_age="300"', { maxAge: 300 }],
    ['Bearer error="insufficient_user_authentication", max_age=300', { maxAge: 300 }],
    ['Bearer error="invalid_token"', {}],
    ['Bearer error="insufficient_scope", scope="read:me:factors"', undefined],
    ['', undefined],
  ])('%s asks for %j', (challenge, demand) => {
    expect(readDemand(challenge)).toEqual(demand);
  });

  it('is read off a refusal, with its kind', async () => {
    const refused = (type: string) => readProblem(Response.json({ type, title: 'No' }, { status: 403 }));
    expect(await refused('urn:countersign:problem:invalid-proof')).toMatchObject({
      kind: 'invalid-proof',
      status: 403,
      message: 'No',
      demand: undefined,
    });
    expect(await refused('https://auth0.com/api-errors/A0E-404-0002')).toMatchObject({
      kind: 'A0E-404-0002',
    });
    expect(await readProblem(new Response('<html>', { status: 502 }))).toMatchObject({
      kind: '',
      status: 502,
    });
  });
});

describe('a telephone number', () => {
  it.each([
    ['0151 123', '+49', '+490151 123'],
    ['+43 660 1', '+49', '+43 660 1'],
    ['0043 660 1', '+49', '+43 660 1'],
  ])('%s beside %s is %s', (typed, prefix, expected) => {
    expect(internationalNumber(typed, prefix)).toBe(expected);
  });
});

describe('the warnings', () => {
  const method = (type: string, more = {}) => ({ id: type, type, created_at: '', ...more }) as never;
  const codes = (remaining?: number) => method('recovery-code', { remaining });
  const key = method('webauthn-roaming');
  const phone = method('phone');
  const pass = method('temporary-pass', { expires_at: '2026-12-01T12:00:00Z' });
  const enrollable = ['totp', 'recovery-code'] as never[];

  it.each([
    ['nothing', [], [], ['warnNone']],
    ['a temporary pass only', [pass], [], ['warnNone']],
    ['one, without codes', [key], [], ['warnOne', 'warnNoCodes']],
    ['one, with a code', [key], [codes()], ['warnOneBeside']],
    ['phones only', [phone, phone], [codes(10)], ['warnPhoneOnly']],
    ['few codes', [key, phone], [codes(3)], ['warnFewCodes']],
    ['used codes', [key, phone], [codes(0)], ['warnNoCodesLeft']],
  ])('of %s', (_name, ownMethods, others, expected) => {
    expect(warningsOf({ ownMethods, methods: [...ownMethods, ...others], enrollable })).toEqual(expected);
  });

  it('don’t speak of codes where nobody can have any', () => {
    expect(warningsOf({ ownMethods: [key, phone], methods: [key, phone], enrollable: [] })).toEqual([]);
  });
});

it('the strongest kind comes first, and one that the page doesn’t know is left out', () => {
  expect(inOrder(['email', 'totp', 'hologram', 'passkey'] as never[])).toEqual(['passkey', 'totp', 'email']);
});

describe('a moment', () => {
  const now = Date.UTC(2026, 11, 1, 12);
  it.each([
    [5, 'just now'],
    [90, '1 minute ago'],
    [3 * 3600, '3 hours ago'],
    [30 * 3600, 'yesterday'],
    [40 * 86_400, '22 October 2026'],
    [-60, 'just now'],
  ])('%i seconds before is “%s”', (seconds, expected) => {
    expect(timeAgo(now - seconds * 1000, now, 'en-GB')).toBe(expected);
  });
});

it('a code stands in groups of four', () => {
  expect(inGroups('ABCDEFGHIJ')).toBe('ABCD EFGH IJ');
});
