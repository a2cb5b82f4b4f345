import { describe, expect, it } from 'vitest';
import { factors } from '../../factors/factors.ts';
import { defaultTenantSettings } from '../../tenant/tenantSettings.ts';
import { knowsOrVerified, levelOf } from '../assuranceLevel.ts';
import { multiFactorAcr } from '../authenticationContext.ts';
import type { Evidence } from '../factor.ts';
import { createRegistry } from '../registry.ts';
import { claimsOf } from '../tokenClaims.ts';
import type { Proof } from '../transaction.ts';
import { type Circumstances, decide } from './decide.ts';
import { reachesTaken } from './reach.ts';

const registry = createRegistry(factors);
const now = Date.UTC(2026, 0, 15, 12);
const aal = (level: number) => `http://idmanagement.gov/ns/assurance/aal/${level}`;

const settings = {
  ...defaultTenantSettings,
  policy: 'always' as const,
  factors: Object.fromEntries(
    factors.map(({ name }) => [
      name,
      { enabled: true, settings: name === 'phone' ? { allowedCountries: ['DE'] } : {} },
    ]),
  ),
};

/** What each factor shows, and the level of SP 800-63B that it reaches beside a password, or by itself. */
const seconds: Record<string, { factor: string; evidence?: Evidence; beside: number; alone: number }> = {
  otp: { factor: 'otp', beside: 2, alone: 1 },
  phone: { factor: 'phone', beside: 2, alone: 1 },
  email: { factor: 'email', beside: 1, alone: 1 },
  'push-notification': { factor: 'push-notification', beside: 2, alone: 1 },
  'recovery-code': { factor: 'recovery-code', beside: 2, alone: 1 },
  'temporary-pass': { factor: 'temporary-pass', beside: 2, alone: 1 },
  duo: { factor: 'duo', beside: 2, alone: 1 },
  'a key that verified nobody': {
    factor: 'webauthn-roaming',
    evidence: { level: 2 },
    beside: 2,
    alone: 1,
  },
  'a key that verified its person': {
    factor: 'webauthn-roaming',
    evidence: { level: 3 },
    beside: 3,
    alone: 3,
  },
  'a synced passkey': { factor: 'webauthn-platform', evidence: { level: 2 }, beside: 2, alone: 1 },
  'a device of its own': { factor: 'webauthn-platform', evidence: { level: 3 }, beside: 3, alone: 3 },
};

const passkey: Proof = {
  factor: 'webauthn-platform',
  methodId: 'passkey',
  evidence: { level: 2 },
  isSignIn: true,
  at: now,
};

/** What somebody began with, and what of the second factors would be the same thing again. */
const firsts: Record<
  string,
  { proof: Proof; isPasswordByMail?: true; knows: boolean; same: readonly string[] }
> = {
  'a password': { proof: { factor: 'password', at: now }, knows: true, same: [] },
  'a password chosen by a link in a mail': {
    proof: { factor: 'password', at: now },
    isPasswordByMail: true,
    knows: true,
    same: ['email'],
  },
  'a link by mail': { proof: { factor: 'link', channel: 'email', at: now }, knows: false, same: ['email'] },
  'a link by text': { proof: { factor: 'link', channel: 'sms', at: now }, knows: false, same: ['phone'] },
  'a link that was handed over': { proof: { factor: 'link', at: now }, knows: false, same: [] },
};

function circumstances(proofs: readonly Proof[], isPasswordByMail = false, acrValues: string[] = []) {
  const enrolled = [...new Set([...Object.values(seconds).map(({ factor }) => factor)])];
  const input = {
    purpose: 'login' as const,
    userId: 'auth0|ann',
    client: { id: 'client', name: 'Test application' },
    acrValues,
    scope: [],
    stepUpScopes: [],
    mfaAudience: false,
    proofs,
  };
  const made: Circumstances = {
    input,
    settings,
    registry,
    methods: enrolled.map((factor) => ({
      id: factor,
      userId: 'auth0|ann',
      factor,
      state: {},
      revision: 0,
      isConfirmed: true,
      createdAt: 0,
    })),
    isRememberedBrowser: false,
    taken: reachesTaken(proofs, { isPasswordByMail }),
    isSignedIn: knowsOrVerified(proofs),
    now,
  };
  return made;
}

const proofOf = ({ factor, evidence }: { factor: string; evidence?: Evidence }): Proof => ({
  factor,
  methodId: factor,
  ...(evidence ? { evidence } : {}),
  at: now,
});

it('S-32 every factor has its place in these tables', () => {
  const named = Object.values(seconds).map(({ factor }) => factor);
  expect([...new Set(named)].sort()).toEqual(factors.map(({ name }) => name).sort());
});

describe.each(Object.entries(firsts))('after %s', (_title, { proof, isPasswordByMail, knows, same }) => {
  it.each(Object.entries(seconds))('S-32 S-48 %s counts for what it is', (_name, second) => {
    const proofs = [proof, proofOf(second)];
    const { requirement } = decide(circumstances(proofs, isPasswordByMail));
    const isSame = same.includes(second.factor);
    expect(requirement.kind).toBe(isSame ? 'challenge' : 'none');
    expect(levelOf(proofs, registry)).toBe(knows ? second.beside : second.alone);
  });

  it('S-32 the same again isn’t even offered', () => {
    const { requirement } = decide(circumstances([proof], isPasswordByMail));
    if (requirement.kind !== 'challenge') throw new Error(`Expected a challenge, got ${requirement.kind}.`);
    for (const name of same) expect(requirement.factors).not.toContain(name);
    expect(requirement.factors).toContain('otp');
  });
});

describe('S-61 S-29 acr', () => {
  const password: Proof = { factor: 'password', at: now };
  const both = [aal(3), aal(2), multiFactorAcr];

  it.each(Object.entries(seconds))('is what %s reached beside a password', (_name, second) => {
    const { acr } = claimsOf([password, proofOf(second)], registry, both);
    expect(acr).toBe(second.beside === 1 ? multiFactorAcr : aal(second.beside));
  });

  it.each(Object.entries(seconds))('asked for at level 2 and 3, is met by %s or not', (_name, second) => {
    const proofs = [password, proofOf(second)];
    for (const level of [2, 3]) {
      const { requirement } = decide(circumstances(proofs, false, [aal(level)]));
      expect(requirement.kind === 'none', `level ${level}`).toBe(second.beside >= level);
    }
  });

  it('leads to what can reach the level', () => {
    const at = (level: number) => decide(circumstances([password], false, [aal(level)])).requirement;
    expect(at(2)).toMatchObject({ kind: 'challenge' });
    expect(at(2)).not.toMatchObject({ factors: expect.arrayContaining(['email']) });
    expect(at(3)).toEqual({
      kind: 'challenge',
      factors: ['webauthn-platform', 'webauthn-roaming', 'recovery-code', 'temporary-pass'],
    });
  });

  it('is met by any of the values asked for, and tells the first that was reached', () => {
    const proofs = [password, proofOf({ factor: 'otp' })];
    expect(decide(circumstances(proofs, false, both)).requirement.kind).toBe('none');
    expect(claimsOf(proofs, registry, [aal(3), aal(2)]).acr).toBe(aal(2));
    expect(claimsOf(proofs, registry, [multiFactorAcr, aal(2)]).acr).toBe(multiFactorAcr);
    expect(claimsOf(proofs, registry, ['urn:nobody:knows']).acr).toBe(multiFactorAcr);
    expect(claimsOf([password], registry, both)).toEqual({});
  });

  it('a passkey that signed in is level 2 by itself, and what is proved beside it counts as beside a password', () => {
    expect(levelOf([passkey], registry)).toBe(2);
    expect(levelOf([passkey, proofOf({ factor: 'email' })], registry)).toBe(2);
    const { requirement } = decide(
      circumstances([{ ...passkey, methodId: 'webauthn-platform' }], false, [aal(2)]),
    );
    expect(requirement.kind).toBe('none');
  });

  it('values that nobody knows demand nothing', () => {
    const asked = circumstances([password], false, ['urn:nobody:knows', aal(1)]);
    const { requirement } = decide({ ...asked, settings: { ...settings, policy: 'never' } });
    expect(requirement.kind).toBe('none');
  });
});
