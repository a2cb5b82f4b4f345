import { beforeEach, describe, expect, it } from 'vitest';
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
import type { DecisionInput } from '../transaction.ts';

const user = 'auth0|ann';
const day = 24 * 60 * 60;

forEachDatabase((_engine, open) => {
  let house: TestEngine;
  let secret: string;

  beforeEach(async () => {
    house = await createTestEngine(await open());
    await house.addUser(user);
    await house.setTenant({ policy: 'always' });
    ({ secret } = await enrolOtp(house, user));
  });

  /** Passes the second factor at the pages and asks to remember the browser. */
  async function remember(changes: Partial<DecisionInput> = {}): Promise<string | undefined> {
    house.clock.advance(60);
    const input = login(user, house.clock, { purpose: 'login', ...changes });
    const begun = await house.engine.begin(input, { interactionId: 'browser' }, context);
    if (begun.outcome !== 'begun') throw new Error(`Expected a transaction, got ${begun.outcome}.`);
    const { id } = begun.transaction;
    const proof = await codeOf(secret, house.clock.now);
    await house.engine.submit(id, { factor: 'otp', proof }, context);
    return (await house.engine.browsers.remember(id, context))?.token;
  }

  const required = async (browserToken: string | undefined, changes: Partial<DecisionInput> = {}) => {
    const input = login(user, house.clock, {
      purpose: 'login',
      ...(browserToken ? { browserToken } : {}),
      ...changes,
    });
    return (await house.engine.decide(input)).requirement.kind;
  };

  describe('S-77 a remembered browser', () => {
    it('is asked no second factor by the policy, for thirty days at the most', async () => {
      const token = await remember();
      expect(Buffer.from(token as string, 'base64url')).toHaveLength(32);
      for (let week = 0; week < 5; week += 1) {
        expect(await required(token)).toBe(week < 5 ? 'none' : 'challenge');
        await house.engine.begin(
          login(user, house.clock, { purpose: 'login', browserToken: token as string }),
          { interactionId: 'later' },
          context,
        );
        house.clock.advance(6 * day);
      }
      expect(await required(token)).toBe('challenge');
    });

    it('is forgotten after seven idle days', async () => {
      const token = await remember();
      house.clock.advance(7 * day - 1);
      expect(await required(token)).toBe('none');
      house.clock.advance(1);
      expect(await required(token)).toBe('challenge');
    });

    it('means nothing for another user, when forged, or to acr_values, step-up and the MFA audience', async () => {
      const token = await remember();
      await house.addUser('auth0|bob');
      await enrolOtp(house, 'auth0|bob');
      expect(await required(token, { userId: 'auth0|bob' })).toBe('challenge');
      expect(await required(`${token}x`)).toBe('challenge');
      expect(await required(token, { acrValues: [multiFactorAcr] })).toBe('challenge');
      expect(await required(token, { stepUpScopes: ['transfer:money'] })).toBe('challenge');
      expect(await required(token, { mfaAudience: true })).toBe('challenge');
    });

    it('is not made where it could not count', async () => {
      expect(await remember({ acrValues: [multiFactorAcr] })).toBeUndefined();
      await house.setTenant({ rememberBrowser: { enabled: false, idleDays: 7, absoluteDays: 30 } });
      expect(await remember()).toBeUndefined();
    });

    it('is stored as a hash', async () => {
      const token = await remember();
      const rows = await house.database.db.selectFrom('remembered_browsers').selectAll().execute();
      expect(JSON.stringify(rows)).not.toContain(token);
    });

    it('S-46 is forgotten when a method is removed or the user is reset', async () => {
      const token = await remember();
      await house.engine.resetUser(user, { kind: 'operator', id: 'cli' }, context);
      await enrolOtp(house, user);
      expect(await required(token)).toBe('challenge');
    });
  });

  describe('S-65 a reset by an operator', () => {
    it('leaves the person as new, is logged with its actor, and the person is told', async () => {
      await house.engine.resetUser(user, { kind: 'operator', id: 'cli' }, context);
      expect(await required(undefined)).toBe('enrol');
      expect(house.notices.at(-1)?.template).toBe('mfa_reset');
      const row = await house.database.db
        .selectFrom('logs')
        .select('details')
        .where('type', '=', 'gd_unenroll')
        .executeTakeFirstOrThrow();
      expect(JSON.parse(row.details).actor).toBe('cli');
      expect(row.details).not.toContain(secret);
    });

    it('ends what was under way, and takes its proofs out of sessions', async () => {
      const [method] = await house.engine.methods(user);
      const proofs = [
        { factor: 'password', at: house.clock.now },
        { factor: 'otp', methodId: method?.id as string, at: house.clock.now },
      ];
      expect(await required(undefined, { proofs })).toBe('none');
      const begun = await house.engine.begin(login(user, house.clock), { token: true }, context);
      await house.engine.resetUser(user, { kind: 'operator', id: 'cli' }, context);
      expect(await required(undefined, { proofs })).toBe('enrol');
      if (begun.outcome !== 'begun') throw new Error('refused');
      const found = await house.engine.findByToken(begun.mfaToken as string, client.id);
      expect(found.outcome).not.toBe('found');
    });
  });

  describe('S-44 enrolments', () => {
    it('are limited per person and address, whatever the number of transactions', async () => {
      await house.addUser('auth0|bob');
      const outcomes: string[] = [];
      for (let i = 0; i < 25; i += 1) {
        const begun = await house.engine.begin(login('auth0|bob', house.clock), { token: true }, context);
        if (begun.outcome !== 'begun') throw new Error('refused');
        const enrolment = await house.engine.beginEnrolment(begun.transaction.id, { factor: 'otp' }, context);
        outcomes.push(enrolment.outcome === 'refused' ? enrolment.code : enrolment.outcome);
      }
      expect(outcomes.filter((outcome) => outcome === 'begun')).toHaveLength(20);
      expect(outcomes.at(-1)).toBe('rate_limited');
      // What was abandoned doesn't keep the person out for good.
      house.clock.advance(31 * 60);
      const later = await house.engine.begin(login('auth0|bob', house.clock), { token: true }, context);
      if (later.outcome !== 'begun') throw new Error('refused');
      const enrolment = await house.engine.beginEnrolment(later.transaction.id, { factor: 'otp' }, context);
      expect(enrolment.outcome).toBe('begun');
      expect(await house.engine.methods('auth0|bob')).toHaveLength(2);
    });
  });
});
