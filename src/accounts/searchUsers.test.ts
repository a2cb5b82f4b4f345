import { beforeEach, describe, expect, it } from 'vitest';
import { connection, createTestAccounts, type TestAccounts } from '../../test/support/accounts.ts';
import { forEachDatabase } from '../../test/support/databases.ts';
import { countUsers, searchUsers } from './searchUsers.ts';

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

    const find = async (text: string, page = { offset: 0, limit: 10 }) =>
      (await searchUsers(house.database.db, { text, ...page })).map(({ email }) => email.split('@')[0]);

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

    it('counts the accounts of a connection', async () => {
      expect(await countUsers(house.database.db, connection)).toBe(4);
      expect(await countUsers(house.database.db, 'another')).toBe(0);
    });
  });
});
