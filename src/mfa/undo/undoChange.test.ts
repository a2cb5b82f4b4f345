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
  redeem,
  type TestEngine,
} from '../../../test/support/engine.ts';
import { prune } from '../../database/prune.ts';

const ann = 'auth0|ann';
const operator = { kind: 'operator', id: 'olga@example.com' } as const;

forEachDatabase((_engine, open) => {
  let house: TestEngine;

  beforeEach(async () => {
    house = await createTestEngine(await open());
    await house.setTenant({ policy: 'always' });
    await house.addUser(ann);
  });

  /** The link of the latest message of this template. */
  const linkOf = (template: 'mfa_enrolled' | 'mfa_removed') => {
    const notice = house.notices.findLast((one) => one.template === template);
    return notice && 'undoTicket' in notice ? notice.undoTicket : undefined;
  };
  const undo = (ticket: string | undefined) => house.engine.changes.undo(ticket ?? '', context);
  const ids = async () => (await house.engine.methods(ann)).filter((m) => !m.isImplicit).map(({ id }) => id);
  const otpIds = async () => (await ids()).filter((id) => id.startsWith('totp'));
  const person = (...methodIds: string[]) => ({
    kind: 'person' as const,
    id: 'app',
    proofs: methodIds.map((methodId) => ({ factor: factorOf(methodId), methodId, at: house.clock.now })),
  });
  const factorOf = (id: string) => (id.startsWith('totp') ? 'otp' : 'recovery-code');
  const requirement = async () => (await house.engine.decide(login(ann, house.clock))).requirement.kind;

  /** Adds one-time passwords beside those that are there, proved by a code of these. */
  const addOtp = async (secret: string) => {
    const before = await otpIds();
    const proof = await codeOf(secret, house.clock.now);
    const { transactionId } = await beginToken(house, ann);
    await house.engine.submit(transactionId, { factor: 'otp', proof }, context);
    const [methodId] = before as [string];
    const begun = await house.engine.beginSelfService(
      login(ann, house.clock, {
        purpose: 'self-service',
        mfaAudience: true,
        proofs: [
          { factor: 'password', at: house.clock.now },
          { factor: 'otp', methodId, at: house.clock.now },
        ],
      }),
      'access-token',
      context,
      {},
    );
    if (begun.outcome !== 'begun') throw new Error('not begun');
    const enrolment = await beginEnrolment(house, begun.transaction.id);
    const added = enrolment.shown.secret as string;
    house.clock.advance(1);
    const submission = {
      factor: 'otp',
      methodId: enrolment.methodId,
      proof: await codeOf(added, house.clock.now),
    };
    const done = await house.engine.submit(begun.transaction.id, submission, context);
    if (done.outcome === 'refused') throw new Error(`not enrolled: ${done.code}`);
    house.clock.advance(30);
    return { secret: added, methodId: enrolment.methodId };
  };

  describe('a first method that somebody else added', () => {
    it('S-45 S-46 goes by the link of its mail, with its recovery code, and signs everybody out', async () => {
      const { secret } = await enrolOtp(house, ann);
      const [methodId] = (await otpIds()) as [string];
      const proofs = [
        { factor: 'password', at: house.clock.now },
        { factor: 'otp', methodId, at: house.clock.now },
      ];
      await house.database.db
        .insertInto('sessions')
        .values({
          uid: 'session',
          user_id: ann,
          proofs: JSON.stringify(proofs),
          ip: context.ip,
          user_agent: context.userAgent,
          created_at: house.clock.now,
          updated_at: house.clock.now,
          expires_at: house.clock.now + 3_600_000,
        })
        .execute();
      const ticket = linkOf('mfa_enrolled');
      expect(await house.engine.changes.find(ticket as string)).toMatchObject({
        kind: 'added',
        factor: 'otp',
      });
      house.clock.advance(1);
      expect(await undo(ticket)).toEqual({ outcome: 'undone', taken: 2, putBack: 0, isKept: false });
      expect(await ids()).toEqual([]);
      expect(await house.database.db.selectFrom('sessions').selectAll().execute()).toEqual([]);
      const later = login(ann, house.clock, { proofs });
      expect((await house.engine.decide(later)).requirement.kind).toBe('enrol');
      expect(house.notices.at(-1)).toMatchObject({
        template: 'mfa_change_undone',
        path: expect.stringContaining('/u/reset-password/change?ticket='),
      });
      expect((await house.eventTypes(ann)).slice(-3)).toEqual(['gd_unenroll', 'gd_unenroll', 'w']);
      const { mfaToken } = await beginToken(house, ann);
      const code = await codeOf(secret, house.clock.now);
      expect(await redeem(house, mfaToken, code)).toMatchObject({ outcome: 'refused' });
    });

    it('S-42 the link works once, for a day, and is kept as a hash', async () => {
      await enrolOtp(house, ann);
      const ticket = linkOf('mfa_enrolled') as string;
      const { token_hash } = await house.database.db
        .selectFrom('method_changes')
        .selectAll()
        .executeTakeFirstOrThrow();
      expect(token_hash).not.toContain(ticket);
      for (const wrong of ['', 'x', ticket.slice(1), `${ticket}x`, 'x'.repeat(10_000), '__proto__']) {
        expect(await undo(wrong)).toMatchObject({ outcome: 'refused' });
        expect(await house.engine.changes.find(wrong)).toBeUndefined();
      }
      house.clock.advance(24 * 3600 - 31);
      expect(await house.engine.changes.find(ticket)).toBeDefined();
      house.clock.advance(31);
      expect(await house.engine.changes.find(ticket)).toBeUndefined();
      expect(await undo(ticket)).toMatchObject({ outcome: 'refused' });
      await prune(house.database.db, () => house.clock.now + 1);
      expect(await house.database.db.selectFrom('method_changes').selectAll().execute()).toEqual([]);
    });

    it('S-01 S-42 of two who press at the same time one undoes it', async () => {
      await enrolOtp(house, ann);
      const ticket = linkOf('mfa_enrolled') as string;
      const other = await house.anotherNode();
      const both = await Promise.all([undo(ticket), other.changes.undo(ticket, context)]);
      expect(both.map(({ outcome }) => outcome).sort()).toEqual(['refused', 'undone']);
      expect(house.notices.filter(({ template }) => template === 'mfa_change_undone')).toHaveLength(1);
    });

    it('S-79 who is blocked undoes nothing', async () => {
      await enrolOtp(house, ann);
      await house.database.db.updateTable('users').set({ blocked: 1 }).where('id', '=', ann).execute();
      expect(await house.engine.changes.find(linkOf('mfa_enrolled') as string)).toBeUndefined();
      expect(await undo(linkOf('mfa_enrolled'))).toMatchObject({ outcome: 'refused' });
      expect(await otpIds()).toHaveLength(1);
    });
  });

  describe('a method beside another', () => {
    it('goes alone', async () => {
      const { secret } = await enrolOtp(house, ann);
      const before = await ids();
      await addOtp(secret);
      expect(await undo(linkOf('mfa_enrolled'))).toEqual({
        outcome: 'undone',
        taken: 1,
        putBack: 0,
        isKept: false,
      });
      expect((await ids()).sort()).toEqual(before.sort());
    });

    it('goes within the day of the first one even if that has gone: the mailbox could have taken both', async () => {
      const { secret } = await enrolOtp(house, ann);
      const [first] = (await otpIds()) as [string];
      const { methodId } = await addOtp(secret);
      await house.engine.removeMethod(ann, first, person(first), context);
      expect(await otpIds()).toEqual([methodId]);
      expect(await undo(linkOf('mfa_enrolled'))).toMatchObject({ taken: 2, isKept: false });
      expect(await ids()).toEqual([]);
    });
  });

  describe('once a day has passed since the first method', () => {
    let secret: string;
    let recoveryCode: string;
    let first: string;

    beforeEach(async () => {
      const enrolled = await enrolOtp(house, ann);
      secret = enrolled.secret;
      recoveryCode = enrolled.recoveryCode as string;
      [first] = (await otpIds()) as [string];
      house.clock.advance(25 * 3600);
    });

    it('a thief’s method that took its place goes, and it is back with all that needs it', async () => {
      const before = await ids();
      const { methodId } = await addOtp(secret);
      await house.engine.removeMethod(ann, first, person(first), context);
      expect(await undo(linkOf('mfa_enrolled'))).toEqual({
        outcome: 'undone',
        taken: 1,
        putBack: 1,
        isKept: false,
      });
      expect((await ids()).sort()).toEqual(before.sort());
      expect(await otpIds()).not.toContain(methodId);
      // The link of the removal did its work with it.
      expect(await undo(linkOf('mfa_removed'))).toMatchObject({ outcome: 'refused' });
      const { mfaToken } = await beginToken(house, ann);
      expect(await redeem(house, mfaToken, await codeOf(secret, house.clock.now))).toMatchObject({
        outcome: 'completed',
      });
    });

    it('a removed method comes back by the link of that mail, with the recovery code, and its used codes stay used', async () => {
      const { mfaToken } = await beginToken(house, ann);
      const used = await codeOf(secret, house.clock.now);
      await redeem(house, mfaToken, used);
      const before = await ids();
      await house.engine.removeMethod(ann, first, person(first), context);
      expect(await ids()).toEqual([]);
      expect(await requirement()).toBe('enrol');
      expect(await house.engine.changes.find(linkOf('mfa_removed') as string)).toMatchObject({
        kind: 'removed',
      });
      expect(await undo(linkOf('mfa_removed'))).toMatchObject({ taken: 0, putBack: 2, isKept: false });
      expect((await ids()).sort()).toEqual(before.sort());
      expect(await requirement()).toBe('challenge');
      const again = await beginToken(house, ann);
      expect(await redeem(house, again.mfaToken, used)).toMatchObject({ outcome: 'refused' });
      expect(await redeem(house, again.mfaToken, recoveryCode, 'recovery-code')).toMatchObject({
        outcome: 'completed',
      });
    });

    it('S-65 what was removed by another method may be lost: no link brings it back', async () => {
      const { methodId } = await addOtp(secret);
      house.clock.advance(600);
      expect(await house.engine.removeMethod(ann, first, person(methodId), context)).toMatchObject({
        outcome: 'removed',
      });
      expect(house.notices.at(-1)).toMatchObject({ template: 'mfa_removed' });
      expect(linkOf('mfa_removed')).toBeUndefined();
    });

    it('S-64 whoever reads the mailbox on a stolen device leaves nobody without protection', async () => {
      const { methodId } = await addOtp(secret);
      house.clock.advance(600);
      await house.engine.removeMethod(ann, first, person(methodId), context);
      // The device that was removed shows the mail about the method that took its place.
      expect(await undo(linkOf('mfa_enrolled'))).toEqual({
        outcome: 'undone',
        taken: 0,
        putBack: 0,
        isKept: true,
      });
      expect(await otpIds()).toEqual([methodId]);
      expect(await requirement()).toBe('challenge');
    });

    it('S-64 nor after everything went with the lost one, and another was set up', async () => {
      const [recovery] = (await ids()).filter((id) => id.startsWith('recovery')) as [string];
      await house.engine.removeMethod(ann, first, person(recovery), context);
      expect(linkOf('mfa_removed')).toBeUndefined();
      await enrolOtp(house, ann);
      expect(await undo(linkOf('mfa_enrolled'))).toMatchObject({ taken: 0, isKept: true });
      expect(await requirement()).toBe('challenge');
    });

    it('S-65 an operator’s acts bring no link, and what they took never comes back', async () => {
      await house.engine.removeMethod(ann, first, person(first), context);
      const link = linkOf('mfa_removed');
      expect(link).toBeDefined();
      await house.engine.resetUser(ann, operator, context);
      expect(await undo(link)).toMatchObject({ outcome: 'refused' });
      const enrolled = await enrolOtp(house, ann);
      expect(enrolled.secret).toBeDefined();
      expect(await undo(linkOf('mfa_enrolled'))).toMatchObject({ taken: 0, isKept: true });
      expect(await requirement()).toBe('challenge');
    });

    it('S-65 nor does one method that they removed', async () => {
      await house.engine.removeMethod(ann, first, operator, context);
      expect(house.notices.at(-1)).toMatchObject({ template: 'mfa_removed', isByOperator: true });
      expect(linkOf('mfa_removed')).toBeUndefined();
    });

    it.each([
      ['the addition first', ['mfa_enrolled', 'mfa_removed']],
      ['the removal first', ['mfa_removed', 'mfa_enrolled']],
    ] as const)(
      'a method that was added and removed stays away when both links are pressed, %s',
      async (_name, order) => {
        const before = await ids();
        const { methodId } = await addOtp(secret);
        await house.engine.removeMethod(ann, methodId, person(methodId), context);
        for (const template of order)
          expect(await undo(linkOf(template))).toMatchObject({ outcome: 'undone' });
        expect((await ids()).sort()).toEqual(before.sort());
      },
    );

    it('a later change stays when an earlier one is undone', async () => {
      const one = await addOtp(secret);
      const linkOfOne = linkOf('mfa_enrolled');
      const other = await addOtp(secret);
      expect(await undo(linkOfOne)).toMatchObject({ taken: 1 });
      expect(await otpIds()).toEqual([first, other.methodId]);
      expect(await otpIds()).not.toContain(one.methodId);
    });

    it('S-104 what is kept is sealed, and opens for its own row alone', async () => {
      await house.engine.removeMethod(ann, first, person(first), context);
      const rows = await house.database.db.selectFrom('method_changes').selectAll().orderBy('id').execute();
      const row = rows.at(-1);
      expect(row?.methods_encrypted).not.toContain('otp');
      await house.addUser('auth0|eve');
      await house.database.db
        .updateTable('method_changes')
        .set({ user_id: 'auth0|eve' })
        .where('id', '=', row?.id as string)
        .execute();
      await expect(undo(linkOf('mfa_removed'))).rejects.toThrow();
      const eves = await house.database.db
        .selectFrom('authentication_methods')
        .selectAll()
        .where('user_id', '=', 'auth0|eve')
        .execute();
      expect(eves).toEqual([]);
    });

    it('S-01 an enrolment that is confirmed meanwhile is whole, whoever is first', async () => {
      await house.engine.removeMethod(ann, first, person(first), context);
      const link = linkOf('mfa_removed') as string;
      const { transactionId } = await beginToken(house, ann);
      const enrolment = await beginEnrolment(house, transactionId);
      const proof = await codeOf(enrolment.shown.secret as string, house.clock.now);
      const other = await house.anotherNode();
      const [undone, submitted] = await Promise.all([
        undo(link),
        other.submit(transactionId, { factor: 'otp', proof }, context),
      ]);
      expect(undone.outcome).toBe('undone');
      const expected = submitted.outcome === 'refused' ? [first] : [first, enrolment.methodId];
      expect(
        (await house.engine.methods(ann)).filter((m) => m.factor === 'otp' && m.isConfirmed).map((m) => m.id),
      ).toEqual(expected);
    });
  });
});
