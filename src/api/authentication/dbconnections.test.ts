import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connection, password, type TestAccounts } from '../../../test/support/accounts.ts';
import { forEachDatabase } from '../../../test/support/databases.ts';
import {
  createTestDbConnections,
  owner,
  type TestDbConnections,
} from '../../../test/support/dbConnections.ts';
import { hashPassword } from '../../crypto/passwordHash.ts';
import type { App } from '../../http/createApp.ts';
import { updateTenantSettings } from '../../tenant/tenantSettings.ts';

vi.mock(import('../../crypto/passwordHash.ts'), { spy: true });

const newcomer = 'bob@example.com';
const sentWords = "We've just sent you an email to reset your password.";

forEachDatabase((_engine, open) => {
  let house: TestAccounts;
  let app: App;
  let clientId: string;
  let post: TestDbConnections['post'];

  beforeEach(async () => {
    ({ house, app, clientId, post } = await createTestDbConnections(await open()));
  });

  afterEach(() => app.close());

  const signUp = (members: Record<string, unknown> = {}) =>
    post('signup', { client_id: clientId, connection, email: newcomer, password, ...members });
  const changePassword = (members: Record<string, unknown> = {}) =>
    post('change_password', { client_id: clientId, connection, email: owner, ...members });
  const users = () => house.database.db.selectFrom('users').selectAll().orderBy('created_at').execute();

  describe('signup', () => {
    it('creates the account and answers with its id', async () => {
      const { statusCode, headers, body } = await signUp({ email: 'Bob@Example.com' });
      expect(statusCode).toBe(200);
      expect(headers['content-type']).toContain('application/json');
      const answer = JSON.parse(body);
      expect(answer).toEqual({
        _id: expect.stringMatching(/^[0-9a-f]{24}$/),
        email: newcomer,
        email_verified: false,
      });
      expect((await users()).map(({ id }) => id)).toContain(`auth0|${answer._id}`);
    });

    it('takes a form as well', async () => {
      const form = new URLSearchParams({ client_id: clientId, connection, email: newcomer, password });
      const answer = await post('signup', String(form), {
        'content-type': 'application/x-www-form-urlencoded',
      });
      expect(answer.json()).toMatchObject({ email: newcomer });
    });

    it('keeps the declared profile and metadata', async () => {
      const profile = { given_name: 'Bob', family_name: 'Meyer', name: 'Bob Meyer', nickname: 'bo' };
      const picture = 'https://example.com/bob.png';
      await signUp({ ...profile, picture, user_metadata: { plan: 'gold' } });
      const bob = (await users()).find(({ email }) => email === newcomer);
      expect(JSON.parse(bob?.profile ?? '')).toEqual({
        givenName: 'Bob',
        familyName: 'Meyer',
        name: 'Bob Meyer',
        nickname: 'bo',
        picture,
      });
      expect(JSON.parse(bob?.user_metadata ?? '')).toEqual({ plan: 'gold' });
    });

    it('S-90 ignores what it doesn’t declare', async () => {
      const wished = {
        email_verified: true,
        blocked: true,
        app_metadata: { admin: true },
        user_id: 'auth0|1',
      };
      const { statusCode } = await signUp({ ...wished, locale: 'xx', id: 'auth0|2', created_at: 0 });
      expect(statusCode).toBe(200);
      const bob = (await users()).find(({ email }) => email === newcomer);
      expect(bob).toMatchObject({ email_verified: 0, blocked: 0, app_metadata: '{}', profile: '{}' });
      expect(bob?.id).not.toMatch(/^auth0\|[12]$/);
    });

    it('S-83 answers alike for the address of an account, and tells its owner', async () => {
      const known = await signUp({ email: owner });
      const unknown = await signUp();
      expect(known.statusCode).toBe(unknown.statusCode);
      expect(known.json()).toEqual({
        _id: expect.stringMatching(/^[0-9a-f]{24}$/),
        email: owner,
        email_verified: false,
      });
      const comparable = ({ headers }: typeof known) => ({
        ...headers,
        date: '',
        'x-request-id': '',
        'content-length': '',
      });
      expect(comparable(known)).toEqual(comparable(unknown));
      const before = (await users())[0];
      expect(before?.id).not.toContain(known.json()._id);
      expect((await house.outbox(owner))[0]?.subject).toBe('You already have an account at Acme');
    });

    it('S-83 costs the same hash and statements for both', async () => {
      const seen = [];
      for (const email of [owner, newcomer]) {
        vi.mocked(hashPassword).mockClear();
        house.takeStatements();
        await signUp({ email });
        seen.push([vi.mocked(hashPassword).mock.calls.length, house.takeStatements()]);
      }
      expect(seen[0]).toEqual(seen[1]);
    });

    it('says user_exists where the tenant wants it', async () => {
      await house.database.transaction((trx) =>
        updateTenantSettings(trx, 0, (settings) => ({ ...settings, publicSignupUserExistsError: true })),
      );
      const { statusCode, body } = await signUp({ email: owner });
      expect(statusCode).toBe(400);
      expect(JSON.parse(body)).toMatchObject({ code: 'user_exists', statusCode: 400 });
    });

    it.each([
      ['a short password', 'abc', 'PasswordStrengthError', 'invalid_password'],
      ['no password', '', 'PasswordStrengthError', 'invalid_password'],
      ['a long password', 'ab3-'.repeat(100), 'PasswordStrengthError', 'invalid_password'],
      ['a common password', 'iloveyou', 'PasswordDictionaryError', 'password_dictionary_error'],
      ['the address as password', newcomer, 'PasswordNoUserInfoError', 'password_no_user_info_error'],
    ])('refuses %s by the name SDKs know', async (_what, typed, name, code) => {
      const { statusCode, body } = await signUp({ password: typed });
      expect(statusCode).toBe(400);
      expect(JSON.parse(body)).toMatchObject({ name, code, statusCode: 400 });
      expect(body).not.toContain(typed === '' ? 'never' : `"${typed}"`);
    });

    it('tells native SDKs which rule was broken', async () => {
      const { body } = await signUp({ password: 'abc' });
      expect(JSON.parse(body)).toEqual({
        name: 'PasswordStrengthError',
        code: 'invalid_password',
        message: 'Password is too weak',
        description: {
          rules: [
            {
              code: 'lengthAtLeast',
              message: 'At least %d characters in length',
              format: [8],
              verified: false,
            },
          ],
          verified: false,
        },
        policy: '* At least 8 characters in length',
        statusCode: 400,
      });
    });

    it('refuses what is no address', async () => {
      const { statusCode, body } = await signUp({ email: 'bob@example.com, eve@example.com' });
      expect(statusCode).toBe(400);
      expect(JSON.parse(body)).toMatchObject({ code: 'invalid_signup' });
    });

    it('answers 429 with the budget once there were too many', async () => {
      vi.mocked(hashPassword).mockResolvedValue('a hash');
      for (let i = 0; i < 50; i += 1) await signUp({ email: `user${i}@example.com` });
      const { statusCode, headers, body } = await signUp();
      vi.mocked(hashPassword).mockReset();
      expect(statusCode).toBe(429);
      expect(JSON.parse(body)).toMatchObject({ error: 'too_many_requests' });
      expect(headers).toMatchObject({
        'x-ratelimit-limit': '50',
        'x-ratelimit-remaining': '0',
        'retry-after': '60',
      });
    });
  });

  describe('change_password', () => {
    it('S-83 answers with the documented text, for known and unknown addresses alike', async () => {
      for (const email of [owner, 'nobody@example.com']) {
        const { statusCode, headers, body } = await changePassword({ email });
        expect([statusCode, body]).toEqual([200, sentWords]);
        expect(headers['content-type']).toBe('text/plain; charset=utf-8');
      }
      expect((await house.outbox()).map(({ to }) => to)).toEqual([owner]);
    });

    it('S-83 does the same statements for both', async () => {
      const seen = [];
      for (const email of [owner, 'nobody@example.com']) {
        house.takeStatements();
        await changePassword({ email });
        seen.push(house.takeStatements());
      }
      expect(seen[0]).toEqual(seen[1]);
    });

    it('takes a form as well', async () => {
      const form = new URLSearchParams({ client_id: clientId, connection, email: owner });
      const answer = await post('change_password', String(form), {
        'content-type': 'application/x-www-form-urlencoded',
      });
      expect(answer.body).toBe(sentWords);
    });

    it('changes nothing by itself, even when a password is sent along', async () => {
      const [before] = await users();
      await changePassword({ password: 'another good password' });
      await house.outbox();
      expect((await users())[0]).toEqual(before);
    });

    it.each([
      { host: 'evil.example' },
      { 'x-forwarded-host': 'evil.example' },
      { forwarded: 'host=evil.example' },
      { origin: 'https://evil.example' },
      { 'x-original-host': 'evil.example' },
    ])('S-85 no header changes where the link leads: %o', async (headers) => {
      await post('change_password', { client_id: clientId, connection, email: owner }, headers as never);
      for (const { links } of await house.outbox(owner)) {
        for (const link of links) expect(link).toMatch(/^https:\/\/login\.example\.com\//);
      }
    });

    it('writes in the language asked for', async () => {
      const body = { client_id: clientId, connection, email: owner };
      await post('change_password', body, { 'x-request-language': 'fr' });
      expect((await house.outbox(owner))[0]?.subject).toBe('Choisissez un nouveau mot de passe pour Acme');
    });

    it('answers 429 once there were too many', async () => {
      for (let i = 0; i < 20; i += 1) await changePassword({ email: `user${i}@example.com` });
      const { statusCode, headers } = await changePassword();
      expect(statusCode).toBe(429);
      expect(headers['retry-after']).toBe('60');
    });
  });
});
