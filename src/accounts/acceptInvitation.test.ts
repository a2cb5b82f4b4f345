import { beforeEach, describe, expect, it } from 'vitest';
import { context, createTestAccounts, password, type TestAccounts } from '../../test/support/accounts.ts';
import { forEachDatabase } from '../../test/support/databases.ts';
import { inviteOperator, operatorConnection } from './operators.ts';

const email = 'olga@example.com';
const day = 24 * 60 * 60;

forEachDatabase((_engine, open) => {
  describe('an operator’s invitation', () => {
    let house: TestAccounts;

    beforeEach(async () => {
      house = await createTestAccounts(await open());
    });

    async function invite(): Promise<string> {
      const { database, vault, clock } = house;
      const parts = { vault, clock: () => clock.now, publicUrl: 'https://login.example.com/' };
      const invited = await database.transaction((trx) => inviteOperator(trx, parts, email));
      if (invited.outcome !== 'invited') throw new Error(`Nobody was invited: ${invited.outcome}.`);
      return new URL(invited.url).searchParams.get('ticket') ?? '';
    }

    const accept = (ticket: string, chosen = password) =>
      house.accounts.acceptInvitation({ ticket, password: chosen, context });
    const logIn = () =>
      house.accounts.checkPassword({
        identifier: email,
        password,
        connection: operatorConnection,
        context,
      });

    it('gives the password that the operator chose, tells the operator and logs who it was', async () => {
      const ticket = await invite();
      expect(await house.accounts.findInvited(ticket)).toMatchObject({ email });
      expect(await accept(ticket)).toEqual({ outcome: 'accepted' });
      expect(await logIn()).toMatchObject({ outcome: 'accepted' });
      expect((await house.outbox(email)).map(({ to }) => to)).toEqual([email]);
      expect((await house.events()).map(({ type, details }) => [type, details.actor])).toEqual([
        ['scp', undefined],
        ['sapi', email],
      ]);
    });

    it('S-67 works once, also when it is used twice at the same time', async () => {
      const ticket = await invite();
      const outcomes = await Promise.all([accept(ticket), accept(ticket)]);
      expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['accepted', 'invalid_ticket']);
      expect(await house.accounts.findInvited(ticket)).toBeUndefined();
      expect(await accept(ticket, 'eight green apples')).toEqual({ outcome: 'invalid_ticket' });
    });

    it('S-67 is not used up by a password that is not accepted', async () => {
      const ticket = await invite();
      expect(await accept(ticket, 'password')).toEqual({ outcome: 'weak_password', fault: 'too_common' });
      expect(await accept(ticket, 'short')).toEqual({ outcome: 'weak_password', fault: 'too_short' });
      expect(await accept(ticket)).toEqual({ outcome: 'accepted' });
    });

    it('S-67 ends after three days, and when a newer one is made', async () => {
      const old = await invite();
      const ticket = await invite();
      expect(await accept(old)).toEqual({ outcome: 'invalid_ticket' });
      house.clock.advance(3 * day);
      expect(await accept(ticket)).toEqual({ outcome: 'invalid_ticket' });
    });

    it('is no way around a forgotten password', async () => {
      const ticket = await invite();
      const invited = await house.accounts.findInvited(ticket);
      await house.accounts.replacePassword({ userId: invited?.id ?? '', password });
      expect(await accept(ticket, 'eight green apples')).toEqual({ outcome: 'invalid_ticket' });
      expect(await logIn()).toMatchObject({ outcome: 'accepted' });
    });
  });
});
