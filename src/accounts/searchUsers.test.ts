import { beforeEach, describe, expect, it } from 'vitest';
import { createTestAccounts, publicUrl, type TestAccounts } from '../../test/support/accounts.ts';
import { forEachDatabase } from '../../test/support/databases.ts';
import { inviteOperator } from './operators.ts';
import { type AccountGroup, countUsers, searchUsers } from './searchUsers.ts';

forEachDatabase((_engine, open) => {
  describe('searching accounts', () => {
    let house: TestAccounts;

    beforeEach(async () => {
      house = await createTestAccounts(await open());
      for (const name of ['ann', 'bob', 'c_d', 'cxd']) {
        house.clock.advance(1);
        await house.addUser(`${name}@example.com`);
      }
    });

    const find = async (text: string, page = { offset: 0, limit: 10 }, group: AccountGroup = 'people') =>
      (await searchUsers(house.database.db, { group, text, ...page })).map(
        ({ email }) => email.split('@')[0],
      );

    it('finds a part of the address in any spelling, newest first', async () => {
      expect(await find('')).toEqual(['cxd', 'c_d', 'bob', 'ann']);
      expect(await find(' BOB@Ex')).toEqual(['bob']);
      expect(await find('nobody')).toEqual([]);
    });

    it('takes signs of patterns as what they are', async () => {
      expect(await find('c_d')).toEqual(['c_d']);
      expect(await find('%')).toEqual([]);
    });

    it('gives one page', async () => {
      expect(await find('', { offset: 1, limit: 2 })).toEqual(['c_d', 'bob']);
    });

    it('counts the people it lists, and lists operators apart from them', async () => {
      const { database, vault } = house;
      const parts = { vault, clock: () => house.clock.now, publicUrl };
      await database.transaction((trx) => inviteOperator(trx, parts, 'olivia@example.com'));
      expect(await countUsers(database.db)).toBe(4);
      expect(await find('')).toHaveLength(4);
      expect(await find('', { offset: 0, limit: 10 }, 'operators')).toEqual(['olivia']);
    });
  });
});
