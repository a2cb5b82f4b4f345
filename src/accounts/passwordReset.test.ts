import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  connection,
  context,
  createTestAccounts,
  password,
  publicUrl,
  type TestAccounts,
} from '../../test/support/accounts.ts';
import { forEachDatabase } from '../../test/support/databases.ts';
import { hashPassword } from '../crypto/passwordHash.ts';
import { blockUser } from './blockUser.ts';

vi.mock(import('../crypto/passwordHash.ts'), { spy: true });

const email = 'ann@example.com';
const fresh = 'nine purple plums';
const admit = async () => true;

forEachDatabase((_engine, open) => {
  let house: TestAccounts;
  let userId: string;
  const request = (to = email) => house.accounts.requestPasswordReset({ connection, email: to, context });
  const change = (ticket: string, typed = fresh, endsSessions = true) =>
    house.accounts.changePassword({ ticket, password: typed, endsSessions, admit, context });
  const login = (typed: string) =>
    house.accounts.checkPassword({ identifier: email, password: typed, connection, context });

  beforeEach(async () => {
    house = await createTestAccounts(await open());
    userId = (await house.addUser(email)).id;
  });

  it('leads from the link to a new password', async () => {
    expect(await request(' ANN@example.com')).toEqual({ outcome: 'accepted' });
    const ticket = await house.ticketFor(email);
    expect(await house.accounts.ticketStanding('password-reset', ticket)).toBe('valid');
    expect(await change(ticket)).toEqual({ outcome: 'changed' });
    expect(await login(password)).toEqual({ outcome: 'refused' });
    expect(await login(fresh)).toMatchObject({ outcome: 'accepted' });
    expect((await house.events()).map(({ type }) => type)).toEqual(['scpr', 'scp', 'fp']);
  });

  it('S-85 links to the public URL', async () => {
    await request();
    const [message] = await house.outbox(email);
    expect(message?.links[0]).toMatch(
      new RegExp(`^${publicUrl}u/reset-password/change\\?ticket=[\\w-]{43}$`),
    );
  });

  it('S-83 answers and works alike for known, unknown and blocked accounts', async () => {
    const blocked = await house.addUser('bob@example.com');
    await house.database.transaction((trx) => blockUser(trx, () => house.clock.now, blocked.id));
    const seen = [];
    for (const address of [email, 'nobody@example.com', 'bob@example.com']) {
      house.takeStatements();
      seen.push({ result: await request(address), statements: house.takeStatements() });
    }
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
    const messages = await house.outbox();
    expect(messages.map(({ to }) => to)).toEqual([email]);
    const failures = (await house.events()).filter(({ type }) => type === 'fcpr');
    expect(failures.map(({ details }) => details.reason).sort()).toEqual(['no such user', 'user is blocked']);
  });

  it('S-83 nothing is sent before the answer', async () => {
    await request();
    const queued = await house.database.db.selectFrom('messages').select('channel').execute();
    expect(queued).toEqual([{ channel: 'request' }]);
  });

  it('S-64 signs nobody in', async () => {
    await request();
    await change(await house.ticketFor(email));
    const { db } = house.database;
    for (const table of ['sessions', 'oidc_records', 'mfa_transactions', 'remembered_browsers'] as const) {
      expect(await db.selectFrom(table).selectAll().execute()).toEqual([]);
    }
    const user = await db.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirstOrThrow();
    expect(user.logins_count).toBe(0);
  });

  it('S-46 runs the hooks that forget remembered browsers, in the transaction of the change', async () => {
    await request();
    await change(await house.ticketFor(email));
    expect(house.changedPasswords).toEqual([userId]);
  });

  it.each([true, false])(
    'S-46 ends sessions and refresh tokens in the same transaction: %s',
    async (isChosen) => {
      const { db } = house.database;
      const other = (await house.addUser('bob@example.com')).id;
      for (const owner of [userId, other]) await addSession(house, owner);
      await request();
      await change(await house.ticketFor(email), fresh, isChosen);
      const left = isChosen ? [other] : [other, userId].sort();
      const sessions = await db.selectFrom('sessions').select('user_id').orderBy('user_id').execute();
      const records = await db
        .selectFrom('oidc_records')
        .select('account_id')
        .orderBy('account_id')
        .execute();
      expect(sessions.map(({ user_id }) => user_id)).toEqual(left);
      expect(records.map(({ account_id }) => account_id)).toEqual(left);
      const changed = (await house.events()).find(({ type }) => type === 'scp');
      expect(changed?.details).toEqual({ sessions_ended: isChosen });
    },
  );

  it('S-46 a hook that fails undoes the change and leaves the link usable', async () => {
    let isBroken = true;
    const failing = await createTestAccounts(await open(), [
      async () => {
        if (isBroken) throw new Error('no');
      },
    ]);
    await failing.addUser(email);
    await failing.accounts.requestPasswordReset({ connection, email, context });
    const ticket = await failing.ticketFor(email);
    const input = { ticket, password: fresh, endsSessions: true, admit, context };
    await expect(failing.accounts.changePassword(input)).rejects.toThrow('no');
    isBroken = false;
    expect(await failing.accounts.changePassword(input)).toEqual({ outcome: 'changed' });
  });

  it('tells the person by another message', async () => {
    await request();
    const ticket = await house.ticketFor(email);
    house.clock.advance(60);
    await change(ticket);
    const [newest] = await house.outbox(email);
    expect(newest?.subject).toBe('Your Acme password was changed');
    expect(newest?.text).toContain('192.0.2.7');
  });

  it('proves the address', async () => {
    await house.database.db.updateTable('users').set({ email_verified: 0 }).execute();
    await request();
    await change(await house.ticketFor(email));
    expect(await login(fresh)).toMatchObject({ user: { emailVerified: true } });
  });

  it('S-67 a link works once', async () => {
    await request();
    const ticket = await house.ticketFor(email);
    await change(ticket);
    expect(await change(ticket, 'still another password')).toEqual({ outcome: 'invalid_ticket' });
    expect(await login(fresh)).toMatchObject({ outcome: 'accepted' });
  });

  it('S-67 of two at the same time one changes the password', async () => {
    await request();
    const ticket = await house.ticketFor(email);
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, i) => change(ticket, `password of the ${i}th racer`)),
    );
    expect(results.filter(({ outcome }) => outcome === 'changed')).toHaveLength(1);
    expect(house.changedPasswords).toHaveLength(1);
  });

  it('S-67 a newer link voids the older one', async () => {
    await request();
    const older = await house.ticketFor(email);
    await request();
    await house.ticketFor(email);
    expect(await change(older)).toEqual({ outcome: 'invalid_ticket' });
  });

  it('S-67 a password changed otherwise voids the link', async () => {
    await request();
    const ticket = await house.ticketFor(email);
    await house.accounts.replacePassword({ userId, password: fresh });
    expect(await change(ticket, 'still another password')).toEqual({ outcome: 'invalid_ticket' });
  });

  it('S-79 blocking the account voids the link', async () => {
    await request();
    const ticket = await house.ticketFor(email);
    await house.database.transaction((trx) => blockUser(trx, () => house.clock.now, userId));
    expect(await change(ticket)).toEqual({ outcome: 'invalid_ticket' });
  });

  it('works for an hour', async () => {
    await request();
    const ticket = await house.ticketFor(email);
    house.clock.advance(3600);
    expect(await change(ticket)).toEqual({ outcome: 'invalid_ticket' });
  });

  it('a weak password doesn’t use the link up', async () => {
    await request();
    const ticket = await house.ticketFor(email);
    expect(await change(ticket, 'password1')).toEqual({ outcome: 'weak_password', fault: 'too_common' });
    expect(await change(ticket)).toEqual({ outcome: 'changed' });
  });

  it('hashes nothing for a ticket that doesn’t work', async () => {
    vi.mocked(hashPassword).mockClear();
    for (const ticket of ['', 'x'.repeat(43), 'x'.repeat(10_000)]) {
      expect(await change(ticket)).toEqual({ outcome: 'invalid_ticket' });
    }
    expect(hashPassword).not.toHaveBeenCalled();
  });

  describe('limits', () => {
    it('throttles who asks too often, whatever the address', async () => {
      for (let i = 0; i < 20; i += 1) await request(`user${i}@example.com`);
      expect(await request('nobody@example.com')).toMatchObject({ outcome: 'throttled' });
      expect(await request()).toMatchObject({ outcome: 'throttled' });
    });

    it('refuses what is no address', async () => {
      expect(await request('ann@example.com,bob@example.com')).toEqual({ outcome: 'invalid_email' });
    });
  });
});

/** A login session with a refresh token, as rows. */
async function addSession({ database, clock }: TestAccounts, userId: string): Promise<void> {
  const expiresAt = clock.now + 60_000;
  await database.db
    .insertInto('sessions')
    .values({
      uid: `session of ${userId}`,
      user_id: userId,
      proofs: '[]',
      ip: '192.0.2.7',
      user_agent: 'test',
      created_at: clock.now,
      updated_at: clock.now,
      expires_at: expiresAt,
    })
    .execute();
  await database.db
    .insertInto('oidc_records')
    .values({
      model: 'RefreshToken',
      id_hash: `token of ${userId}`,
      payload: '',
      uid: null,
      user_code: null,
      grant_id: null,
      account_id: userId,
      consumed_at: null,
      expires_at: expiresAt,
    })
    .execute();
}
