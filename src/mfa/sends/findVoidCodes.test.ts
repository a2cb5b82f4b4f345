import { beforeEach, expect, it } from 'vitest';
import { forEachDatabase } from '../../../test/support/databases.ts';
import {
  beginToken,
  context,
  createTestEngine,
  enrolOtp,
  type TestEngine,
} from '../../../test/support/engine.ts';
import { defaultTenantSettings } from '../../tenant/tenantSettings.ts';
import { findVoidCodes } from './findVoidCodes.ts';

const user = 'auth0|ann';

forEachDatabase((_engine, open) => {
  let house: TestEngine;
  let transactionId: string;
  const send = async () => {
    const sent = await house.engine.beginChallenge(transactionId, { factor: 'email' }, context);
    expect(sent.outcome).toBe('begun');
    return house.codes.at(-1)?.challengeId ?? '';
  };
  const voidOf = async (...ids: string[]) => [
    ...(await findVoidCodes(house.database.db, () => house.clock.now, ids)),
  ];

  beforeEach(async () => {
    house = await createTestEngine(await open());
    await house.addUser(user, { emailVerified: true });
    const factors = { ...defaultTenantSettings.factors, email: { enabled: true } };
    await house.setTenant({ policy: 'always', factors });
    await enrolOtp(house, user);
    ({ transactionId } = await beginToken(house, user));
  });

  it('S-08 a code is void once a newer one took its place', async () => {
    const first = await send();
    expect(await voidOf(first)).toEqual([]);
    house.clock.advance(60);
    const second = await send();
    expect(await voidOf(first, second)).toEqual([first]);
  });

  it('S-28 a code is void once its login has ended or its time is over', async () => {
    const code = await send();
    await house.database.transaction((trx) => house.engine.endTransactions(trx, user));
    expect(await voidOf(code)).toEqual([code]);
    ({ transactionId } = await beginToken(house, user));
    house.clock.advance(60);
    const other = await send();
    expect(await voidOf(other)).toEqual([]);
    house.clock.advance(24 * 3600);
    expect(await voidOf(other)).toEqual([other]);
  });

  it('a challenge that was deleted with its account is void', async () => {
    expect(await voidOf('chl_gone')).toEqual(['chl_gone']);
  });
});
