import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../../test/support/databases.ts';
import {
  beginEnrolment,
  beginToken,
  codeOf,
  context,
  createTestEngine,
  enrolOtp,
  login,
  type TestEngine,
} from '../../../test/support/engine.ts';
import type { PassOrder } from './passDesk.ts';

const ann = 'auth0|ann';
const operator = { kind: 'operator', id: 'olga@example.com' } as const;
const enabled = { enabled: true };
const factors = { otp: enabled, 'recovery-code': enabled, 'temporary-pass': enabled };

forEachDatabase((_engine, open) => {
  let house: TestEngine;

  beforeEach(async () => {
    house = await createTestEngine(await open());
    await house.setTenant({ policy: 'always', factors });
    await house.addUser(ann);
  });

  const issue = (order: Partial<PassOrder> = {}, actor: { kind: 'operator'; id: string } = operator) =>
    house.engine.passes.issue(ann, { reason: 'Lost phone', isReusable: false, ...order }, actor, context);
  const issued = async (order?: Partial<PassOrder>) => {
    const result = await issue(order);
    if (result.outcome !== 'issued') throw new Error(`not issued: ${result.code}`);
    return result;
  };
  const begin = async () => (await beginToken(house, ann)).transactionId;
  const use = async (pass: string, transactionId?: string) =>
    house.engine.submit(transactionId ?? (await begin()), { factor: 'temporary-pass', proof: pass }, context);
  const requirement = async () => (await house.engine.decide(login(ann, house.clock))).requirement;
  const passes = async () =>
    (await house.engine.methods(ann)).filter(({ factor }) => factor === 'temporary-pass');

  describe('a pass', () => {
    it('stands in once for a lost factor, and leads to a new one', async () => {
      await enrolOtp(house, ann);
      const { pass, endsAt } = await issued();
      expect(pass).toMatch(/^[A-Z1-9]{4}-[A-Z1-9]{4}-[A-Z1-9]{4}$/);
      expect(endsAt).toBe(house.clock.now + 3_600_000);
      expect(await requirement()).toMatchObject({ factors: ['otp', 'recovery-code', 'temporary-pass'] });
      const id = await begin();
      expect(await use(` ${pass.toLowerCase()} `, id)).toMatchObject({ outcome: 'satisfied' });
      expect((await house.engine.find(id))?.requirement).toMatchObject({ offers: { reason: 'lost' } });
      expect(house.notices.map(({ template }) => template).slice(-2)).toEqual([
        'temporary_pass_issued',
        'temporary_pass_used',
      ]);
    });

    it('S-10 is good once, kept as a hash, and refused after', async () => {
      await enrolOtp(house, ann);
      const { pass } = await issued();
      const { state_encrypted } = await house.database.db
        .selectFrom('authentication_methods')
        .selectAll()
        .where('factor', '=', 'temporary-pass')
        .executeTakeFirstOrThrow();
      expect(state_encrypted).not.toContain(pass.slice(0, 4));
      expect(await use(pass)).toMatchObject({ outcome: 'satisfied' });
      expect(await requirement()).toMatchObject({ factors: ['otp', 'recovery-code'] });
      expect(await use(pass)).toMatchObject({ outcome: 'refused' });
      expect(await passes()).toMatchObject([{ remaining: 0, expiresAt: expect.any(Number) }]);
    });

    it('S-01 of two uses at the same time one is good', async () => {
      const { pass } = await issued();
      const other = await house.anotherNode();
      const [one, two] = [await begin(), await begin()];
      const submission = { factor: 'temporary-pass', proof: pass };
      const both = await Promise.all([
        house.engine.submit(one, submission, context),
        other.submit(two, submission, context),
      ]);
      expect(both.map(({ outcome }) => outcome).sort()).toEqual(['pending', 'refused']);
    });

    it('works as often as needed where the operator says so, until it ends', async () => {
      await enrolOtp(house, ann);
      const { pass } = await issued({ isReusable: true, lifetimeSeconds: 600 });
      expect(await use(pass)).toMatchObject({ outcome: 'satisfied' });
      expect(await use(pass)).toMatchObject({ outcome: 'satisfied' });
      house.clock.advance(600);
      expect(await passes()).toEqual([]);
      expect(await requirement()).toMatchObject({ factors: ['otp', 'recovery-code'] });
      expect(await use(pass)).toMatchObject({ outcome: 'refused' });
    });

    it('what was proved by it counts until it would have ended', async () => {
      await enrolOtp(house, ann);
      const { pass, methodId } = await issued({ lifetimeSeconds: 600 });
      await use(pass);
      const proofs = [
        { factor: 'password', at: house.clock.now },
        { factor: 'temporary-pass', methodId, at: house.clock.now },
      ];
      const later = async () => (await house.engine.decide(login(ann, house.clock, { proofs }))).requirement;
      house.clock.advance(599);
      expect(await later()).toEqual({ kind: 'none' });
      house.clock.advance(1);
      expect((await later()).kind).toBe('challenge');
    });

    it('S-15 S-19 wrong ones count as any wrong code does', async () => {
      const { pass } = await issued();
      const id = await begin();
      for (let attempt = 0; attempt < 10; attempt += 1) await use('ABCD-EFGH-JKLM', id);
      expect(await house.engine.lockOf(ann)).toBeDefined();
      expect(await use(pass)).toMatchObject({ outcome: 'refused', code: 'locked' });
    });

    it.each([12345, '', 'ABC', 'x'.repeat(1000), 'ABCD-EFGH-JKL!', null, {}])(
      'S-13 %j is none',
      async (pass) => {
        await issued();
        expect(await use(pass as string)).toMatchObject({ code: 'malformed_proof' });
      },
    );

    it('S-77 remembers no browser', async () => {
      await house.setTenant({ rememberBrowser: { enabled: true, idleDays: 30, absoluteDays: 30 } });
      await enrolOtp(house, ann);
      const { pass } = await issued();
      const id = await begin();
      await use(pass, id);
      expect(await house.engine.browsers.remember(id, context)).toBeUndefined();
    });

    it('S-35 has no place in the MFA API', () => {
      const wire = house.engine.registry.get('temporary-pass')?.wire;
      expect(wire).not.toHaveProperty('requirementType');
      expect(wire).not.toHaveProperty('challengeType');
    });
  });

  describe('somebody with nothing that works', () => {
    it('S-65 whose factors were reset proves the pass before they set up another', async () => {
      await enrolOtp(house, ann);
      await house.engine.resetUser(ann, operator, context);
      const { pass } = await issued();
      const id = await begin();
      expect(await requirement()).toEqual({ kind: 'challenge', factors: ['temporary-pass'] });
      expect(await house.engine.beginEnrolment(id, { factor: 'otp' }, context)).toMatchObject({
        outcome: 'refused',
      });
      // It stands in for nothing here: something is to be set up, as it would be without it.
      expect(await use(pass, id)).toEqual({
        outcome: 'pending',
        requirement: { kind: 'enrol', factors: ['otp'] },
      });
      expect(await house.engine.complete(id)).toMatchObject({ outcome: 'refused' });
      expect(await house.engine.declineOffer(id)).toMatchObject({ code: 'not_allowed' });
      const enrolment = await beginEnrolment(house, id);
      expect(enrolment.beside?.recoveryCode).toBeDefined();
      const proof = await codeOf(enrolment.shown.secret as string, house.clock.now);
      expect(await house.engine.submit(id, { factor: 'otp', proof }, context)).toMatchObject({
        outcome: 'satisfied',
      });
      expect(await house.engine.complete(id)).toMatchObject({ outcome: 'completed' });
      // It has done its work.
      expect(await passes()).toEqual([]);
      expect((await house.engine.methods(ann)).map(({ factor }) => factor).sort()).toEqual([
        'otp',
        'recovery-code',
      ]);
    });

    it('whose factors were switched off gets in by it, and is turned away without', async () => {
      await enrolOtp(house, ann);
      await house.setTenant({ factors: { 'temporary-pass': enabled } });
      expect(await requirement()).toEqual({ kind: 'blocked' });
      const { pass } = await issued();
      expect(await requirement()).toEqual({ kind: 'challenge', factors: ['temporary-pass'] });
      expect(await use(pass)).toMatchObject({ outcome: 'satisfied' });
    });

    it('keeps the pass when an operator removes what was lost', async () => {
      await enrolOtp(house, ann);
      const { pass } = await issued();
      const [otp] = (await house.engine.methods(ann)).filter(({ factor }) => factor === 'otp');
      await house.engine.removeMethod(ann, otp?.id as string, operator, context);
      expect((await house.engine.methods(ann)).map(({ factor }) => factor)).toEqual(['temporary-pass']);
      expect(await use(pass)).toMatchObject({ outcome: 'pending' });
    });

    it('S-39 shows a reusable one again at the next sign-in, and then sets something up', async () => {
      const { pass } = await issued({ isReusable: true });
      const challenge = { kind: 'challenge', factors: ['temporary-pass'] };
      const enrol = { kind: 'enrol', factors: ['otp'] };
      for (let time = 0; time < 2; time += 1) {
        const id = await begin();
        expect((await house.engine.find(id))?.requirement).toEqual(challenge);
        expect(await use(pass, id)).toEqual({ outcome: 'pending', requirement: enrol });
        house.clock.advance(600);
      }
    });

    it('is as before once it is used up: nobody is locked out by it', async () => {
      const { pass } = await issued();
      await use(pass);
      const again = await begin();
      expect((await house.engine.find(again))?.requirement).toEqual({ kind: 'enrol', factors: ['otp'] });
      await beginEnrolment(house, again);
    });

    it('S-42 shows it before an invitation sets anything up', async () => {
      const { pass } = await issued();
      const enrols = { ticketId: 'tkt_1', allowsAnother: false };
      const proofs = [{ factor: 'link', channel: 'email', at: house.clock.now }];
      const invited = async (id?: string) =>
        (
          await house.engine.decide(
            login(ann, house.clock, {
              purpose: 'enrolment',
              enrols,
              proofs:
                id === undefined
                  ? proofs
                  : [...proofs, { factor: 'temporary-pass', methodId: id, at: house.clock.now }],
            }),
          )
        ).requirement;
      expect(await invited()).toEqual({ kind: 'challenge', factors: ['temporary-pass'] });
      const [method] = await passes();
      expect(await invited(method?.id)).toEqual({ kind: 'enrol', factors: ['otp'] });
      expect(pass).toBeDefined();
    });

    it('who needs a security key is led to one, and to nothing weaker', async () => {
      await house.setTenant({
        phishingResistantOnly: true,
        factors: { ...factors, 'webauthn-roaming': enabled, 'webauthn-platform': enabled },
      });
      const { pass } = await issued();
      const id = await begin();
      expect((await house.engine.find(id))?.requirement).toEqual({
        kind: 'challenge',
        factors: ['temporary-pass'],
      });
      expect(await use(pass, id)).toEqual({
        outcome: 'pending',
        requirement: { kind: 'enrol', factors: ['webauthn-roaming'] },
      });
    });
  });

  describe('handing one out', () => {
    it('S-108 is logged with operator and reason, and told to the person with a link that ends it', async () => {
      await issued();
      const rows = await house.database.db.selectFrom('logs').selectAll().orderBy('log_id').execute();
      const log = rows.at(-1);
      expect(log).toMatchObject({ type: 'sapi', user_id: ann });
      expect(JSON.parse(log?.details as string)).toMatchObject({
        actor: operator.id,
        reason: 'Lost phone',
        lifetime_seconds: 3600,
        reusable: false,
      });
      const notice = house.notices.at(-1);
      if (notice?.template !== 'temporary_pass_issued') throw new Error('not told');
      expect(await house.engine.changes.undo(notice.undoTicket, context)).toMatchObject({ taken: 1 });
      expect(await passes()).toEqual([]);
    });

    it('replaces the one before, and an operator takes it back like any method', async () => {
      const first = await issued();
      const second = await issued();
      expect(await use(first.pass)).toMatchObject({ outcome: 'refused' });
      expect(await passes()).toMatchObject([{ id: second.methodId }]);
      expect(await house.engine.removeMethod(ann, second.methodId, operator, context)).toMatchObject({
        outcome: 'removed',
      });
      expect(await use(second.pass)).toMatchObject({ outcome: 'refused' });
    });

    it('is an operator’s alone, and for nobody blocked', async () => {
      const person = { kind: 'person', id: 'app', proofs: [] } as const;
      const order = { reason: 'I want one', isReusable: true };
      expect(await house.engine.passes.issue(ann, order, person, context)).toMatchObject({
        code: 'not_allowed',
      });
      expect(await house.engine.passes.issue('auth0|nobody', order, operator, context)).toMatchObject({
        code: 'not_found',
      });
      await house.addUser('auth0|bob', { blocked: true });
      expect(await house.engine.passes.issue('auth0|bob', order, operator, context)).toMatchObject({
        code: 'not_allowed',
      });
    });

    it('S-39 nobody sets one up by themselves', async () => {
      const id = await begin();
      expect(await house.engine.beginEnrolment(id, { factor: 'temporary-pass' }, context)).toMatchObject({
        outcome: 'refused',
      });
    });

    it.each([
      { reason: 'x' },
      { reason: ' \n ' },
      { reason: 'x'.repeat(201) },
      { lifetimeSeconds: 59 },
      { lifetimeSeconds: 86_401 },
      { lifetimeSeconds: Number.NaN },
    ])('refuses %j', async (order) => {
      expect(await issue(order)).toMatchObject({ code: 'malformed_input' });
    });

    it('not while it is switched off', async () => {
      const { pass } = await issued();
      await house.setTenant({ factors: { otp: enabled } });
      expect(await house.engine.passes.lifetimes()).toBeUndefined();
      expect(await issue()).toMatchObject({ code: 'factor_disabled' });
      expect(await use(pass)).toMatchObject({ outcome: 'refused' });
    });

    it('few a day to one person, and by one operator', async () => {
      for (let count = 0; count < 5; count += 1) await issued();
      expect(await issue()).toMatchObject({ code: 'rate_limited', throttle: { allowed: false } });
      house.clock.advance(24 * 3600);
      await issued();
      let count = 1;
      for (; count < 40; count += 1) {
        await house.addUser(`auth0|${count}`);
        const order = { reason: 'Lost phone', isReusable: false };
        const result = await house.engine.passes.issue(`auth0|${count}`, order, operator, context);
        if (result.outcome === 'refused') break;
      }
      expect(count).toBe(30);
    });
  });
});
