import { beforeEach, expect, it } from 'vitest';
import { forEachDatabase } from '../../../test/support/databases.ts';
import {
  client,
  codeOf,
  context,
  createTestEngine,
  enrolOtp,
  login,
  type TestEngine,
} from '../../../test/support/engine.ts';
import { multiFactorAcr } from '../authenticationContext.ts';
import type { DecisionInput, Proof } from '../transaction.ts';

const ann = 'auth0|ann';
const minute = 60;

forEachDatabase((_engine, open) => {
  let house: TestEngine;
  let secret: string;
  let proofs: Proof[];

  beforeEach(async () => {
    house = await createTestEngine(await open());
    await house.addUser(ann);
    await house.setTenant({ policy: 'always', proofMinutes: 60 });
    ({ secret } = await enrolOtp(house, ann));
    const [method] = await house.engine.methods(ann);
    proofs = [
      { factor: 'password', at: house.clock.now },
      { factor: 'otp', methodId: method?.id ?? '', at: house.clock.now },
    ];
  });

  const decide = (changes: Partial<DecisionInput> = {}) =>
    house.engine.decide(login(ann, house.clock, { purpose: 'silent', proofs, ...changes }));

  it('S-31 a second factor counts to the last minute, and then tells why it doesn’t', async () => {
    house.clock.advance(60 * minute);
    expect(await decide()).toMatchObject({
      requirement: { kind: 'none' },
      reasons: [{ code: 'tenant_policy' }, { code: 'already_proved' }],
      standing: proofs,
    });
    house.clock.advance(1);
    const { requirement, reasons, standing } = await decide();
    expect(requirement.kind).toBe('challenge');
    expect(reasons).toEqual([
      { code: 'tenant_policy', facts: { policy: 'always' } },
      { code: 'proof_too_old', facts: { factor: 'otp', age_minutes: 60, lifetime_minutes: 60 } },
    ]);
    // What tokens may tell of: somebody signed in by the password all the same.
    expect(standing).toEqual(proofs.slice(0, 1));
  });

  it('every demand goes by it: an old proof is worth nothing to acr_values and step-up scopes either', async () => {
    house.clock.advance(61 * minute);
    await house.setTenant({ policy: 'never' });
    expect((await decide()).requirement.kind).toBe('none');
    expect((await decide({ acrValues: [multiFactorAcr] })).requirement.kind).toBe('challenge');
    expect((await decide({ stepUpScopes: ['pay'] })).requirement.kind).toBe('challenge');
  });

  it('an application may say otherwise, and 0 sets no end of its own', async () => {
    house.clock.advance(61 * minute);
    const own = (proofMinutes: number) => ({ client: { ...client, proofMinutes } });
    expect((await decide(own(120))).requirement.kind).toBe('none');
    expect((await decide(own(0))).requirement.kind).toBe('none');
    house.clock.advance(60 * minute);
    expect((await decide(own(120))).requirement.kind).toBe('challenge');
    expect((await decide(own(0))).requirement.kind).toBe('none');
    await house.setTenant({ proofMinutes: 0 });
    expect((await decide()).requirement.kind).toBe('none');
  });

  it('a remembered browser goes by its own time', async () => {
    house.clock.advance(30);
    const input = login(ann, house.clock, { purpose: 'login' });
    const begun = await house.engine.begin(input, { interactionId: 'browser' }, context);
    if (begun.outcome !== 'begun') throw new Error(`Expected a transaction, got ${begun.outcome}.`);
    const proof = await codeOf(secret, house.clock.now);
    await house.engine.submit(begun.transaction.id, { factor: 'otp', proof }, context);
    const remembered = await house.engine.browsers.remember(begun.transaction.id, context);
    house.clock.advance(61 * minute);
    const { requirement, reasons } = await decide({ browserToken: remembered?.token ?? '' });
    expect(requirement.kind).toBe('none');
    expect(reasons.at(-1)).toEqual({ code: 'remembered_browser' });
  });

  it('S-48 the log tells the level that was reached', async () => {
    house.clock.advance(30);
    const begun = await house.engine.begin(login(ann, house.clock), { token: true }, context);
    if (begun.outcome !== 'begun') throw new Error(`Expected a transaction, got ${begun.outcome}.`);
    const proof = await codeOf(secret, house.clock.now);
    await house.engine.submit(begun.transaction.id, { factor: 'otp', proof }, context);
    const row = await house.database.db
      .selectFrom('logs')
      .select('details')
      .where('type', '=', 'gd_auth_succeed')
      .executeTakeFirstOrThrow();
    expect(JSON.parse(row.details)).toMatchObject({ authenticator: { type: 'otp' }, assurance_level: 2 });
    expect(row.details).not.toContain('is_restricted');
  });
});
