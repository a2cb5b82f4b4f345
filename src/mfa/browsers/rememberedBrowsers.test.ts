import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../../test/support/databases.ts';
import {
  beginToken,
  client,
  codeOf,
  context,
  createTestEngine,
  enrolOtp,
  login,
  redeem,
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

    it('counts in every application, the shorter of two lifetimes long', async () => {
      const days = (rememberBrowserDays: number) => ({ client: { ...client, rememberBrowserDays } });
      const token = await remember(days(3));
      expect(await required(token)).toBe('none');
      expect(await required(token, days(2))).toBe('none');
      house.clock.advance(2 * day);
      expect(await required(token, days(2))).toBe('challenge');
      expect(await required(token, days(9))).toBe('none');
      house.clock.advance(day);
      expect(await required(token, days(9))).toBe('challenge');
    });

    it('counts for an application that says so longer than for the others', async () => {
      const mine = { client: { ...client, rememberBrowserDays: 90 } };
      const token = await remember(mine);
      for (let week = 0; week < 6; week += 1) {
        await house.engine.begin(
          login(user, house.clock, { purpose: 'login', browserToken: token as string, ...mine }),
          { interactionId: `week-${week}` },
          context,
        );
        house.clock.advance(6 * day);
      }
      expect(await required(token)).toBe('challenge');
      expect(await required(token, mine)).toBe('none');
    });

    it('neither counts nor is made where an application says 0', async () => {
      const never = { client: { ...client, rememberBrowserDays: 0 } };
      expect(await remember(never)).toBeUndefined();
      const token = await remember();
      expect(await required(token, never)).toBe('challenge');
      expect(await required(token)).toBe('none');
    });

    it('S-38 ends at once when the tenant shortens its life', async () => {
      const token = await remember();
      house.clock.advance(2 * day);
      await house.setTenant({ rememberBrowser: { enabled: true, idleDays: 7, absoluteDays: 2 } });
      expect(await required(token)).toBe('challenge');
    });

    it('tells where it was remembered and when it was used last', async () => {
      await house.database.db
        .insertInto('clients')
        .values({
          client_id: client.id,
          name: 'Shop',
          client_secret_encrypted: null,
          properties: '{}',
          created_at: 0,
          updated_at: 0,
        })
        .execute();
      const token = await remember();
      const createdAt = house.clock.now;
      house.clock.advance(day);
      await house.engine.begin(
        login(user, house.clock, { purpose: 'login', browserToken: token as string }),
        { interactionId: 'later' },
        context,
      );
      expect(await house.engine.browsers.ofUser(user)).toEqual([
        {
          id: expect.stringMatching(/^rbr_/),
          client: { id: client.id, name: 'Shop' },
          ...context,
          createdAt,
          lastUsedAt: house.clock.now,
          expiresAt: createdAt + 30 * day * 1000,
        },
      ]);
    });

    it('S-77 S-108 one is forgotten by its person or an operator, the others stay, and it is logged', async () => {
      const kept = await remember();
      const lost = await remember();
      const [latest] = await house.engine.browsers.ofUser(user);
      const id = latest?.id as string;
      const ann = { kind: 'person', id: 'account', proofs: [] } as const;
      await house.addUser('auth0|bob');
      expect(await house.engine.browsers.forget('auth0|bob', id, ann, context)).toMatchObject({
        code: 'not_found',
      });
      expect(await required(lost)).toBe('none');
      const both = [1, 2].map(() => house.engine.browsers.forget(user, id, ann, context));
      const outcomes = (await Promise.all(both)).map(({ outcome }) => outcome);
      expect(outcomes.sort()).toEqual(['forgotten', 'refused']);
      expect(await required(lost)).toBe('challenge');
      expect(await required(kept)).toBe('none');
      const rows = await house.database.db
        .selectFrom('logs')
        .select(['client_id', 'description', 'details'])
        .where('type', '=', 'sapi')
        .execute();
      expect(rows).toEqual([
        {
          client_id: 'account',
          description: 'Forget a remembered browser',
          details: JSON.stringify({ browser_id: id }),
        },
      ]);
    });
  });

  describe('S-46 remembered browsers are forgotten', () => {
    const operator = { kind: 'operator', id: 'cli' } as const;
    const wrong = async () => {
      house.clock.advance(60);
      const { mfaToken } = await beginToken(house, user);
      const code = await codeOf(secret, house.clock.now);
      return redeem(house, mfaToken, code === '000000' ? '111111' : '000000');
    };
    const events: Record<string, () => Promise<unknown>> = {
      'when a method is removed': async () => {
        const [method] = await house.engine.methods(user);
        return house.engine.removeMethod(user, method?.id as string, operator, context);
      },
      'when all are reset': () => house.engine.resetUser(user, operator, context),
      'when the password is changed': () =>
        house.database.transaction((trx) => house.engine.browsers.forgetWith(trx, user)),
      'when second factors are locked': async () => {
        for (let attempt = 0; attempt < 10; attempt += 1) await wrong();
      },
      'on request': () => house.engine.browsers.forgetAll(user, operator, context),
    };

    it.each(Object.keys(events))('%s', async (name) => {
      const token = await remember();
      expect(await required(token)).toBe('none');
      await events[name]?.();
      expect(await required(token)).not.toBe('none');
      expect(await house.engine.browsers.ofUser(user)).toEqual([]);
    });

    it('but not by a wrong code', async () => {
      const token = await remember();
      await wrong();
      expect(await required(token)).toBe('none');
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
