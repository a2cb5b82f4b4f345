import { beforeEach, expect, it } from 'vitest';
import { connection, context, createTestAccounts, type TestAccounts } from '../../test/support/accounts.ts';
import { forEachDatabase } from '../../test/support/databases.ts';

const email = 'ann@example.com';

forEachDatabase((_engine, open) => {
  let house: TestAccounts;
  let userId: string;

  beforeEach(async () => {
    house = await createTestAccounts(await open());
    const created = await house.accounts.createUser({ connection, email, emailVerified: false });
    if (created.outcome !== 'created') throw new Error('not created');
    userId = created.user.id;
  });

  it('sends a link again on request, and the newest one only works', async () => {
    await house.accounts.requestEmailVerification(userId);
    const older = await house.ticketFor(email);
    await house.accounts.requestEmailVerification(userId);
    const newer = await house.ticketFor(email);
    expect(await house.accounts.verifyEmail({ ticket: older, context })).toEqual({ outcome: 'invalid' });
    expect(await house.accounts.verifyEmail({ ticket: newer, context })).toMatchObject({
      outcome: 'verified',
      user: { id: userId, emailVerified: true },
    });
    expect((await house.events()).map(({ type }) => type)).toEqual(['svr', 'svr', 'fv', 'sv']);
  });

  it('sends nothing once the address is verified', async () => {
    await house.accounts.requestEmailVerification(userId);
    await house.accounts.verifyEmail({ ticket: await house.ticketFor(email), context });
    await house.accounts.requestEmailVerification(userId);
    expect(await house.outbox(email)).toHaveLength(1);
  });

  it('works for five days', async () => {
    await house.accounts.requestEmailVerification(userId);
    const ticket = await house.ticketFor(email);
    house.clock.advance(5 * 24 * 3600 - 1);
    expect(await house.accounts.ticketStanding('email-verification', ticket)).toBe('valid');
    house.clock.advance(1);
    expect(await house.accounts.verifyEmail({ ticket, context })).toEqual({ outcome: 'invalid' });
  });

  it.each(['', 'x', 'x'.repeat(10_000), '__proto__'])('refuses the ticket %.20j', async (ticket) => {
    expect(await house.accounts.verifyEmail({ ticket, context })).toEqual({ outcome: 'invalid' });
  });
});
