import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  connection,
  context,
  createTestAccounts,
  password,
  type TestAccounts,
} from '../../test/support/accounts.ts';
import { forEachDatabase } from '../../test/support/databases.ts';
import { verifyPassword } from '../crypto/passwordHash.ts';
import { blockUser } from './blockUser.ts';
import { failuresPerAccountAndAddress, failuresPerAddress } from './passwordLogin.ts';

vi.mock(import('../crypto/passwordHash.ts'), { spy: true });

const email = 'ann@example.com';

forEachDatabase((_engine, open) => {
  let house: TestAccounts;
  const login = (identifier: string, typed: string, ip = context.ip) =>
    house.accounts.checkPassword({ identifier, password: typed, connection, context: { ...context, ip } });

  beforeEach(async () => {
    house = await createTestAccounts(await open());
    await house.addUser(email);
    vi.mocked(verifyPassword).mockClear();
  });

  it('accepts the right password', async () => {
    const result = await login(email, password);
    expect(result).toMatchObject({ outcome: 'accepted', user: { email, blocked: false } });
    expect(JSON.stringify(result)).not.toContain('argon2');
  });

  it('S-21 accepts any spelling of the address, and of the password’s characters', async () => {
    const user = await house.accounts.createUser({
      connection,
      email: 'zoe\u0308@example.com',
      password: 'cafe\u0301 au lait 3',
      emailVerified: false,
    });
    expect(user.outcome).toBe('created');
    expect(await login(' ZO\u00cb@Example.com', 'caf\u00e9 au lait 3')).toMatchObject({
      outcome: 'accepted',
    });
  });

  it('refuses the password of another connection’s account', async () => {
    const attempt = { identifier: email, password, connection: 'Employees', context };
    expect(await house.accounts.checkPassword(attempt)).toEqual({ outcome: 'refused' });
  });

  it('S-82 unknown, wrong and blocked get one answer for one hash and the same statements', async () => {
    const blocked = await house.addUser('bob@example.com');
    await house.database.transaction((trx) => blockUser(trx, () => house.clock.now, blocked.id));
    await house.accounts.createUser({ connection, email: 'eve@example.com', emailVerified: true });
    house.takeStatements();

    const attempts = [
      ['nobody@example.com', password],
      ['no address at all', password],
      [email, 'wrong password'],
      ['bob@example.com', password],
      ['bob@example.com', 'wrong password'],
      ['eve@example.com', password],
      [email, ''],
      [email, 'x'.repeat(10_000)],
    ] as const;
    const seen = [];
    for (const [identifier, typed] of attempts) {
      vi.mocked(verifyPassword).mockClear();
      const result = await login(identifier, typed);
      seen.push({
        result,
        hashes: vi.mocked(verifyPassword).mock.calls.length,
        statements: house.takeStatements(),
      });
    }
    expect(seen[0]?.result).toEqual({ outcome: 'refused' });
    expect(seen[0]?.hashes).toBe(1);
    for (const other of seen.slice(1)) expect(other).toEqual(seen[0]);
  });

  it('tells the log, and only the log, why', async () => {
    await login('nobody@example.com', password);
    await login(email, 'hunter2 but wrong');
    const events = await house.events();
    expect(events.map(({ type }) => type)).toEqual(['fu', 'fp']);
    const lines = JSON.stringify(await house.database.db.selectFrom('logs').selectAll().execute());
    expect(lines).not.toContain('hunter2');
    expect(lines).not.toContain('nobody@example.com');
  });

  describe('limits', () => {
    const { burst, refillSeconds } = failuresPerAccountAndAddress;
    const fail = async (times: number, identifier = email, ip = context.ip) => {
      for (let i = 0; i < times; i += 1) await login(identifier, 'wrong password', ip);
    };

    it('throttles after ten wrong passwords and judges no more', async () => {
      await fail(burst);
      vi.mocked(verifyPassword).mockClear();
      const result = await login(email, password);
      expect(result).toMatchObject({ outcome: 'throttled', retryAfterSeconds: refillSeconds });
      expect(verifyPassword).not.toHaveBeenCalled();
    });

    it('gives one more try for each interval that passes', async () => {
      await fail(burst);
      house.clock.advance(refillSeconds);
      expect(await login(email, 'wrong password')).toEqual({ outcome: 'refused' });
      expect(await login(email, password)).toMatchObject({ outcome: 'throttled' });
    });

    it('gives the whole budget back for the right password', async () => {
      await fail(burst - 1);
      expect(await login(email, password)).toMatchObject({ outcome: 'accepted' });
      await fail(burst - 1);
      expect(await login(email, password)).toMatchObject({ outcome: 'accepted' });
    });

    it('S-19 an attacker elsewhere doesn’t lock the owner out', async () => {
      await fail(burst, email, '198.51.100.1');
      expect(await login(email, password, '198.51.100.1')).toMatchObject({ outcome: 'throttled' });
      expect(await login(email, password)).toMatchObject({ outcome: 'accepted' });
    });

    it('S-82 an unknown account is throttled as a known one is', async () => {
      await fail(burst);
      await fail(burst, 'nobody@example.com');
      house.takeStatements();
      const known = { result: await login(email, password), statements: house.takeStatements() };
      const unknown = {
        result: await login('nobody@example.com', password),
        statements: house.takeStatements(),
      };
      expect(unknown).toEqual(known);
    });

    it('S-21 twelve spellings share one budget', async () => {
      const spellings = [
        email,
        ' ANN@example.com',
        'Ann@EXAMPLE.com',
        'ａｎｎ@example.com',
        'ann＠example.com',
      ];
      for (let i = 0; i < burst; i += 1) await fail(1, spellings[i % spellings.length] as string);
      expect(await login('aNN@example.com ', password)).toMatchObject({ outcome: 'throttled' });
    });

    it('S-22 addresses of one IPv6 network share one budget', async () => {
      for (let i = 0; i < burst; i += 1) await fail(1, email, `2001:db8:1:2::${i}`);
      expect(await login(email, password, '2001:db8:1:2:ffff::1')).toMatchObject({ outcome: 'throttled' });
      expect(await login(email, password, '2001:db8:1:3::1')).toMatchObject({ outcome: 'accepted' });
    });

    it('S-17 parallel guesses don’t exceed the budget', async () => {
      const results = await Promise.all(Array.from({ length: 40 }, () => login(email, 'wrong password')));
      expect(results.filter(({ outcome }) => outcome === 'refused')).toHaveLength(burst);
      expect(verifyPassword).toHaveBeenCalledTimes(burst);
    });

    it('many sign-ins of one person at once never wait for each other in a circle', async () => {
      house.takeStatements();
      await login(email, password);
      const one = house.takeStatements().length;
      // At most as many as the budget: each takes one for the time that its password is looked at.
      const results = await Promise.all(Array.from({ length: burst }, () => login(email, password)));
      expect(results.map(({ outcome }) => outcome)).toEqual(results.map(() => 'accepted'));
      // A circle is broken by the database: the loser begins anew.
      expect(house.takeStatements()).toHaveLength(burst * one);
    });

    it('limits one address over all accounts, and counts no right password', async () => {
      vi.mocked(verifyPassword).mockResolvedValue(false);
      for (let i = 0; i < failuresPerAddress.burst - 1; i += 1) await login(`user${i}@example.com`, 'guess');
      vi.mocked(verifyPassword).mockReset();
      expect(await login(email, password)).toMatchObject({ outcome: 'accepted' });
      expect(await login(email, password)).toMatchObject({ outcome: 'accepted' });
      await fail(1);
      expect(await login('somebody@example.com', 'guess')).toMatchObject({ outcome: 'throttled' });
      expect(await login('somebody@example.com', 'guess', '198.51.100.1')).toEqual({ outcome: 'refused' });
    });

    it('logs a pause once, not once for each attempt', async () => {
      await fail(burst + 5);
      const types = (await house.events()).map(({ type }) => type);
      expect(types.filter((type) => type === 'limit_wc')).toHaveLength(1);
    });
  });
});
