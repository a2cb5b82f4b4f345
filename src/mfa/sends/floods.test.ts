import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../../test/support/databases.ts';
import {
  beginSelfService,
  beginToken,
  codeOf,
  context,
  createTestEngine,
  enrolOtp,
  login,
  type TestEngine,
} from '../../../test/support/engine.ts';
import { defaultTenantSettings } from '../../tenant/tenantSettings.ts';

const owner = 'auth0|ann';
const number = '+4915112345678';
const day = 24 * 60;
/** Where nobody signs in who has more than the password. */
const elsewhere = (i: number) => ({ ...context, ip: `203.0.113.${i}` });

forEachDatabase((_engine, open) => {
  let house: TestEngine;

  beforeEach(async () => {
    house = await createTestEngine(await open());
    await allow({});
    await house.addUser(owner);
  });

  async function allow(phone: Record<string, unknown>) {
    const settings = { allowedCountries: ['DE'], ...phone };
    const factors = {
      ...defaultTenantSettings.factors,
      phone: { enabled: true, settings },
      email: { enabled: true },
    };
    await house.setTenant({ policy: 'always', factors });
  }

  async function enrolPhone(user: string, to: string, from = context) {
    const { transactionId } = await beginToken(house, user);
    const choice = { factor: 'phone', input: { phone_number: to } };
    const begun = await house.engine.beginEnrolment(transactionId, choice, from);
    if (begun.outcome !== 'begun') throw new Error(begun.code);
    await answer(transactionId, from);
  }

  async function answer(transactionId: string, from = context) {
    const submission = { challenge: 'latest', proof: house.codes.at(-1)?.code } as const;
    expect(await house.engine.submit(transactionId, submission, from)).toMatchObject({
      outcome: 'satisfied',
    });
  }

  /** Somebody with the password asks for a code. */
  async function ask(from: typeof context, factor = 'phone', user = owner) {
    const { transactionId } = await beginToken(house, user);
    const begun = await house.engine.beginChallenge(transactionId, { factor }, from);
    return { transactionId, isSent: begun.outcome === 'begun', begun };
  }

  /** Asks from each of the addresses every so many minutes, and tells how many codes left. */
  async function flood(addresses: number, minutes: number, every: number, factor = 'phone') {
    let sent = 0;
    for (let minute = 0; minute < minutes; minute += every) {
      for (let i = 0; i < addresses; i += 1) sent += (await ask(elsewhere(i), factor)).isSent ? 1 : 0;
      house.clock.advance(every * 60);
    }
    return sent;
  }

  describe.each(['default', 'exponential'])('who knows a person’s password, with back-off %s,', (backOff) => {
    beforeEach(async () => {
      await allow({ backOff });
      await enrolPhone(owner, number);
    });

    it('S-96 has at most 30 codes sent in a day, from however many addresses', async () => {
      expect(await flood(4, day, 45)).toBeLessThanOrEqual(30);
      expect(await flood(4, day, 45)).toBeLessThanOrEqual(30);
    });

    it('S-19 leaves the owner their codes where they last signed in with everything', async () => {
      for (let i = 0; i < 10; i += 1) {
        await flood(6, 60, 30);
        const { isSent, transactionId } = await ask(context);
        expect(isSent).toBe(true);
        await answer(transactionId);
      }
    });

    it('S-19 S-96 leaves the owner some anywhere else, from one address', async () => {
      await flood(1, day, 30);
      expect((await ask(elsewhere(200))).isSent).toBe(true);
    });
  });

  it('S-19 the wait that grows is that of the address that asked, and refused codes don’t lengthen it', async () => {
    await allow({ backOff: 'exponential', sendsPerApplication: 4, sendsPerApplicationRefillSeconds: 3600 });
    await enrolPhone(owner, number);
    for (let i = 0; i < 3; i += 1) expect((await ask(elsewhere(1))).isSent).toBe(true);
    expect((await ask(elsewhere(1))).begun).toMatchObject({ code: 'too_many_sends' });
    expect((await ask(elsewhere(2))).isSent).toBe(true);
    // The application has none left: nobody's wait begins.
    for (let i = 0; i < 5; i += 1) expect((await ask(elsewhere(3))).isSent).toBe(false);
    house.clock.advance(3600);
    expect((await ask(elsewhere(3))).isSent).toBe(true);
    const waits = await house.database.db.selectFrom('send_back_offs').select('sends').execute();
    expect(waits.map(({ sends }) => sends).sort()).toEqual([1, 1, 3]);
  });

  it('S-19 a refused code takes nothing from the person’s own budget', async () => {
    await allow({ sendsPerPrefix: 1, sendsPerPrefixRefillSeconds: 3600 });
    await enrolPhone(owner, number);
    expect((await ask(elsewhere(1))).isSent).toBe(true);
    for (let i = 0; i < 20; i += 1) expect((await ask(elsewhere(1))).isSent).toBe(false);
    await allow({});
    for (let i = 0; i < 9; i += 1) expect((await ask(elsewhere(1))).isSent).toBe(true);
    expect((await ask(elsewhere(1))).isSent).toBe(false);
  });

  describe('an address counts as the person’s', () => {
    const home = () =>
      house.database.db
        .selectFrom('users')
        .select('proved_address')
        .where('id', '=', owner)
        .executeTakeFirstOrThrow()
        .then((row) => row.proved_address);

    it('S-19 once everything was proved from there, not for a password or a wrong code', async () => {
      expect(await home()).toBeNull();
      await enrolPhone(owner, number);
      const proved = await home();
      expect(proved).toEqual(expect.any(String));
      const { transactionId } = await ask(elsewhere(1));
      const wrong = house.codes.at(-1)?.code === '000000' ? '000001' : '000000';
      await house.engine.submit(transactionId, { challenge: 'latest', proof: wrong }, elsewhere(1));
      await house.setTenant({ policy: 'never' });
      const begun = await house.engine.begin(login(owner, house.clock), { token: true }, elsewhere(1));
      expect(begun.outcome).toBe('none');
      expect(await home()).toBe(proved);
    });

    it('S-19 and follows the owner, with one share for all of them', async () => {
      const { secret } = await enrolOtp(house, owner);
      let sent = 0;
      for (let i = 0; i < 6; i += 1) {
        const { mfaToken } = await beginToken(house, owner);
        const code = await codeOf(secret, house.clock.now);
        const submission = { factor: 'otp', proof: code };
        const events = { succeeded: 'seotpft', failed: 'feotpft' };
        const redemption = { mfaToken, clientId: 'client', submission, events };
        expect(await house.engine.redeem(redemption, elsewhere(i))).toMatchObject({ outcome: 'completed' });
        for (let k = 0; k < 8; k += 1) sent += (await ask(elsewhere(i), 'email')).isSent ? 1 : 0;
        house.clock.advance(30);
      }
      expect(sent).toBe(10);
      expect((await ask(elsewhere(4), 'email')).isSent).toBe(true);
    });

    it('S-22 with all of its IPv6 network', async () => {
      await enrolPhone(owner, number, { ...context, ip: '2001:db8:1:2::7' });
      const before = await home();
      const { transactionId } = await ask({ ...context, ip: '2001:db8:1:2::8' });
      await answer(transactionId, { ...context, ip: '2001:db8:1:2:3::9' });
      expect(await home()).toBe(before);
    });
  });

  it('S-96 a stranger’s mailbox gets at most 30 codes in a day, whoever enrols it', async () => {
    let sent = 0;
    const people = ['auth0|m0', 'auth0|m1', 'auth0|m2'];
    const secrets: Record<string, string> = {};
    for (const one of people) {
      await house.addUser(one);
      secrets[one] = (await enrolOtp(house, one)).secret;
    }
    for (let hour = 0; hour < 24; hour += 1) {
      for (const one of people) {
        const [app] = (await house.engine.methods(one)).filter(({ factor }) => factor === 'otp');
        const at = house.clock.now;
        const proofs = [
          { factor: 'password', at },
          { factor: 'otp', methodId: app?.id ?? '', at },
        ];
        const begun = await beginSelfService(house, one, { proofs });
        if (begun.outcome !== 'begun') throw new Error(begun.outcome);
        const choice = { factor: 'email', input: { email: 'stranger@elsewhere.example' } };
        const enrolment = await house.engine.beginEnrolment(begun.transaction.id, choice, context);
        if (enrolment.outcome === 'begun') sent += 1;
      }
      house.clock.advance(3600);
    }
    expect(sent).toBeGreaterThan(10);
    expect(sent).toBeLessThanOrEqual(30);
  });

  it('S-19 S-96 a few people who answer none of their codes stop nobody whose number begins alike', async () => {
    await enrolPhone(owner, number);
    for (const one of ['auth0|e1', 'auth0|e2', 'auth0|e3']) {
      await house.addUser(one);
      await enrolPhone(one, '+4915112340001', elsewhere(1));
    }
    await allow({ conversionLeastSends: 10 });
    let sent = 0;
    for (const one of ['auth0|e1', 'auth0|e2', 'auth0|e3']) {
      for (let i = 0; i < 12; i += 1) sent += (await ask(elsewhere(i), 'phone', one)).isSent ? 1 : 0;
    }
    expect(sent).toBeGreaterThanOrEqual(10);
    expect((await ask(context)).isSent).toBe(true);
    const counted = await house.database.db
      .selectFrom('send_conversions')
      .select('sent')
      .where('prefix', 'like', '%:verification:%')
      .executeTakeFirst();
    expect(counted?.sent).toBe(4);
  });

  it('S-96 codes that come back make room for others in the count', async () => {
    await enrolPhone(owner, number);
    for (let i = 0; i < 6; i += 1) await answer((await ask(context)).transactionId);
    const counted = await house.database.db
      .selectFrom('send_conversions')
      .select(['sent', 'confirmed'])
      .where('prefix', 'like', '%:verification:%')
      .executeTakeFirst();
    expect(counted).toEqual({ sent: 6, confirmed: 6 });
  });
});
