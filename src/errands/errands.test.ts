import { beforeEach, describe, expect, it, vi } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { codeOf, context, createTestEngine, enrolOtp, type TestEngine } from '../../test/support/engine.ts';
import { createAccounts } from '../accounts/accounts.ts';
import { operatorConnection } from '../accounts/operators.ts';
import { issueTicket } from '../accounts/tickets.ts';
import { insertUser } from '../accounts/users.ts';
import { hashPassword } from '../crypto/passwordHash.ts';
import { prune } from '../database/prune.ts';
import { Errands } from './errands.ts';

vi.mock(import('../crypto/passwordHash.ts'), { spy: true });

const ann = 'auth0|ann';
const publicUrl = 'https://login.example.com/';
const password = 'nine yellow bicycles';

forEachDatabase((_engine, open) => {
  let house: TestEngine;
  let errands: Errands;

  beforeEach(async () => {
    house = await createTestEngine(await open());
    const { database, vault, engine } = house;
    const clock = () => house.clock.now;
    const accounts = createAccounts({
      database,
      vault,
      clock,
      onPasswordChanged: [(trx, userId) => engine.endTransactions(trx, userId)],
      afterQueueing: () => {},
    });
    errands = new Errands({ publicUrl, database, vault, clock, engine, accounts });
    await house.addUser(ann);
    await house.setTenant({ policy: 'always' });
  });

  const resetLink = (userId = ann) =>
    house.database.transaction((trx) =>
      issueTicket(
        trx,
        { vault: house.vault, clock: () => house.clock.now },
        {
          kind: 'password-reset',
          userId,
          lifetimeSeconds: 3600,
          data: { email: 'auth0.ann@example.com' },
        },
      ),
    );

  /** Takes a reset up and proves what is asked for, as one browser does. */
  const prove = async (ticket: string, secret: string) => {
    const begun = await errands.beginPasswordReset(ticket);
    if (begun.outcome !== 'begun') throw new Error(`Nothing was begun: ${begun.outcome}.`);
    const { uid } = begun;
    const cookieHeader = begun.cookie.split(';')[0];
    const errand = await errands.find(uid, cookieHeader);
    if (!errand) throw new Error('The errand is not to be found.');
    const input = { ...errand.decisionInput, ...errand.session };
    const passage = await house.engine.begin(input, { interactionId: uid }, context);
    if (passage.outcome !== 'begun') throw new Error(`Nothing was demanded: ${passage.outcome}.`);
    const proof = await codeOf(secret, house.clock.now);
    await house.engine.submit(passage.transaction.id, { factor: 'otp', proof }, context);
    const completed = await house.engine.complete(passage.transaction.id);
    if (completed.outcome !== 'completed') throw new Error(`Not completed: ${completed.outcome}.`);
    await errands.finish(uid, completed);
    house.clock.advance(30);
    return { uid, cookieHeader };
  };

  const choice = { password, endsSessions: false, context };
  const rows = () => house.database.db.selectFrom('errands').selectAll().execute();

  describe('errands', () => {
    it('S-37 keep neither link nor cookie in readable form', async () => {
      const ticket = await resetLink();
      const begun = await errands.beginPasswordReset(ticket);
      const stored = JSON.stringify(await rows());
      expect(stored).not.toContain(ticket);
      const value = begun.outcome === 'begun' ? begun.cookie.split(/[=;]/)[1] : '';
      expect(value).toMatch(/^[\w-]{43}$/);
      expect(stored).not.toContain(value);
    });

    it('S-76 are known by a cookie that no sister domain and no script can touch', async () => {
      const begun = await errands.beginPasswordReset(await resetLink());
      expect(begun.outcome === 'begun' && begun.cookie).toMatch(
        /^__Host-cs_e_[\w-]{16}=[\w-]{43}; Path=\/; Max-Age=1800; HttpOnly; SameSite=Lax; Secure$/,
      );
    });

    it('S-37 take one result, under race too', async () => {
      const { secret } = await enrolOtp(house, ann);
      const { uid, cookieHeader } = await prove(await resetLink(), secret);
      const found = await errands.find(uid, cookieHeader);
      expect(found?.resumeUrl).toBe(`${publicUrl}u/reset-password/new?state=${uid}`);
      await expect(errands.finish(uid, { userId: ann, proofs: [] })).rejects.toThrow('over');
      await expect(errands.grantConsent()).rejects.toThrow('over');
      await expect(errands.reject()).rejects.toThrow('over');
    });

    it('S-37 S-67 ten posts of one form set one password', async () => {
      const { secret } = await enrolOtp(house, ann);
      const proved = await prove(await resetLink(), secret);
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          errands.choosePassword(proved, { ...choice, password: `${password} ${index}` }),
        ),
      );
      expect(outcomes.filter(({ outcome }) => outcome === 'changed')).toHaveLength(1);
    });

    it('S-28 a block between proof and password is the end', async () => {
      const { secret } = await enrolOtp(house, ann);
      const proved = await prove(await resetLink(), secret);
      await house.engine.resetUser(ann, { kind: 'operator', id: 'olga' }, context);
      expect(await errands.choosePassword(proved, choice)).toEqual({ outcome: 'invalid_ticket' });
      expect(await rows()).toEqual([]);
    });

    it('S-64 a method set up between link and password has to be proved', async () => {
      const ticket = await resetLink();
      expect(await errands.resetNeedsProof(ticket)).toBe(false);
      await enrolOtp(house, ann);
      expect(await errands.resetNeedsProof(ticket)).toBe(true);
      expect(await errands.choosePassword({ ticket }, choice)).toEqual({ outcome: 'needs_second_factor' });
      expect(await house.eventTypes(ann)).toContain('fcp');
    });

    it('S-64 passwords that are refused cost no hash and fill no log', async () => {
      await enrolOtp(house, ann);
      const ticket = await resetLink();
      const before = vi.mocked(hashPassword).mock.calls.length;
      for (let turn = 0; turn < 30; turn += 1) {
        expect(await errands.choosePassword({ ticket }, choice)).toEqual({ outcome: 'needs_second_factor' });
      }
      expect(vi.mocked(hashPassword).mock.calls.length).toBe(before);
      expect((await house.eventTypes(ann)).filter((type) => type === 'fcp')).toHaveLength(20);
    });

    it('S-107 an operator proves a second factor for a new password, whatever the policy', async () => {
      await house.setTenant({ policy: 'never' });
      const olga = 'auth0|olga';
      await insertUser(house.database.db, () => house.clock.now, {
        id: olga,
        connection: operatorConnection,
        email: 'olga@example.com',
        emailVerified: true,
        passwordHash: null,
      });
      const ticket = await resetLink(olga);
      expect(await errands.resetNeedsProof(ticket)).toBe(false);
      await house.setTenant({ policy: 'always' });
      await enrolOtp(house, olga);
      await house.setTenant({ policy: 'never' });
      expect(await errands.resetNeedsProof(ticket)).toBe(true);
    });

    it('are pruned a day after they ended, and go with their person', async () => {
      await errands.beginPasswordReset(await resetLink());
      const clock = () => house.clock.now;
      house.clock.advance(30 * 60 + 24 * 60 * 60);
      await prune(house.database.db, clock);
      expect(await rows()).toHaveLength(1);
      house.clock.advance(1);
      await prune(house.database.db, clock);
      expect(await rows()).toEqual([]);
    });
  });
});
