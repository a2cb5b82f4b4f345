import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../../test/support/databases.ts';
import { createTestMyAccount, type Holder, type TestMyAccount } from '../../../test/support/myAccount.ts';
import { sessionIdOf } from '../../accounts/sessionsOfPerson.ts';

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

forEachDatabase((_engine, open) => {
  let api: TestMyAccount;
  let ann: Holder;

  beforeEach(async () => {
    api = await createTestMyAccount(await open());
    const phone = {
      enabled: true,
      settings: { messageTypes: ['voice', 'sms'], allowedCountries: ['US', 'DE'] },
    };
    await api.house.setTenant({
      factors: {
        otp: { enabled: true },
        'recovery-code': { enabled: true },
        email: { enabled: true },
        'webauthn-roaming': { enabled: true },
        phone,
      },
    });
    ann = await api.holder('auth0|ann');
  });

  afterEach(() => api.close());

  /** A session of Ann's, latest used the given seconds ago. */
  async function addSession(uid: string, secondsAgo = 0) {
    const { clock, database } = api.house;
    const used = clock.now - secondsAgo * 1000;
    const times = { created_at: used, updated_at: used, expires_at: used + 3_600_000 };
    await database.db
      .insertInto('sessions')
      .values({ uid, user_id: ann.userId, proofs: '[]', ip: '203.0.113.9', user_agent: chrome, ...times })
      .execute();
    return sessionIdOf(api.house.vault, uid);
  }

  async function addBrowser(id: string) {
    const { clock, database, vault } = api.house;
    await database.db
      .insertInto('remembered_browsers')
      .values({
        ...{
          id,
          user_id: ann.userId,
          token_hash: vault.hash(id, 'remembered-browser'),
          client_id: api.clientId,
        },
        ...{ ip: '203.0.113.9', user_agent: chrome },
        ...{ created_at: clock.now, last_used_at: clock.now, expires_at: clock.now + 3_600_000 },
      })
      .execute();
  }

  const count = async (table: 'sessions' | 'oidc_records' | 'remembered_browsers') =>
    (await api.house.database.db.selectFrom(table).selectAll().execute()).length;

  describe('factors', () => {
    it('are those that are on, with what the person could add now', async () => {
      const { status, body } = await ann.call('GET', '/factors');
      expect(status).toBe(200);
      expect(body.factors).toEqual([
        { type: 'password', usage: ['primary'], enrollable: true },
        { type: 'webauthn-roaming', usage: ['secondary'], enrollable: true, phishing_resistant: true },
        { type: 'totp', usage: ['secondary'], enrollable: true },
        {
          ...{ type: 'phone', usage: ['secondary'], enrollable: true, restricted: true },
          channels: ['voice', 'sms'],
        },
        { type: 'email', usage: ['secondary'], enrollable: false, channels: ['email'] },
        { type: 'recovery-code', usage: ['secondary'], enrollable: false },
      ]);
      await ann.enrolOtp();
      const after = (await ann.call('GET', '/factors')).body.factors;
      expect(after.every(({ enrollable }: { enrollable: boolean }) => enrollable)).toBe(true);
    });

    it('have passkeys among them where people sign in by them', async () => {
      await api.house.setTenant({ passkeySignIn: true });
      const { factors } = (await ann.call('GET', '/factors')).body;
      expect(factors[1]).toEqual({
        ...{ type: 'passkey', usage: ['primary'], enrollable: true, phishing_resistant: true },
      });
    });

    it('tell what to choose from in the person’s language', async () => {
      const token = await ann.token();
      const { body } = await api.send('GET', '/factors?include=choices', {
        token,
        headers: { 'accept-language': 'de' },
      });
      const phone = body.factors.find(({ type }: { type: string }) => type === 'phone');
      expect(phone.choices.country.options).toEqual([
        { value: 'DE', label: 'Deutschland (+49)', prefix: '+49' },
        { value: 'US', label: 'Vereinigte Staaten (+1)', prefix: '+1' },
      ]);
    });
  });

  describe('preferences', () => {
    it('are the type that comes first, among what the person has', async () => {
      expect((await ann.call('GET', '/preferences')).body).toEqual({ preferred_factor: null });
      await ann.enrolOtp();
      const put = (preferred_factor: unknown) => ann.call('PUT', '/preferences', { preferred_factor });
      expect((await put('totp')).body).toEqual({ preferred_factor: 'totp' });
      expect((await ann.call('GET', '/preferences')).body).toEqual({ preferred_factor: 'totp' });
      for (const none of ['phone', 'recovery-code', 'password', 'nonsense', 'otp']) {
        expect((await put(none)).status, none).toBe(404);
      }
      expect((await put(1)).status).toBe(400);
      expect((await put(null)).body).toEqual({ preferred_factor: null });
      const user = api.house.database.db.selectFrom('users').select('preferred_factor');
      expect(await user.executeTakeFirst()).toEqual({ preferred_factor: null });
    });

    it('S-40 want a fresh proof, to be forgotten as well', async () => {
      await ann.enrolOtp();
      await ann.call('PUT', '/preferences', { preferred_factor: 'totp' });
      api.house.clock.advance(5 * 60 + 1);
      const refused = await ann.call('PUT', '/preferences', { preferred_factor: null });
      expect(refused.status).toBe(403);
      expect(refused.headers['www-authenticate']).toContain('insufficient_user_authentication');
    });
  });

  describe('trusted browsers', () => {
    it('are told with the application, and are made to ask again one by one or all at once', async () => {
      for (const id of ['rbr_1', 'rbr_2', 'rbr_3']) await addBrowser(id);
      const { body } = await ann.call('GET', '/trusted-browsers');
      expect(body.trusted_browsers).toHaveLength(3);
      expect(body.trusted_browsers[0]).toEqual({
        id: expect.stringMatching(/^rbr_/),
        application: 'Shop',
        created_at: expect.any(String),
        last_used_at: expect.any(String),
        expires_at: expect.any(String),
        ip: '203.0.113.9',
        user_agent: chrome,
        browser: 'Chrome',
        system: 'Windows',
      });
      expect((await ann.call('DELETE', '/trusted-browsers/rbr_1')).status).toBe(204);
      expect((await ann.call('DELETE', '/trusted-browsers/rbr_1')).status).toBe(404);
      expect(await count('remembered_browsers')).toBe(2);
      expect((await ann.call('DELETE', '/trusted-browsers')).status).toBe(204);
      expect(await count('remembered_browsers')).toBe(0);
    });
  });

  describe('sessions', () => {
    it('are listed, the present one marked, and say nothing of how they are kept', async () => {
      const older = await addSession('uid-of-older', 60);
      const present = await addSession('uid-of-present');
      await addSession('uid-of-one-left-idle', 3601);
      const { body } = await ann.call('GET', '/sessions', undefined, { sessionId: present });
      expect(body.sessions.map(({ id, current }: { id: string; current: boolean }) => [id, current])).toEqual(
        [
          [present, true],
          [older, false],
        ],
      );
      expect(body.sessions[0]).toMatchObject({ ip: '203.0.113.9', browser: 'Chrome', system: 'Windows' });
      expect(JSON.stringify(body)).not.toContain('uid-of');
    });

    it('end one by one', async () => {
      const [one, other] = [await addSession('one'), await addSession('other')];
      expect((await ann.call('DELETE', `/sessions/${one}`)).status).toBe(204);
      expect((await ann.call('DELETE', `/sessions/${one}`)).status).toBe(404);
      const left = (await ann.call('GET', '/sessions')).body.sessions;
      expect(left.map(({ id }: { id: string }) => id)).toEqual([other]);
      expect(await api.house.eventTypes(ann.userId)).toContain('slo');
    });

    it('S-79 end all at once, with refresh tokens, and the tokens of this API', async () => {
      await addSession('one');
      const { clock, database } = api.house;
      await database.db
        .insertInto('oidc_records')
        .values({
          ...{ model: 'RefreshToken', id_hash: 'hash', account_id: ann.userId, grant_id: 'g', uid: null },
          ...{ payload: '{}', consumed_at: null, expires_at: clock.now + 1000 },
        } as never)
        .execute();
      clock.advance(1);
      const token = await ann.token();
      expect((await api.send('DELETE', '/sessions', { token })).status).toBe(204);
      expect([await count('sessions'), await count('oidc_records')]).toEqual([0, 0]);
      expect((await api.send('GET', '/sessions', { token })).status).toBe(401);
    });
  });
});
