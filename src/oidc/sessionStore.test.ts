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
