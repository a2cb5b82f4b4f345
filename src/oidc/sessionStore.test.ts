import { expect, it } from 'vitest';
import { defaultTenantSettings } from '../tenant/tenantSettings.ts';
import { endOf, union } from './sessions.ts';

const minute = 60_000;

it('a session ends after idling or after its absolute life, whichever comes first', () => {
  const settings = { ...defaultTenantSettings, session: { idleMinutes: 10, absoluteMinutes: 60 } };
  expect(endOf({ loginAt: 0, lastUsedAt: 5 * minute }, settings)).toBe(15 * minute);
  expect(endOf({ loginAt: 0, lastUsedAt: 55 * minute }, settings)).toBe(60 * minute);
});

it('proofs join, each method with its latest time', () => {
  const before = [
    { factor: 'password', at: 1 },
    { factor: 'otp', methodId: 'a', at: 2 },
  ];
  const added = [
    { factor: 'otp', methodId: 'a', at: 5 },
    { factor: 'otp', methodId: 'b', at: 4 },
    { factor: 'password', at: 0 },
  ];
  expect(union(before, added)).toEqual([
    { factor: 'password', at: 1 },
    { factor: 'otp', methodId: 'a', at: 5 },
    { factor: 'otp', methodId: 'b', at: 4 },
  ]);
});

it('S-38 what somebody signed in by stays that when it is proved again', () => {
  const key = { factor: 'webauthn-platform', methodId: 'k' };
  const signIn = { ...key, isSignIn: true as const, at: 1 };
  expect(union([signIn], [{ ...key, at: 9 }])).toEqual([{ ...key, isSignIn: true, at: 9 }]);
});

it('a waived factor takes the place of no proof', () => {
  const proof = { factor: 'duo', methodId: 'd', at: 1 };
  const waived = { ...proof, isWaived: true as const, at: 5 };
  expect(union([proof], [waived])).toEqual([proof, waived]);
});
