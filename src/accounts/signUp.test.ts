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

vi.mock(import('../crypto/passwordHash.ts'), { spy: true });

const owner = 'ann@example.com';
const newcomer = 'bob@example.com';

forEachDatabase((_engine, open) => {
  let house: TestAccounts;
  const input = (email: string, typed = password) => ({ connection, email, password: typed, context });
  const login = (identifier: string, typed = password) =>
    house.accounts.checkPassword({ identifier, password: typed, connection, context });
  /** What a stranger could notice: the work and the statements before the answer. */
  const watch = async (work: () => Promise<unknown>) => {
    vi.mocked(hashPassword).mockClear();
    house.takeStatements();
    const result = await work();
    return {
      result,
      hashes: vi.mocked(hashPassword).mock.calls.length,
      statements: house.takeStatements(),
    };
  };

  beforeEach(async () => {
    house = await createTestAccounts(await open());
    await house.addUser(owner);
  });

  describe('signUp', () => {
    it('creates an account that can log in, and sends a link that verifies its address', async () => {
      const result = await house.accounts.signUp(input(' Bob@Example.com'));
      expect(result).toMatchObject({ outcome: 'created', user: { email: newcomer, emailVerified: false } });
      if (result.outcome === 'created') expect(result.user.id).toMatch(/^auth0\|[0-9a-f]{24}$/);
      expect(await login(newcomer)).toMatchObject({ outcome: 'accepted' });

      const ticket = await house.ticketFor(newcomer);
      const verified = await house.accounts.verifyEmail({ ticket, context });
      expect(verified).toMatchObject({ outcome: 'verified', user: { email: newcomer, emailVerified: true } });
      expect((await house.events()).map(({ type }) => type)).toEqual(['ss', 'sv']);
    });

    it('S-83 costs the same for known and unknown addresses', async () => {
      const unknown = await watch(() => house.accounts.signUp(input(newcomer)));
      const known = await watch(() => house.accounts.signUp(input(owner)));
      expect(known.result).toEqual({ outcome: 'exists', email: owner });
      expect(known.hashes).toBe(1);
      expect({ ...known, result: undefined }).toEqual({ ...unknown, result: undefined });
    });

    it('S-83 tells the owner of an existing account, whose password stays', async () => {
      await house.accounts.signUp(input(owner, 'another good password'));
      const [message] = await house.outbox(owner);
      expect(message?.subject).toBe('You already have an account at Acme');
      expect(await login(owner, 'another good password')).toEqual({ outcome: 'refused' });
      expect(await login(owner)).toMatchObject({ outcome: 'accepted' });
    });
  });

  describe('requestSignUp', () => {
    it('makes the account when the link is opened', async () => {
      expect(await house.accounts.requestSignUp(input(newcomer))).toEqual({ outcome: 'mailed' });
      const ticket = await house.ticketFor(newcomer);
      expect(await login(newcomer)).toEqual({ outcome: 'refused' });
      expect(await house.accounts.ticketStanding('email-verification', ticket)).toBe('valid');
      const result = await house.accounts.verifyEmail({ ticket, context });
      expect(result).toMatchObject({ outcome: 'verified', user: { email: newcomer, emailVerified: true } });
      expect(await login(newcomer)).toMatchObject({ outcome: 'accepted' });
      expect(await house.accounts.ticketStanding('email-verification', ticket)).toBe('used');
    });

    it('S-83 answers and works alike for known and unknown addresses', async () => {
      const unknown = await watch(() => house.accounts.requestSignUp(input(newcomer)));
      const known = await watch(() => house.accounts.requestSignUp(input(owner)));
      expect(known.hashes).toBe(1);
      expect(known).toEqual(unknown);
    });

    it('S-83 a login right afterwards tells nothing either', async () => {
      await house.accounts.requestSignUp(input(newcomer, 'another good password'));
      await house.accounts.requestSignUp(input(owner, 'another good password'));
      await house.outbox();
      expect(await login(newcomer, 'another good password')).toEqual({ outcome: 'refused' });
      expect(await login(owner, 'another good password')).toEqual({ outcome: 'refused' });
    });

    it('gives each link the password that was typed for it', async () => {
      await house.accounts.requestSignUp(input(newcomer, 'an attacker’s password'));
      const attackers = await house.ticketFor(newcomer);
      await house.accounts.requestSignUp(input(newcomer));
      const own = await house.ticketFor(newcomer);
      expect(own).not.toBe(attackers);
      expect(await house.accounts.verifyEmail({ ticket: own, context })).toMatchObject({
        outcome: 'verified',
      });
      expect(await login(newcomer)).toMatchObject({ outcome: 'accepted' });
      expect(await house.accounts.verifyEmail({ ticket: attackers, context })).toEqual({
        outcome: 'invalid',
      });
      expect(await login(newcomer, 'an attacker’s password')).toEqual({ outcome: 'refused' });
    });

    it('S-67 of many who open one link at the same time one gets the account', async () => {
      await house.accounts.requestSignUp(input(newcomer));
      const ticket = await house.ticketFor(newcomer);
      const results = await Promise.all(
        Array.from({ length: 20 }, () => house.accounts.verifyEmail({ ticket, context })),
      );
      expect(results.filter(({ outcome }) => outcome === 'verified')).toHaveLength(1);
    });

    it('writes in the language of the browser', async () => {
      await house.accounts.requestSignUp({
        ...input(newcomer),
        context: { ...context, language: 'de-AT' },
      });
      const [message] = await house.outbox(newcomer);
      expect(message?.subject).toBe('Bestätigen Sie Ihre E-Mail-Adresse für Acme');
    });

    it('S-85 links to the public URL', async () => {
      await house.accounts.requestSignUp(input(newcomer));
      const [message] = await house.outbox(newcomer);
      expect(message?.links).toHaveLength(1);
      expect(message?.links[0]).toMatch(new RegExp(`^${publicUrl}u/email-verification\\?ticket=[\\w-]{43}$`));
    });

    it('S-105 keeps no password, hash or address of a waiting sign-up in clear', async () => {
      await house.accounts.requestSignUp(input(newcomer, 'canary in the coal mine'));
      const queued = await house.database.db.selectFrom('messages').selectAll().execute();
      await house.outbox();
      const tickets = await house.database.db.selectFrom('tickets').selectAll().execute();
      const dump = JSON.stringify([queued, tickets]);
      for (const secret of ['canary', 'argon2', newcomer]) expect(dump).not.toContain(secret);
    });

    it('S-96 sends one address five messages at most, however many are asked for', async () => {
      for (let i = 0; i < 8; i += 1) {
        expect(await house.accounts.requestSignUp(input(owner))).toEqual({ outcome: 'mailed' });
      }
      expect(await house.outbox(owner)).toHaveLength(5);
      house.clock.advance(600);
      await house.accounts.requestSignUp(input(owner));
      expect(await house.outbox(owner)).toHaveLength(6);
    });
  });

  describe('both', () => {
    it.each(['signUp', 'requestSignUp'] as const)(
      '%s refuses a weak password and no address',
      async (how) => {
        expect(await house.accounts[how](input(newcomer, 'password1'))).toEqual({
          outcome: 'weak_password',
          fault: 'too_common',
        });
        expect(await house.accounts[how](input('no address'))).toEqual({ outcome: 'invalid_email' });
        expect(await house.database.db.selectFrom('messages').selectAll().execute()).toEqual([]);
      },
    );

    it('share a limit per address of the one who asks', async () => {
      const { accounts } = house;
      vi.mocked(hashPassword).mockResolvedValue('a hash');
      const results = [];
      for (let i = 0; i < 51; i += 1) {
        results.push(await accounts[i % 2 ? 'signUp' : 'requestSignUp'](input(`user${i}@example.com`)));
      }
      vi.mocked(hashPassword).mockReset();
      expect(results.at(-2)?.outcome).not.toBe('throttled');
      expect(results.at(-1)).toMatchObject({ outcome: 'throttled', retryAfterSeconds: 60 });
    });
  });

  it('leaves an account alone whose address is another by the time the link is opened', async () => {
    const result = await house.accounts.signUp(input(newcomer));
    if (result.outcome !== 'created') throw new Error('not created');
    const ticket = await house.ticketFor(newcomer);
    await house.database.db
      .updateTable('users')
      .set({ email: 'robert@example.com' })
      .where('id', '=', result.user.id)
      .execute();
    expect(await house.accounts.verifyEmail({ ticket, context })).toEqual({ outcome: 'invalid' });
  });
});
