import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import {
  beginToken,
  client,
  codeOf,
  createTestEngine,
  enrolOtp,
  redeem,
  type TestEngine,
} from '../../test/support/engine.ts';

const user = 'auth0|ann';
const minute = 60;

forEachDatabase((_name, open) => {
  let house: TestEngine;
  let secret: string;

  beforeEach(async () => {
    house = await createTestEngine(await open());
    await house.addUser(user);
    await house.setTenant({ policy: 'always' });
    ({ secret } = await enrolOtp(house, user));
  });

  /** A code that is not right at present: the right one with its last digit turned. */
  async function wrongCode(): Promise<string> {
    const right = await codeOf(secret, house.clock.now);
    const near = [-30_000, 30_000];
    const alsoRight = await Promise.all(near.map((offset) => codeOf(secret, house.clock.now + offset)));
    for (let digit = 0; ; digit += 1) {
      const candidate = right.slice(0, -1) + ((Number(right.at(-1)) + 1 + digit) % 10);
      if (!alsoRight.includes(candidate)) return candidate;
    }
  }

  async function failOnce() {
    const { mfaToken } = await beginToken(house, user);
    return redeem(house, mfaToken, await wrongCode());
  }

  describe('lockout', () => {
    it('S-15 locks after ten failures spread over ten logins, and then refuses the right code too', async () => {
      for (let attempt = 1; attempt < 10; attempt += 1) {
        expect(await failOnce()).toMatchObject({
          code: 'invalid_proof',
          throttle: { remaining: 10 - attempt },
        });
      }
      expect(await failOnce()).toMatchObject({
        code: 'locked',
        throttle: { retryAfterSeconds: 15 * minute },
      });
      const { mfaToken } = await beginToken(house, user);
      expect(await redeem(house, mfaToken, await codeOf(secret, house.clock.now))).toMatchObject({
        code: 'locked',
      });
    });

    it('S-15 counts every factor together', async () => {
      for (let attempt = 0; attempt < 5; attempt += 1) await failOnce();
      for (let attempt = 0; attempt < 4; attempt += 1) {
        const { mfaToken } = await beginToken(house, user);
        await redeem(house, mfaToken, 'A'.repeat(24), 'recovery-code');
      }
      expect(await failOnce()).toMatchObject({ code: 'locked' });
    });

    it('S-16 the count survives the refusal, on another node too', async () => {
      for (let attempt = 0; attempt < 9; attempt += 1) await failOnce();
      const { mfaToken } = await beginToken(house, user);
      const engine = await house.anotherNode();
      expect(await redeem({ engine }, mfaToken, await wrongCode())).toMatchObject({ code: 'locked' });
      expect(await house.eventTypes(user)).toEqual(
        expect.arrayContaining(['gd_auth_failed', 'gd_otp_rate_limit_exceed', 'feotpft']),
      );
    });

    it('S-18 a success ends the row of failures', async () => {
      for (let attempt = 0; attempt < 9; attempt += 1) await failOnce();
      const { mfaToken } = await beginToken(house, user);
      expect((await redeem(house, mfaToken, await codeOf(secret, house.clock.now))).outcome).toBe(
        'completed',
      );
      house.clock.advance(30);
      for (let attempt = 1; attempt < 10; attempt += 1)
        expect(await failOnce()).toMatchObject({ code: 'invalid_proof' });
    });

    it('S-19 locks are temporary and grow', async () => {
      for (const minutes of [15, 30, 60, 24 * 60, 24 * 60]) {
        for (let attempt = 1; attempt < 10; attempt += 1) await failOnce();
        expect(await failOnce()).toMatchObject({
          code: 'locked',
          throttle: { retryAfterSeconds: minutes * minute },
        });
        house.clock.advance(minutes * minute - 1);
        expect(await failOnce()).toMatchObject({ code: 'locked' });
        house.clock.advance(1);
      }
      const { mfaToken } = await beginToken(house, user);
      expect((await redeem(house, mfaToken, await codeOf(secret, house.clock.now))).outcome).toBe(
        'completed',
      );
    });

    it('S-24 tells the person once, not at every failure', async () => {
      for (let attempt = 0; attempt < 8; attempt += 1) await failOnce();
      const told = house.notices.filter((notice) => notice.template === 'failed_second_factors');
      expect(told).toHaveLength(1);
    });
  });

  describe('one address', () => {
    const strangers = Array.from({ length: 12 }, (_, i) => `auth0|stranger${i}`);

    /** Fails a second factor of somebody else's from an address of this IPv6 network of 64 bits. */
    async function failFrom(host: number, stranger: string) {
      const { mfaToken } = await beginToken(house, stranger);
      return house.engine.redeem(
        {
          mfaToken,
          clientId: client.id,
          submission: { factor: 'otp', proof: '000000' },
          events: { succeeded: 'seotpft', failed: 'feotpft' },
        },
        { ip: `2001:db8:0:1::${host.toString(16)}`, userAgent: 'test' },
      );
    }

    beforeEach(async () => {
      for (const stranger of strangers) await house.addUser(stranger);
    });

    it('S-22 changing it within one /64 gains no guesses, and those refused count against no account', async () => {
      let host = 1;
      const answers = [];
      for (const stranger of strangers) {
        for (let attempt = 0; attempt < 9; attempt += 1) answers.push(await failFrom(host++, stranger));
      }
      const codes = answers.map((answer) => answer.outcome === 'refused' && answer.code);
      expect(codes.slice(0, 100).every((code) => code === 'invalid_proof')).toBe(true);
      expect(codes.slice(100).every((code) => code === 'locked')).toBe(true);
      const untouched = await house.database.db
        .selectFrom('second_factor_locks')
        .select('failures')
        .where('user_id', '=', strangers[11] as string)
        .execute();
      expect(untouched).toEqual([{ failures: 1 }]);
      expect(await failOnce()).toMatchObject({ code: 'invalid_proof' });
    });
  });

  describe('parallel guesses', () => {
    it('S-17 no more are judged than the budget holds', async () => {
      const tokens = await Promise.all(Array.from({ length: 40 }, () => beginToken(house, user)));
      const wrong = await wrongCode();
      const answers = await Promise.all(tokens.map(({ mfaToken }) => redeem(house, mfaToken, wrong)));
      const judged = (await house.eventTypes(user)).filter((type) => type === 'gd_auth_failed');
      expect(judged).toHaveLength(10);
      expect(answers.every((answer) => answer.outcome === 'refused')).toBe(true);
    });
  });
});
