import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, it } from 'vitest';
import { forEachDatabase } from '../../../test/support/databases.ts';
import {
  beginToken,
  codeOf,
  context,
  createTestEngine,
  enrolOtp,
  redeem,
  type TestEngine,
} from '../../../test/support/engine.ts';
import { defaultTenantSettings } from '../../tenant/tenantSettings.ts';

const user = 'auth0|ann';

forEachDatabase((_engine, open) => {
  let house: TestEngine;
  let secret: string;

  beforeEach(async () => {
    house = await createTestEngine(await open());
    await house.addUser(user, { emailVerified: true });
    const factors = { ...defaultTenantSettings.factors, email: { enabled: true } };
    await house.setTenant({ policy: 'always', factors });
    ({ secret } = await enrolOtp(house, user));
  });

  it('S-28 no code leaves for a login that ends at the same moment', async () => {
    const { transactionId } = await beginToken(house, user);
    let begun: ReturnType<typeof house.engine.beginChallenge> | undefined;
    await house.database.transaction(async (trx) => {
      await house.engine.endTransactions(trx, user);
      begun = house.engine.beginChallenge(transactionId, { factor: 'email' }, context);
      // Time enough for it to come to where it must wait.
      await sleep(200);
    });
    expect(await begun).toMatchObject({ code: 'expired' });
    expect(house.codes).toEqual([]);
  });

  it('S-01 S-15 a right code sent many times at once succeeds once and counts as no failure', async () => {
    const { mfaToken } = await beginToken(house, user);
    const code = await codeOf(secret, house.clock.now);
    const results = await Promise.all(Array.from({ length: 12 }, () => redeem(house, mfaToken, code)));
    expect(results.filter(({ outcome }) => outcome === 'completed')).toHaveLength(1);
    expect(await house.engine.lockOf(user)).toBeUndefined();
    const row = await house.database.db
      .selectFrom('second_factor_locks')
      .select('failures')
      .executeTakeFirstOrThrow();
    expect(row.failures).toBe(0);
  });

  it('S-23 what is refused unjudged fills no log', async () => {
    const { mfaToken } = await beginToken(house, user);
    const before = (await house.eventTypes(user)).length;
    const submission = { challenge: { oobCode: 'nonsense' }, proof: '123456' };
    const events = { succeeded: 'seoobft', failed: 'feoobft' };
    for (let i = 0; i < 60; i += 1) {
      const result = await house.engine.redeem({ mfaToken, clientId: 'client', submission, events }, context);
      expect(result).toMatchObject({ code: 'wrong_challenge' });
    }
    expect((await house.eventTypes(user)).length - before).toBe(30);
  });

  it('S-23 challenges that send nothing are limited too, since each is a line in the log', async () => {
    const { transactionId } = await beginToken(house, user);
    const outcomes: string[] = [];
    for (let i = 0; i < 62; i += 1) {
      const begun = await house.engine.beginChallenge(transactionId, { factor: 'otp' }, context);
      outcomes.push(begun.outcome === 'refused' ? begun.code : begun.outcome);
    }
    expect(outcomes.slice(58)).toEqual(['begun', 'begun', 'rate_limited', 'rate_limited']);
  });
});
