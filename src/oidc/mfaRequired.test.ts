import { expect, it } from 'vitest';
import { factors } from '../factors/factors.ts';
import { createRegistry } from '../mfa/registry.ts';
import { mfaRequirements, refusalAfter } from './mfaRequired.ts';

const registry = createRegistry(factors);

it('names the one key that applies, and each kind of factor once', () => {
  expect(mfaRequirements({ kind: 'challenge', factors: ['otp', 'otp', 'recovery-code'] }, registry)).toEqual({
    challenge: [{ type: 'otp' }, { type: 'recovery-code' }],
  });
  expect(mfaRequirements({ kind: 'enrol', factors: ['otp', 'unknown'] }, registry)).toEqual({
    enroll: [{ type: 'otp' }],
  });
  expect(mfaRequirements({ kind: 'blocked' }, registry)).toBeUndefined();
});

it('tells a demand that cannot be met from one that was made too often', () => {
  const decision = { requirement: { kind: 'blocked' }, reasons: [], allowsRememberBrowser: false } as const;
  const blocked = { outcome: 'begun', decision, transaction: {} } as never;
  expect(refusalAfter(blocked, registry)?.body.error).toBe('access_denied');
  const tooMany = { outcome: 'refused', code: 'rate_limited', decision } as never;
  expect(refusalAfter(tooMany, registry)?.statusCode).toBe(429);
  expect(refusalAfter({ outcome: 'none', decision } as never, registry)).toBeUndefined();
});
