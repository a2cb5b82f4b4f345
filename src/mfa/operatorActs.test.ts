import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import {
  beginToken,
  codeOf,
  context,
  createTestEngine,
  enrolOtp,
  login,
  redeem,
  type TestEngine,
} from '../../test/support/engine.ts';

const operator = { kind: 'operator', id: 'olga@example.com' } as const;
const user = 'auth0|ann';

forEachDatabase((_engine, open) => {
  describe('what an operator does to a person’s second factors', () => {
    let house: TestEngine;

    beforeEach(async () => {
      house = await createTestEngine(await open());
      await house.setTenant({ policy: 'always' });
      await house.addUser(user);
    });

    const lastEvent = async () => {
      const rows = await house.database.db.selectFrom('logs').selectAll().orderBy('log_id').execute();
      const last = rows.at(-1);
      return last && { type: last.type, userId: last.user_id, details: JSON.parse(last.details) };
    };

    it('S-65 S-108 a reset takes every method, names the operator and tells the person', async () => {
      await enrolOtp(house, user);
      house.notices.length = 0;
      expect(await house.engine.figures()).toMatchObject({ enrolledUsers: 1 });
      expect(await house.engine.resetUser(user, operator, context)).toMatchObject({ outcome: 'removed' });
      expect(await house.engine.methods(user)).toEqual([]);
      expect(await house.engine.figures()).toEqual({
        enrolledUsers: 0,
        resistantUsers: 0,
        lockedUsers: 0,
        usersByFactor: {},
      });
      expect(house.notices.map(({ template }) => template)).toEqual(['mfa_reset']);
      expect(await lastEvent()).toMatchObject({
        type: 'gd_unenroll',
        userId: user,
        details: { actor: operator.id },
      });
    });

    it('S-65 S-108 one method goes, with the person told not where the operator sat; sessions are asked again', async () => {
      const { secret } = await enrolOtp(house, user);
      const [otp] = await house.engine.methods(user);
      const methodId = otp?.id as string;
      const proofs = [
        { factor: 'password', at: house.clock.now },
        { factor: 'otp', methodId, at: house.clock.now },
      ];
      const decide = async () =>
        (await house.engine.decide(login(user, house.clock, { proofs }))).requirement;
      expect(await decide()).toEqual({ kind: 'none' });
      const { mfaToken } = await beginToken(house, user);
      house.notices.length = 0;
      expect(await house.engine.removeMethod(user, methodId, operator, context)).toEqual({
        outcome: 'removed',
        methodIds: expect.arrayContaining([methodId]),
      });
      expect(house.notices).toMatchObject([{ template: 'mfa_removed', isByOperator: true }]);
      expect(await lastEvent()).toMatchObject({
        type: 'gd_unenroll',
        userId: user,
        details: { actor: operator.id },
      });
      expect((await decide()).kind).toBe('enrol');
      house.clock.advance(30);
      const late = await redeem(house, mfaToken, await codeOf(secret, house.clock.now));
      expect(late).toMatchObject({ outcome: 'refused' });
    });

    it('a method of somebody blocked can be removed by an operator, not by the person', async () => {
      await enrolOtp(house, user);
      const [otp] = await house.engine.methods(user);
      const methodId = otp?.id as string;
      await house.database.db.updateTable('users').set({ blocked: 1 }).where('id', '=', user).execute();
      const proofs = [{ factor: 'otp', methodId, at: house.clock.now }];
      const person = { kind: 'person', id: 'app', proofs } as const;
      expect(await house.engine.removeMethod(user, methodId, person, context)).toMatchObject({
        code: 'not_found',
      });
      expect(await house.engine.removeMethod(user, methodId, operator, context)).toMatchObject({
        outcome: 'removed',
      });
    });

    it('S-108 unlocking lifts the lock, gives all attempts back and names the operator', async () => {
      await enrolOtp(house, user);
      const { mfaToken } = await beginToken(house, user);
      for (let attempt = 0; attempt < 10; attempt += 1) await redeem(house, mfaToken, '000000');
      expect(await house.engine.lockOf(user)).toBeDefined();
      expect(await house.engine.figures()).toMatchObject({ lockedUsers: 1 });
      expect(await house.engine.unlockUser(user, operator, context)).toEqual({ outcome: 'unlocked' });
      expect(await house.engine.lockOf(user)).toBeUndefined();
      expect(await lastEvent()).toMatchObject({
        type: 'sapi',
        userId: user,
        details: { actor: operator.id },
      });
    });

    it('S-77 S-108 remembered browsers are listed, and forgotten on request', async () => {
      const now = house.clock.now;
      await house.database.db
        .insertInto('remembered_browsers')
        .values({
          id: 'rbr_1',
          user_id: user,
          token_hash: 'x',
          ip: '192.0.2.7',
          user_agent: 'test',
          created_at: now,
          last_used_at: now,
          expires_at: now + 30 * 24 * 3_600_000,
        })
        .execute();
      expect(await house.engine.browsers.ofUser(user)).toMatchObject([{ id: 'rbr_1', ip: '192.0.2.7' }]);
      expect(await house.engine.browsers.forgetAll(user, operator, context)).toEqual({
        outcome: 'forgotten',
      });
      expect(await house.engine.browsers.ofUser(user)).toEqual([]);
      expect(await lastEvent()).toMatchObject({ type: 'sapi', details: { actor: operator.id } });
    });

    it('refuses a person who is not there', async () => {
      const nobody = 'auth0|nobody';
      expect(await house.engine.unlockUser(nobody, operator, context)).toMatchObject({ code: 'not_found' });
      expect(await house.engine.browsers.forgetAll(nobody, operator, context)).toMatchObject({
        code: 'not_found',
      });
    });
  });
});
