import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import {
  beginEnrolment,
  beginToken,
  client,
  createTestEngine,
  enrolOtp,
  login,
  type TestEngine,
} from '../../test/support/engine.ts';
import { multiFactorAcr } from './authenticationContext.ts';

const user = 'auth0|ann';

forEachDatabase((_engine, open) => {
  let house: TestEngine;

  beforeEach(async () => {
    house = await createTestEngine(await open());
    await house.addUser(user);
    await house.setTenant({ policy: 'always' });
  });

  describe('what a login requires', () => {
    it('nothing under the policy never', async () => {
      await house.setTenant({ policy: 'never' });
      const { requirement } = await house.engine.decide(login(user, house.clock));
      expect(requirement).toEqual({ kind: 'none' });
    });

    it('an enrolment under always, when nothing is enrolled', async () => {
      const { requirement, reasons } = await house.engine.decide(login(user, house.clock));
      expect(requirement).toEqual({ kind: 'enrol', factors: ['otp'] });
      expect(reasons[0]?.code).toBe('tenant_policy');
    });

    it('a challenge once something is enrolled, the recovery code last', async () => {
      await enrolOtp(house, user);
      const { requirement } = await house.engine.decide(login(user, house.clock));
      expect(requirement).toEqual({ kind: 'challenge', factors: ['otp', 'recovery-code'] });
    });

    it('what the application says, over the tenant', async () => {
      const relaxed = login(user, house.clock, { client: { ...client, mfaPolicy: 'never' } });
      expect((await house.engine.decide(relaxed)).requirement.kind).toBe('none');
    });

    it.each([
      ['acr_values', { acrValues: [multiFactorAcr] }],
      ['a step-up scope', { stepUpScopes: ['transfer:money'] }],
    ])('a second factor for %s, even under never', async (_what, asked) => {
      await enrolOtp(house, user);
      await house.setTenant({ policy: 'never' });
      const { requirement } = await house.engine.decide(login(user, house.clock, asked));
      expect(requirement.kind).toBe('challenge');
    });

    it('a fresh proof for the MFA audience, and nothing of whoever has no method', async () => {
      const managing = () => login(user, house.clock, { mfaAudience: true });
      await house.setTenant({ policy: 'never' });
      expect((await house.engine.decide(managing())).requirement.kind).toBe('none');
      await house.setTenant({ policy: 'always' });
      await enrolOtp(house, user);
      await house.setTenant({ policy: 'never' });
      expect((await house.engine.decide(managing())).requirement.kind).toBe('challenge');
    });

    it('says it is blocked when no factor is enabled', async () => {
      await house.setTenant({ factors: {} });
      const { requirement } = await house.engine.decide(login(user, house.clock));
      expect(requirement.kind).toBe('blocked');
    });

    it('S-33 S-34 counts confirmed methods only', async () => {
      const { transactionId } = await beginToken(house, user);
      await beginEnrolment(house, transactionId);
      const { requirement } = await house.engine.decide(login(user, house.clock));
      expect(requirement.kind).toBe('enrol');
      expect(await house.engine.methods(user)).toMatchObject([
        { isConfirmed: false },
        { isConfirmed: false },
      ]);
    });
  });
});
