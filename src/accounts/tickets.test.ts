import { beforeAll, expect, it } from 'vitest';
import { createTestAccounts, type TestAccounts } from '../../test/support/accounts.ts';
import { forEachDatabase } from '../../test/support/databases.ts';
import { consumeTicket, findTicket, issueTicket, type TicketKind, voidTickets } from './tickets.ts';

const userId = 'auth0|000000000000000000000001';

forEachDatabase((_engine, open) => {
  let house: TestAccounts;
  const parts = () => ({ vault: house.vault, clock: () => house.clock.now });
  const issue = (kind: TicketKind = 'password-reset', owner = userId, data?: unknown) =>
    house.database.transaction((trx) =>
      issueTicket(trx, parts(), { kind, userId: owner, lifetimeSeconds: 3600, data }),
    );
  const consume = (token: string, kind: TicketKind = 'password-reset') =>
    house.database.transaction((trx) => consumeTicket(trx, parts(), kind, token));

  beforeAll(async () => {
    house = await createTestAccounts(await open());
  });

  it('S-67 works once and gives back what was put in', async () => {
    const token = await issue('password-reset', userId, { email: 'ann@example.com' });
    expect(await consume(token)).toMatchObject({ userId, data: { email: 'ann@example.com' } });
    expect(await consume(token)).toBeUndefined();
  });

  it('S-67 of many at the same time one gets it', async () => {
    const token = await issue();
    const results = await Promise.all(Array.from({ length: 30 }, () => consume(token)));
    expect(results.filter((ticket) => ticket !== undefined)).toHaveLength(1);
  });

  it('S-67 a newer ticket voids the older one of its kind and user only', async () => {
    const older = await issue();
    const invitation = await issue('operator-invitation');
    const foreign = await issue('password-reset', 'auth0|000000000000000000000002');
    const newer = await issue();
    expect(await consume(older)).toBeUndefined();
    expect(await consume(newer)).toBeDefined();
    expect(await consume(invitation, 'operator-invitation')).toBeDefined();
    expect(await consume(foreign)).toBeDefined();
  });

  it('expires', async () => {
    const token = await issue();
    house.clock.advance(3600);
    expect(await findTicket(house.database.db, parts(), 'password-reset', token)).toBeUndefined();
    expect(await consume(token)).toBeUndefined();
  });

  it('S-110 a clock that jumps back doesn’t revive a used ticket', async () => {
    const token = await issue();
    await consume(token);
    house.clock.advance(-24 * 3600);
    expect(await consume(token)).toBeUndefined();
  });

  it('doesn’t pass as another kind', async () => {
    const token = await issue('email-verification');
    expect(await consume(token, 'password-reset')).toBeUndefined();
    expect(await consume(token, 'operator-invitation')).toBeUndefined();
    expect(await consume(token, 'email-verification')).toBeDefined();
  });

  it('is looked at without being used up', async () => {
    const token = await issue();
    await findTicket(house.database.db, parts(), 'password-reset', token);
    expect(await consume(token)).toBeDefined();
  });

  it('can be voided', async () => {
    const token = await issue();
    await voidTickets(house.database.db, userId, 'password-reset');
    expect(await consume(token)).toBeUndefined();
  });

  it('S-67 has 256 random bits, of which the database holds a hash only', async () => {
    const token = await issue('password-reset', userId, { email: 'ann@example.com' });
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const rows = JSON.stringify(await house.database.db.selectFrom('tickets').selectAll().execute());
    expect(rows).not.toContain(token);
    expect(rows).not.toContain('ann@example.com');
  });
});
