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
import type { MfaEngine } from '../../mfa/engine.ts';
import type { Transaction } from '../../mfa/transaction.ts';
import { recoveryCode } from './index.ts';

const ann = 'auth0|ann';

forEachDatabase((_engine, open) => {
  let house: TestEngine;

  const handOut = (codes: 1 | 10) =>
    house.setTenant({
      policy: 'always',
      factors: { otp: { enabled: true }, 'recovery-code': { enabled: true, settings: { codes } } },
    });

  beforeEach(async () => {
    house = await createTestEngine(await open());
    await handOut(10);
    await house.addUser(ann);
  });

  /** Enrols one-time passwords; what came beside. */
  async function enrol(): Promise<string[]> {
    const { mfaToken, transactionId } = await beginToken(house, ann);
    const { shown, beside } = await beginEnrolment(house, transactionId);
    await redeem(house, mfaToken, await codeOf(shown.secret ?? '', house.clock.now));
    house.clock.advance(30);
    return (beside?.recoveryCodes ?? beside?.recoveryCode ?? '').split(' ');
  }

  async function use(code: string | undefined, engine: MfaEngine = house.engine) {
    const { mfaToken } = await beginToken(house, ann);
    return redeem({ engine }, mfaToken, code, 'recovery-code');
  }

  /** Uses a code at the pages; the transaction waits there for the person to go on. */
  async function useAtPages(code: string | undefined): Promise<Transaction> {
    const interactionId = `interaction-${house.clock.now}`;
    house.clock.advance(1);
    const begun = await house.engine.begin(
      login(ann, house.clock, { purpose: 'login' }),
      { interactionId },
      context,
    );
    if (begun.outcome !== 'begun') throw new Error(begun.outcome);
    const submission = { factor: 'recovery-code', proof: code };
    await house.engine.submit(begun.transaction.id, submission, context);
    return stored(begun.transaction.id);
  }

  async function stored(id: string): Promise<Transaction> {
    const transaction = await house.engine.find(id);
    if (!transaction) throw new Error('There is no such transaction.');
    return transaction;
  }

  const remaining = async () =>
    (await house.engine.methods(ann)).find(({ factor }) => factor === 'recovery-code')?.remaining;
  const renew = ({ id }: Transaction, engine: MfaEngine = house.engine) => engine.codes.renew(id, context);

  describe('a list of codes', () => {
    it('S-10 holds ten different ones of 121 bits, of which hashes alone are stored', async () => {
      const codes = await enrol();
      expect(new Set(codes).size).toBe(10);
      for (const code of codes) expect(code).toMatch(/^[A-HJ-NP-Z1-9]{24}$/);
      const rows = await house.database.db.selectFrom('authentication_methods').selectAll().execute();
      const row = rows.find(({ factor }) => factor === 'recovery-code');
      const state = house.vault.decrypt(
        row?.state_encrypted ?? '',
        `authentication_methods.state_encrypted:${ann}:${row?.id}`,
      );
      expect(JSON.parse(state).codeHashes).toHaveLength(10);
      for (const code of codes) expect(state).not.toContain(code);
      expect(await remaining()).toBe(10);
    });

    it('S-10 each is good once, in whatever order, and one used leaves the others as they are', async () => {
      const codes = await enrol();
      expect(await use(codes[4])).toMatchObject({ outcome: 'completed' });
      expect(await use(codes[4])).toMatchObject({ outcome: 'refused', code: 'invalid_proof' });
      expect(await use(codes[0])).toMatchObject({ outcome: 'completed' });
      expect(await use(codes[9])).toMatchObject({ outcome: 'completed' });
      expect(await remaining()).toBe(7);
    });

    it('S-10 of racing submissions of one code on two nodes one succeeds, and no other code is lost', async () => {
      const codes = await enrol();
      const nodes = [house.engine, await house.anotherNode()];
      const tokens = await Promise.all([beginToken(house, ann), beginToken(house, ann)]);
      const outcomes = await Promise.all(
        tokens.map(({ mfaToken }, index) =>
          redeem({ engine: nodes[index] as MfaEngine }, mfaToken, codes[0], 'recovery-code'),
        ),
      );
      expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['completed', 'refused']);
      expect(await remaining()).toBe(9);
    });

    it('S-01 two different codes at the same time are both spent', async () => {
      const codes = await enrol();
      const nodes = [house.engine, await house.anotherNode()];
      await Promise.all(nodes.map((node, index) => use(codes[index], node)));
      expect(await remaining()).toBe(8);
      for (const code of codes.slice(0, 2)) expect(await use(code)).toMatchObject({ code: 'invalid_proof' });
    });

    it('says nothing about the stock while there is enough, and then how many are left', async () => {
      const codes = await enrol();
      for (const code of codes.slice(0, 6)) expect(await use(code)).not.toHaveProperty('reveal');
      expect(await use(codes[6])).toMatchObject({ reveal: { remaining: '3' } });
      expect(await use(codes[7])).toMatchObject({ reveal: { remaining: '2' } });
      expect(house.notices.at(-1)).toMatchObject({ template: 'recovery_code_used', remaining: 2 });
    });

    it('leaves nobody without one: the last is replaced by one', async () => {
      const codes = await enrol();
      for (const code of codes.slice(0, 9)) await use(code);
      const last = await use(codes[9]);
      if (last.outcome !== 'completed') throw new Error(last.outcome);
      expect(last.reveal).toEqual({ recoveryCode: expect.any(String), remaining: '1' });
      expect(await remaining()).toBe(1);
      expect(await use(codes[9])).toMatchObject({ code: 'invalid_proof' });
      expect(await use(last.reveal?.recoveryCode)).toMatchObject({ outcome: 'completed' });
    });
  });

  describe('new codes', () => {
    it('S-10 take the place of those that are left, which are void at once', async () => {
      const codes = await enrol();
      for (const code of codes.slice(0, 6)) await use(code);
      const transaction = await useAtPages(codes[6]);
      expect(await renew(transaction)).toEqual({ outcome: 'renewed' });
      const { reveal } = await stored(transaction.id);
      const renewed = reveal?.shown.recoveryCodes?.split(' ') ?? [];
      expect(renewed).toHaveLength(10);
      expect(reveal).toMatchObject({ factor: 'recovery-code', isReplacement: true });
      for (const code of codes) expect(await use(code)).not.toMatchObject({ outcome: 'completed' });
      await house.engine.unlockUser(ann, { kind: 'operator', id: 'olga' }, context);
      expect(await use(renewed[3])).toMatchObject({ outcome: 'completed' });
      expect(await house.eventTypes(ann)).toContain('gd_enrollment_complete');
    });

    it('S-10 are made once where two ask at the same time: the last list is the one shown', async () => {
      const codes = await enrol();
      for (const code of codes.slice(0, 6)) await use(code);
      const transaction = await useAtPages(codes[6]);
      await Promise.all([renew(transaction), renew(transaction, await house.anotherNode())]);
      const shown = (await stored(transaction.id)).reveal?.shown.recoveryCodes?.split(' ') ?? [];
      expect(await remaining()).toBe(10);
      expect(await use(shown[0])).toMatchObject({ outcome: 'completed' });
    });

    it('S-40 are made for nobody who hasn’t just used one', async () => {
      const codes = await enrol();
      const { transactionId } = await beginToken(house, ann);
      expect(await house.engine.codes.renew(transactionId, context)).toMatchObject({ code: 'not_allowed' });
      for (const code of codes.slice(0, 6)) await use(code);
      const transaction = await useAtPages(codes[6]);
      await house.engine.acknowledge(transaction.id);
      expect(await renew(transaction)).toMatchObject({ code: 'not_allowed' });
      await house.engine.complete(transaction.id);
      expect(await renew(transaction)).toMatchObject({ code: 'expired' });
      expect(await remaining()).toBe(3);
    });

    it('S-28 nor where they are off by now, or the person is kept out', async () => {
      const codes = await enrol();
      for (const code of codes.slice(0, 6)) await use(code);
      const transaction = await useAtPages(codes[6]);
      await house.setTenant({ factors: { otp: { enabled: true } } });
      expect(await renew(transaction)).toMatchObject({ code: 'factor_disabled' });
      await house.database.db.updateTable('users').set({ blocked: 1 }).where('id', '=', ann).execute();
      expect(await renew(transaction)).toMatchObject({ code: 'not_allowed' });
    });
  });

  describe('a changed setting', () => {
    it('leaves a list as it is', async () => {
      const codes = await enrol();
      await handOut(1);
      expect(await use(codes[0])).not.toHaveProperty('reveal');
      expect(await use(codes[1])).toMatchObject({ outcome: 'completed' });
      expect(await remaining()).toBe(8);
    });

    it('replaces a used single code by one, and offers the list', async () => {
      await handOut(1);
      const [code] = await enrol();
      expect(await remaining()).toBeUndefined();
      await handOut(10);
      const transaction = await useAtPages(code);
      expect(transaction.reveal?.shown).toEqual({ recoveryCode: expect.any(String), remaining: '1' });
      await renew(transaction);
      expect(await remaining()).toBe(10);
    });
  });

  it('S-10 a code kept as before there were lists goes on working, once', async () => {
    await handOut(1);
    const { recoveryCode: code = '' } = await enrolOtp(house, ann);
    const rows = await house.database.db.selectFrom('authentication_methods').selectAll().execute();
    const row = rows.find(({ factor }) => factor === 'recovery-code');
    const codeHash = house.vault.hash(code, 'factor:recovery-code');
    await house.database.db
      .updateTable('authentication_methods')
      .set({
        state_encrypted: house.vault.encrypt(
          JSON.stringify({ codeHash }),
          `authentication_methods.state_encrypted:${ann}:${row?.id}`,
        ),
      })
      .where('id', '=', row?.id ?? '')
      .execute();
    expect(await remaining()).toBeUndefined();
    const used = await use(code.toLowerCase().replace(/(.{4})/g, '$1 '));
    expect(used).toMatchObject({ outcome: 'completed', reveal: { recoveryCode: expect.any(String) } });
    expect(await use(code)).toMatchObject({ code: 'invalid_proof' });
  });
});

it.each([undefined, 5, '', 'ABC', 'A'.repeat(25), `${'A'.repeat(23)}!`, 'A '.repeat(30), ['A'.repeat(24)]])(
  'S-13 %j can’t be a code',
  (input) => {
    expect(recoveryCode.parseProof(input)).toBeUndefined();
  },
);
