import { beforeEach, expect, it } from 'vitest';
import {
  connection,
  context,
  createTestAccounts,
  password,
  type TestAccounts,
} from '../../test/support/accounts.ts';
import { forEachDatabase } from '../../test/support/databases.ts';
import type { Db } from '../database/database.ts';
import { enqueueEmail } from '../delivery/messages.ts';
import { blockUser, unblockUser } from './blockUser.ts';
import { deleteUser } from './deleteUser.ts';
import { issueTicket } from './tickets.ts';
import { findUserByEmail, findUserById, recordLogin } from './users.ts';

/** Where rows of a person may stand, with the column that names the person. */
const lettingIn = [
  ['sessions', 'user_id'],
  ['oidc_records', 'account_id'],
  ['remembered_browsers', 'user_id'],
  ['challenges', 'user_id'],
  ['device_requests', 'user_id'],
  ['mfa_transactions', 'user_id'],
  ['tickets', 'user_id'],
  ['operator_sessions', 'user_id'],
  ['errands', 'user_id'],
] as const;
const belonging = [
  ...lettingIn,
  ['authentication_methods', 'user_id'],
  ['method_changes', 'user_id'],
  ['second_factor_locks', 'user_id'],
  ['messages', 'user_id'],
] as const;

forEachDatabase((_engine, open) => {
  let house: TestAccounts;
  let ann: string;
  let bob: string;
  const clock = () => house.clock.now;

  beforeEach(async () => {
    house = await createTestAccounts(await open());
    ann = (await house.addUser('ann@example.com')).id;
    bob = (await house.addUser('bob@example.com')).id;
    for (const user of [ann, bob]) await fill(house, user);
  });

  const rowsOf = async (user: string, [table, column]: (typeof belonging)[number]) => {
    const rows: object[] = await (house.database.db as Db).selectFrom(table).selectAll().execute();
    return rows.filter((row) => (row as Record<string, unknown>)[column] === user).length;
  };

  it('removes everything of the account and nothing of another', async () => {
    expect(await house.database.transaction((trx) => deleteUser(trx, clock, ann))).toBe(true);
    expect(await findUserById(house.database.db, ann)).toBeUndefined();
    for (const place of belonging) {
      expect([place[0], await rowsOf(ann, place)]).toEqual([place[0], 0]);
      expect([place[0], await rowsOf(bob, place)]).toEqual([place[0], 1]);
    }
    expect((await house.events()).at(-1)).toMatchObject({ type: 'sdu', userId: ann });
  });

  it('knows every table that names a person', async () => {
    const named = belonging.map(([table]) => table as string);
    const tables = await house.database.db.introspection.getTables();
    const naming = tables
      .filter(({ columns }) => columns.some(({ name }) => name === 'user_id' || name === 'account_id'))
      .map(({ name }) => name);
    // The log keeps its lines as evidence.
    expect(naming.filter((name) => name !== 'logs').sort()).toEqual(named.sort());
  });

  it('tells when there is no such account', async () => {
    expect(await house.database.transaction((trx) => deleteUser(trx, clock, 'auth0|none'))).toBe(false);
  });

  it('S-79 blocking ends sessions, tokens and logins under way, and keeps the methods', async () => {
    await house.database.transaction((trx) => blockUser(trx, clock, ann));
    for (const place of lettingIn) expect([place[0], await rowsOf(ann, place)]).toEqual([place[0], 0]);
    expect(await rowsOf(ann, ['authentication_methods', 'user_id'])).toBe(1);
    expect(await rowsOf(bob, ['sessions', 'user_id'])).toBe(1);
    const attempt = { identifier: 'ann@example.com', password, connection, context };
    expect(await house.accounts.checkPassword(attempt)).toEqual({ outcome: 'refused' });
    await house.database.transaction((trx) => unblockUser(trx, clock, ann));
    expect(await house.accounts.checkPassword(attempt)).toMatchObject({ outcome: 'accepted' });
  });

  it('counts logins', async () => {
    await recordLogin(house.database.db, clock, ann);
    await recordLogin(house.database.db, clock, ann);
    expect(await findUserByEmail(house.database.db, connection, 'ANN@example.com')).toMatchObject({
      loginsCount: 2,
      lastLoginAt: house.clock.now,
    });
  });
});

async function fill({ database, vault, clock }: TestAccounts, user: string): Promise<void> {
  const { db } = database;
  const now = clock.now;
  const times = { created_at: now, expires_at: now + 1000 };
  await issueTicket(
    db,
    { vault, clock: () => now },
    { kind: 'password-reset', userId: user, lifetimeSeconds: 60 },
  );
  await enqueueEmail(db, vault, () => now, {
    to: 'x@example.com',
    userId: user,
    template: 'mfa_reset',
    variables: { at: now },
  });
  await db
    .insertInto('sessions')
    .values({
      uid: `s${user}`,
      user_id: user,
      proofs: '[]',
      ip: '',
      user_agent: '',
      updated_at: now,
      ...times,
    })
    .execute();
  await db
    .insertInto('operator_sessions')
    .values({
      id: user,
      user_id: user,
      sign_in_hash: user,
      proofs: '[]',
      ip: '',
      user_agent: '',
      last_used_at: now,
      ...times,
    })
    .execute();
  await db
    .insertInto('oidc_records')
    .values({ model: 'Grant', id_hash: user, payload: '{}', account_id: user, expires_at: now })
    .execute();
  await db
    .insertInto('remembered_browsers')
    .values({
      id: user,
      user_id: user,
      token_hash: user,
      ip: '',
      user_agent: '',
      last_used_at: now,
      ...times,
    })
    .execute();
  await db
    .insertInto('challenges')
    .values({
      id: user,
      transaction_id: '',
      user_id: user,
      method_id: '',
      factor: '',
      channel: '',
      attempts: 0,
      token_hash: '',
      state_encrypted: '',
      ...times,
    })
    .execute();
  await db
    .insertInto('errands')
    .values({
      id: user,
      kind: 'password-reset',
      user_id: user,
      binding_hash: '',
      data_encrypted: '',
      proofs: null,
      spent_at: null,
      ...times,
    })
    .execute();
  await db
    .insertInto('method_changes')
    .values({
      id: user,
      kind: 'added',
      user_id: user,
      token_hash: user,
      methods_encrypted: '',
      undone_at: null,
      ...times,
    })
    .execute();
  await db
    .insertInto('device_requests')
    .values({
      challenge_id: user,
      purpose: 'verification',
      user_id: user,
      method_id: '',
      token_hash: user,
      consent_id: user,
      changed_at: now,
      ...times,
    })
    .execute();
  await db
    .insertInto('mfa_transactions')
    .values({
      id: user,
      purpose: 'login',
      user_id: user,
      client_id: '',
      state: 'pending',
      decision_input: '{}',
      requirement: '{}',
      reasons: '[]',
      proofs: '[]',
      request_encrypted: '',
      ...times,
    })
    .execute();
  await db
    .insertInto('authentication_methods')
    .values({
      id: user,
      user_id: user,
      factor: 'otp',
      state_encrypted: '',
      revision: 1,
      created_at: now,
    })
    .execute();
  await db.insertInto('second_factor_locks').values({ user_id: user, failures: 1, locks: 0 }).execute();
}
