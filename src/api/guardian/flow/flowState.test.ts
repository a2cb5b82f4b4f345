import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../../../test/support/databases.ts';
import { type DeviceInHand, deviceInHand } from '../../../../test/support/deviceInHand.ts';
import {
  beginToken,
  codeOf,
  context,
  createTestEngine,
  type TestEngine,
} from '../../../../test/support/engine.ts';
import { defaultTenantSettings } from '../../../tenant/tenantSettings.ts';
import { readFlowState } from './flowState.ts';

const user = 'auth0|ann';

forEachDatabase((_engine, open) => {
  describe('a flow', () => {
    let house: TestEngine;
    let phone: DeviceInHand;
    let secret: string;

    beforeEach(async () => {
      house = await createTestEngine(await open());
      await house.addUser(user);
      const factors = { ...defaultTenantSettings.factors, 'push-notification': { enabled: true } };
      await house.setTenant({ policy: 'always', factors });
      phone = deviceInHand(house);
    });

    const begin = async () => (await beginToken(house, user)).transactionId;

    async function stateOf(id: string) {
      const transaction = await house.engine.find(id);
      if (!transaction) throw new Error('The transaction is gone.');
      const calls = { engine: house.engine, db: house.database.db };
      const flow = await readFlowState(calls, transaction, context);
      return flow && { state: flow.state, ...(flow.number === undefined ? {} : { number: flow.number }) };
    }

    async function enrol(): Promise<string> {
      const id = await begin();
      const choice = { factor: 'push-notification', beside: true } as const;
      const begun = await house.engine.beginEnrolment(id, choice, context);
      if (begun.outcome !== 'begun') throw new Error(`Refused: ${begun.code}.`);
      expect(await stateOf(id)).toEqual({ state: 'pending' });
      const { codes } = await phone.enrol(begun.shown.barcodeUri ?? '');
      secret = codes?.secret ?? '';
      return id;
    }

    async function ask(): Promise<string> {
      await stateOf(await enrol());
      const id = await begin();
      await house.engine.beginChallenge(id, { factor: 'push-notification' }, context);
      return id;
    }

    it('goes on with an approval when a device was enrolled, which confirms it', async () => {
      const id = await enrol();
      expect(await stateOf(id)).toEqual({ state: 'pending' });
      const confirmed = (await house.engine.methods(user)).filter(({ isConfirmed }) => isConfirmed);
      expect(confirmed.map(({ factor }) => factor).sort()).toEqual([
        'otp',
        'push-notification',
        'recovery-code',
      ]);
      expect((await house.engine.find(id))?.requirement).toMatchObject({ kind: 'challenge' });
      expect(await stateOf(id)).toEqual({ state: 'pending' });
      await house.engine.beginChallenge(id, { factor: 'push-notification' }, context);
      const { number } = (await stateOf(id)) ?? {};
      await phone.approve(number);
      expect(await stateOf(id)).toEqual({ state: 'accepted' });
      expect((await house.engine.find(id))?.proofs.map(({ factor }) => factor)).toEqual([
        'password',
        'push-notification',
      ]);
    });

    it('is accepted once the device has said yes to its number, and stays so', async () => {
      const id = await ask();
      const flow = await stateOf(id);
      expect(flow).toEqual({ state: 'pending', number: expect.stringMatching(/^\d\d$/) });
      await phone.approve(flow?.number);
      expect(await stateOf(id)).toEqual({ state: 'accepted' });
      expect(await stateOf(id)).toEqual({ state: 'accepted' });
    });

    it('is rejected when the person denies it, until something else is asked for', async () => {
      const id = await ask();
      await phone.deny('mistake');
      expect(await stateOf(id)).toEqual({ state: 'rejected' });
      expect(await stateOf(id)).toEqual({ state: 'rejected' });
      house.clock.advance(90);
      await house.engine.beginChallenge(id, { factor: 'push-notification' }, context);
      expect(await stateOf(id)).toMatchObject({ state: 'pending' });
      const proof = await codeOf(secret, house.clock.now);
      await house.engine.submit(id, { factor: 'otp', proof }, context);
      expect(await stateOf(id)).toEqual({ state: 'accepted' });
    });

    it('is rejected when another number was given, and when a later request took the place', async () => {
      const id = await ask();
      const { number } = (await stateOf(id)) ?? {};
      await phone.approve(number === '00' ? '11' : '00');
      expect(await stateOf(id)).toEqual({ state: 'rejected' });
      house.clock.advance(60);
      const [first, second] = [await begin(), await begin()];
      await house.engine.beginChallenge(first, { factor: 'push-notification' }, context);
      await house.engine.beginChallenge(second, { factor: 'push-notification' }, context);
      expect(await stateOf(first)).toEqual({ state: 'rejected' });
      expect(await stateOf(second)).toMatchObject({ state: 'pending' });
    });

    it('is rejected when nobody answered in time, and over with its transaction', async () => {
      const id = await ask();
      house.clock.advance(121);
      expect(await stateOf(id)).toEqual({ state: 'rejected' });
    });

    it('is undefined when it ended while an answer was taken', async () => {
      const id = await ask();
      const { number } = (await stateOf(id)) ?? {};
      await phone.approve(number);
      const transaction = await house.engine.find(id);
      await house.database.transaction((trx) => house.engine.endTransactions(trx, user));
      const calls = { engine: house.engine, db: house.database.db };
      expect(transaction && (await readFlowState(calls, transaction, context))).toBeUndefined();
    });
  });
});
