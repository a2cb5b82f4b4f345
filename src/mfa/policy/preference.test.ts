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

const ann = 'auth0|ann';

forEachDatabase((_engine, open) => {
  let house: TestEngine;
  let secret: string;

  beforeEach(async () => {
    house = await createTestEngine(await open());
    const enabled = { enabled: true };
    await house.setTenant({ policy: 'always', factors: { otp: enabled, email: enabled } });
    await house.addUser(ann);
    ({ secret } = await enrolOtp(house, ann));
  });

  const prefer = (factor: string | null) =>
    house.database.db.updateTable('users').set({ preferred_factor: factor }).where('id', '=', ann).execute();
  const requirement = async () => (await beginToken(house, ann)).begun.transaction.requirement;
  const challenged = async (choice = {}) => {
    const { transactionId } = await beginToken(house, ann);
    return house.engine.beginChallenge(transactionId, choice, context);
  };

  it('what a person prefers is told beside the factors, whose order stays', async () => {
    expect(await requirement()).toEqual({ kind: 'challenge', factors: ['otp', 'email'] });
    await prefer('email');
    expect(await requirement()).toEqual({
      kind: 'challenge',
      factors: ['otp', 'email'],
      preferred: 'email',
    });
  });

  it('a challenge that names nothing is by that', async () => {
    expect(await challenged()).toMatchObject({ factor: 'otp' });
    await prefer('email');
    expect(await challenged()).toMatchObject({ factor: 'email', challengeType: 'oob' });
    expect(await challenged({ factor: 'otp' })).toMatchObject({ factor: 'otp' });
    expect(await challenged({ challengeTypes: ['otp'] })).toMatchObject({ factor: 'otp' });
  });

  it('one that can’t be used any more falls through', async () => {
    await prefer('push-notification');
    expect(await requirement()).not.toHaveProperty('preferred');
    expect(await challenged()).toMatchObject({ factor: 'otp' });
    await prefer('email');
    await house.setTenant({ factors: { otp: { enabled: true } } });
    expect(await challenged()).toMatchObject({ factor: 'otp' });
  });

  it('S-33 whatever is preferred, every other factor would do as well', async () => {
    await prefer('email');
    const { mfaToken } = await beginToken(house, ann);
    const redeemed = await redeem(house, mfaToken, await codeOf(secret, house.clock.now));
    expect(redeemed.outcome).toBe('completed');
  });
});
