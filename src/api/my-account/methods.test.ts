import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../../test/support/databases.ts';
import { codeOf } from '../../../test/support/engine.ts';
import {
  createTestMyAccount,
  type Holder,
  issuer,
  type TestMyAccount,
} from '../../../test/support/myAccount.ts';
import { makePushDevice } from '../../../test/support/pushDevice.ts';
import { ownDevice, securityKey } from '../../../test/support/securityKeys.ts';
import { levelAcr } from '../../mfa/authenticationContext.ts';

const methods = '/authentication-methods';
const context = { ip: '198.51.100.20', userAgent: 'device' };
const phoneSettings = { messageTypes: ['sms', 'voice'], allowedCountries: ['US', 'DE'] };
const everything = {
  otp: { enabled: true },
  'recovery-code': { enabled: true },
  phone: { enabled: true, settings: phoneSettings },
  email: { enabled: true },
  'push-notification': { enabled: true },
  'webauthn-roaming': { enabled: true },
  'webauthn-platform': { enabled: true },
};

forEachDatabase((_engine, open) => {
  let api: TestMyAccount;
  let ann: Holder;

  beforeEach(async () => {
    api = await createTestMyAccount(await open());
    await api.house.setTenant({ factors: everything });
    ann = await api.holder('auth0|ann');
  });

  afterEach(() => api.close());

  const begin = (body: object, person = ann) => person.call('POST', methods, body);
  const verify = (location: unknown, body: object, person = ann) =>
    person.call('POST', `${location}/verify`, body);
  const list = async (query = '', person = ann) =>
    (await person.call('GET', `${methods}${query}`)).body.authentication_methods;
  const lastCode = () => api.house.codes.at(-1)?.code ?? '';

  /** Begins and confirms a method whose code is sent. */
  async function addSent(body: object, person = ann) {
    const { headers, body: begun } = await begin(body, person);
    return verify(headers.location, { auth_session: begun.auth_session, otp_code: lastCode() }, person);
  }

  describe('an authenticator app', () => {
    it('is begun with what the person scans, and confirmed by its code', async () => {
      const { status, headers, body } = await begin({ type: 'totp' });
      expect(status).toBe(202);
      expect(body).toEqual({
        id: expect.stringMatching(/^totp\|dev_[A-Za-z0-9]{16}$/),
        auth_session: expect.stringMatching(/^[\w-]{43}$/),
        barcode_uri: expect.stringMatching(/^otpauth:\/\/totp\//),
        manual_input_code: expect.stringMatching(/^[A-Z2-7]{32}$/),
        recovery_codes: [expect.stringMatching(/^[A-Z0-9]{24}$/)],
      });
      expect(headers.location).toBe(`${issuer}me/v1/authentication-methods/${encodeURIComponent(body.id)}`);
      expect(headers['cache-control']).toBe('no-store');
      expect(await list()).toEqual([expect.objectContaining({ type: 'password' }), implicitAddress()]);

      const otp_code = await codeOf(body.manual_input_code, api.house.clock.now);
      const confirmed = await verify(headers.location, { auth_session: body.auth_session, otp_code });
      expect(confirmed.status).toBe(201);
      expect(confirmed.headers.location).toBe(headers.location);
      expect(confirmed.body).toEqual({
        id: body.id,
        type: 'totp',
        created_at: new Date(api.house.clock.now).toISOString(),
        usage: ['secondary'],
        confirmed: true,
        last_auth_at: new Date(api.house.clock.now).toISOString(),
        last_used: { ip: '127.0.0.1', user_agent: 'lightMyRequest' },
      });
    });

    const implicitAddress = () => expect.objectContaining({ type: 'email', implicit: true });

    it('S-11 S-26 is confirmed by nobody else, nor by another application', async () => {
      const bob = await api.holder('auth0|bob');
      const { headers, body } = await begin({ type: 'totp' });
      const otp_code = await codeOf(body.manual_input_code, api.house.clock.now);
      const proof = { auth_session: body.auth_session, otp_code };
      expect((await verify(headers.location, proof, bob)).status).toBe(404);
      const elsewhere = await ann.call('POST', `${headers.location}/verify`, proof, {
        clientId: api.otherClientId,
      });
      expect(elsewhere.status).toBe(404);
      const other = `${issuer}me/v1/authentication-methods/${encodeURIComponent('totp|dev_0000000000000000')}`;
      expect((await verify(other, proof)).status).toBe(404);
      expect((await verify(headers.location, proof)).status).toBe(201);
      expect((await verify(headers.location, proof)).status).toBe(404);
    });

    it('S-26 an auth_session is no mfa_token, and an mfa_token no auth_session', async () => {
      const { headers, body } = await begin({ type: 'totp' });
      expect(await api.house.engine.findByToken(body.auth_session)).toEqual({ outcome: 'malformed' });
      const otp = await codeOf(body.manual_input_code, api.house.clock.now);
      const redeemed = await api.house.engine.redeem(
        {
          mfaToken: body.auth_session,
          clientId: api.clientId,
          submission: { factor: 'otp', proof: otp },
          events: { succeeded: 's', failed: 'f' },
        },
        context,
      );
      expect(redeemed).toMatchObject({ outcome: 'refused', code: 'malformed_token' });
      const begun = await api.house.engine.begin(
        {
          purpose: 'token',
          userId: ann.userId,
          client: { id: api.clientId, name: 'Shop', mfaPolicy: 'always' },
          acrValues: [],
          scope: [],
          stepUpScopes: [],
          mfaAudience: false,
          proofs: ann.proofs,
        },
        { token: true },
        context,
      );
      const mfaToken = begun.outcome === 'begun' ? begun.mfaToken : undefined;
      const foreign = await verify(headers.location, { auth_session: mfaToken ?? '', otp_code: otp });
      expect(foreign.status).toBe(404);
    });

    it('S-16 counts a wrong code, and says so', async () => {
      const { headers, body } = await begin({ type: 'totp' });
      const wrong = { auth_session: body.auth_session, otp_code: '000000' };
      const answers = [];
      for (let tries = 0; tries < 10; tries += 1) answers.push(await verify(headers.location, wrong));
      expect(answers[0]).toMatchObject({
        status: 403,
        body: { type: 'urn:countersign:problem:invalid-proof' },
      });
      expect(answers.at(-1)).toMatchObject({ status: 429, body: { type: 'urn:countersign:problem:locked' } });
      expect(answers.at(-1)?.headers['retry-after']).toBeDefined();
    });

    it('is over after half an hour', async () => {
      const { headers, body } = await begin({ type: 'totp' });
      api.house.clock.advance(30 * 60);
      ann.proofs = [{ factor: 'password', at: api.house.clock.now }];
      const otp_code = await codeOf(body.manual_input_code, api.house.clock.now);
      const late = await verify(headers.location, { auth_session: body.auth_session, otp_code });
      expect(late).toMatchObject({
        status: 403,
        body: { type: 'urn:countersign:problem:auth-session-over' },
      });
    });
  });

  describe('a second factor that is there already', () => {
    beforeEach(async () => {
      await ann.enrolOtp();
    });

    it('S-39 has to be proved before another one is added', async () => {
      const onlyPassword = { proofs: [{ factor: 'password', at: api.house.clock.now }] };
      const refused = await ann.call('POST', methods, { type: 'totp' }, onlyPassword);
      expect(refused).toMatchObject({
        status: 403,
        body: { type: 'urn:countersign:problem:insufficient-user-authentication' },
      });
      expect(refused.headers['www-authenticate']).toBe(
        'Bearer error="insufficient_user_authentication", error_description="A second factor as strong as what you change, proved within five minutes, is required.", acr_values="http://idmanagement.gov/ns/assurance/aal/2"',
      );
      expect((await begin({ type: 'totp' })).status).toBe(202);
    });

    it('S-40 counts for five minutes, and as far as it is strong', async () => {
      const [, , otp] = await list();
      const weak = { proofs: [{ factor: 'email', methodId: (await list())[1].id, at: api.house.clock.now }] };
      const calls = [
        ['POST', methods, { type: 'totp' }],
        ['PATCH', `${methods}/${encodeURIComponent(otp.id)}`, { name: 'Mine' }],
        ['DELETE', `${methods}/${encodeURIComponent(otp.id)}`, undefined],
        ['PUT', '/preferences', { preferred_factor: 'totp' }],
        ['POST', methods, { type: 'password' }],
        ['POST', methods, { type: 'recovery-code' }],
      ] as const;
      for (const [method, path, body] of calls) {
        const refused = await ann.call(method, path, body, weak);
        expect(refused.body.type, `${method} ${path}`).toBe(
          'urn:countersign:problem:insufficient-user-authentication',
        );
      }
      api.house.clock.advance(5 * 60 + 1);
      for (const [method, path, body] of calls) {
        expect((await ann.call(method, path, body)).status, `${method} ${path}`).toBe(403);
      }
      expect((await ann.call('GET', methods)).status).toBe(200);
    });

    it('several of a kind stand side by side, and one is replaced without a gap', async () => {
      const first = await addSent({ type: 'phone', phone_number: '+12025550123' });
      const second = await addSent({
        type: 'phone',
        phone_number: '+12025550145',
        preferred_authentication_method: 'voice',
      });
      expect(first.body).toMatchObject({
        type: 'phone',
        id: expect.stringMatching(/^phone\|dev_/),
        phone_number: '+12025550123',
        preferred_authentication_method: 'sms',
        restricted: true,
      });
      expect(second.body).toMatchObject({ preferred_authentication_method: 'voice' });
      expect(
        (await list('?type=phone')).map(({ phone_number }: { phone_number: string }) => phone_number),
      ).toEqual(['+12025550123', '+12025550145']);
      const removed = await ann.call('DELETE', `${methods}/${encodeURIComponent(first.body.id)}`);
      expect(removed.status).toBe(204);
      expect(await list('?type=phone')).toHaveLength(1);
    });

    it('an address is confirmed by the code sent to it', async () => {
      const added = await addSent({ type: 'email', email: 'Ann.Other@Example.com' });
      expect(added.body).toMatchObject({ type: 'email', email: 'ann.other@example.com' });
      expect(added.body).not.toHaveProperty('restricted');
    });

    it('a device confirms itself', async () => {
      const { headers, body } = await begin({ type: 'push-notification' });
      expect(body).toEqual({
        id: expect.stringMatching(/^push-notification\|dev_/),
        auth_session: expect.any(String),
        barcode_uri: expect.stringContaining('enrollment_tx_id'),
      });
      const { auth_session } = body;
      const waiting = await verify(headers.location, { auth_session });
      expect(waiting).toMatchObject({
        status: 409,
        body: { type: 'urn:countersign:problem:device-pending' },
      });
      const ticket = new URL(body.barcode_uri).searchParams.get('enrollment_tx_id') ?? '';
      const device = makePushDevice({ clock: () => api.house.clock.now });
      await api.house.engine.devices.enrol(ticket, device.presented(), context);
      const confirmed = await verify(headers.location, { auth_session });
      expect(confirmed).toMatchObject({
        status: 201,
        body: { id: body.id, type: 'push-notification', name: 'Ann’s phone', confirmed: true },
      });
      const codes = (await list('?type=totp')).map(({ id }: { id: string }) => id);
      expect(codes).toContain(body.id.replace('push-notification', 'totp'));
    });

    it('recovery codes are renewed, and the old ones work until then', async () => {
      const [before] = await list('?type=recovery-code');
      const { headers, body } = await begin({ type: 'recovery-code' });
      expect(body).toEqual({
        id: expect.stringMatching(/^recovery-code\|dev_/),
        auth_session: expect.any(String),
        recovery_code: expect.stringMatching(/^[A-Z0-9]{24}$/),
        recovery_codes: [body.recovery_code],
      });
      expect(await list('?type=recovery-code')).toEqual([before]);
      const confirmed = await verify(headers.location, { auth_session: body.auth_session });
      expect(confirmed).toMatchObject({ status: 201, body: { id: body.id, type: 'recovery-code' } });
      expect(confirmed.body).not.toHaveProperty('name');
      expect(await list('?type=recovery-code')).toEqual([confirmed.body]);
      const template = api.house.notices.at(-1)?.template;
      expect(template).toBe('mfa_enrolled');
    });
  });

  describe('WebAuthn', () => {
    beforeEach(async () => {
      await ann.enrolOtp();
    });

    it.each([
      ['webauthn-roaming', securityKey],
      ['webauthn-platform', ownDevice],
    ] as const)('%s is added by what the browser makes', async (type, make) => {
      const { headers, body } = await begin({ type });
      expect(body).toMatchObject({ id: expect.stringMatching(new RegExp(`^${type}\\|dev_`)) });
      expect(body.authn_params_public_key).toMatchObject({ rp: { id: 'login.example.com' } });
      const authn_response = make().create(body.authn_params_public_key);
      const confirmed = await verify(headers.location, { auth_session: body.auth_session, authn_response });
      expect(confirmed).toMatchObject({
        status: 201,
        body: {
          id: body.id,
          type,
          name: expect.any(String),
          key_id: authn_response.id,
          public_key: expect.any(String),
          credential_device_type: 'single_device',
          credential_backed_up: false,
          identity_user_id: ann.userId,
          relying_party_id: 'login.example.com',
        },
      });
    });

    it('S-56 one challenge makes one credential', async () => {
      const { headers, body } = await begin({ type: 'webauthn-roaming' });
      const other = await begin({ type: 'webauthn-roaming' });
      const authn_response = securityKey().create(other.body.authn_params_public_key);
      const crossed = await verify(headers.location, { auth_session: body.auth_session, authn_response });
      expect(crossed.status).toBe(403);
    });

    it('S-40 what a step-up accepts vouches for the change, where only phishing-resistant factors count', async () => {
      const { headers, body } = await begin({ type: 'webauthn-roaming' });
      const authn_response = securityKey().create(body.authn_params_public_key);
      const { auth_session } = body;
      const key = await verify(headers.location, { auth_session, authn_response });
      await api.house.setTenant({ phishingResistantOnly: true });
      const decide = () =>
        api.house.engine.decide({
          purpose: 'login',
          userId: ann.userId,
          client: { id: api.clientId, name: 'Shop' },
          acrValues: [levelAcr(2)],
          audience: `${issuer}me/`,
          scope: [],
          stepUpScopes: [],
          mfaAudience: false,
          myAccountAudience: true,
          proofs: ann.proofs,
        });
      expect((await begin({ type: 'totp' })).status).toBe(403);
      const { requirement } = await decide();
      expect(requirement).toMatchObject({
        kind: 'challenge',
        factors: ['webauthn-roaming', 'recovery-code'],
      });
      const proof = { factor: 'webauthn-roaming', methodId: key.body.id, at: api.house.clock.now };
      ann.proofs = [...ann.proofs, { ...proof, evidence: { level: 2 } }];
      expect((await decide()).requirement.kind).toBe('none');
      expect((await begin({ type: 'totp' })).status).toBe(202);
    });

    it('a passkey has no id before it is made, and signs in alone where that is on', async () => {
      expect((await begin({ type: 'passkey' })).status).toBe(403);
      await api.house.setTenant({ passkeySignIn: true });
      const { status, headers, body } = await begin({ type: 'passkey', identity_user_id: 'ann' });
      expect(status).toBe(202);
      expect(body).not.toHaveProperty('id');
      expect(headers.location).toMatch(/\/passkey%7Cnew$/);
      expect(body.authn_params_public_key.authenticatorSelection).toMatchObject({
        residentKey: 'required',
        requireResidentKey: true,
      });
      const authn_response = ownDevice().create(body.authn_params_public_key);
      const confirmed = await verify(headers.location, { auth_session: body.auth_session, authn_response });
      expect(confirmed).toMatchObject({ status: 201, body: { usage: ['primary', 'secondary'] } });
      expect(await list('?type=passkey')).toEqual([confirmed.body]);
    });
  });

  describe('the password', () => {
    it('is a method that can be changed, not removed', async () => {
      const [entry] = await list('?type=password');
      expect(entry).toEqual({
        id: `password|${Buffer.from(ann.userId).toString('base64url')}`,
        type: 'password',
        created_at: expect.any(String),
        usage: ['primary'],
        identity_user_id: ann.userId,
        last_password_reset: expect.any(String),
      });
      const removal = await ann.call('DELETE', `${methods}/${encodeURIComponent(entry.id)}`);
      expect(removal).toMatchObject({ status: 409 });
    });

    it('changes by a session that is used up with it', async () => {
      await ann.enrolOtp();
      const { status, headers, body } = await begin({ type: 'password' });
      expect(status).toBe(202);
      expect(body).toMatchObject({
        id: 'password|new',
        policy: { complexity: { min_length: 8, character_types: [] }, history: { active: false } },
      });
      expect(headers.location).toMatch(/\/password%7Cnew$/);
      const { auth_session } = body;
      const weak = await verify(headers.location, { auth_session, new_password: 'short' });
      expect(weak).toMatchObject({
        status: 400,
        body: {
          type: expect.stringContaining('A0E-400-0003'),
          validation_errors: [{ field: 'new_password' }],
        },
      });
      const before = await storedPassword();
      const good = { auth_session, new_password: 'seven large green apples' };
      const changed = await verify(headers.location, good);
      expect(changed).toMatchObject({ status: 201, body: { type: 'password' } });
      expect(await storedPassword()).not.toBe(before);
      // What was proved before counts no more.
      expect((await verify(headers.location, good)).status).toBe(401);
    });

    it('S-40 wants the second factor, or a new sign-in from who has none', async () => {
      const { clock } = api.house;
      clock.advance(5 * 60 + 1);
      const refused = await begin({ type: 'password' });
      expect(refused.status).toBe(403);
      expect(refused.headers['www-authenticate']).toContain('max_age="300"');
      ann.proofs = [{ factor: 'password', at: clock.now }];
      const { headers, body } = await begin({ type: 'password' });
      clock.advance(5 * 60 + 1);
      const late = await verify(headers.location, {
        auth_session: body.auth_session,
        new_password: 'seven large green apples',
      });
      expect(late.status).toBe(403);
    });

    it('signs out everywhere where that is wished for', async () => {
      await addSession('one');
      const { headers, body } = await begin({ type: 'password' });
      const changed = await verify(headers.location, {
        auth_session: body.auth_session,
        new_password: 'seven large green apples',
        end_sessions: true,
      });
      expect(changed.status).toBe(201);
      expect(await api.house.database.db.selectFrom('sessions').selectAll().execute()).toEqual([]);
    });

    it('is none for who has none', async () => {
      await api.house.database.db.updateTable('users').set({ password_hash: null }).execute();
      expect(await list('?type=password')).toEqual([]);
    });

    const storedPassword = async () =>
      (await api.house.database.db.selectFrom('users').select('password_hash').executeTakeFirst())
        ?.password_hash;
  });

  describe('naming', () => {
    it.each([
      ['  Blue\tphone ', 'Blue phone'],
      [`${'x'.repeat(60)}`, 'x'.repeat(50)],
      ['<b>Blue</b>', '<b>Blue</b>'],
    ])('S-88 keeps a line of plain text: %j', async (typed, name) => {
      const { id } = await ann.enrolOtp();
      const named = await ann.call('PATCH', `${methods}/${encodeURIComponent(id)}`, { name: typed });
      expect(named).toMatchObject({ status: 200, body: { id, name } });
      expect((await list('?type=totp'))[0].name).toBe(name);
      expect((await ann.call('GET', `${methods}/${encodeURIComponent(id)}`)).body.name).toBe(name);
    });

    it('refuses what leaves nothing to see, nothing at all, and what is part of the account', async () => {
      const { id } = await ann.enrolOtp();
      const address = `${methods}/${encodeURIComponent(id)}`;
      expect((await ann.call('PATCH', address, { name: '\u202e' })).status).toBe(400);
      expect((await ann.call('PATCH', address, {})).status).toBe(400);
      expect((await ann.call('PATCH', address, { preferred_authentication_method: 'sms' })).status).toBe(403);
      const [codes] = await list('?type=recovery-code');
      const named = await ann.call('PATCH', `${methods}/${encodeURIComponent(codes.id)}`, { name: 'x' });
      expect(named.status).toBe(403);
      const [own] = await list('?type=email');
      const owned = `${methods}/${encodeURIComponent(own.id)}`;
      expect((await ann.call('PATCH', owned, { name: 'x' })).status).toBe(409);
      expect((await ann.call('DELETE', owned)).status).toBe(409);
    });

    it('chooses how a phone’s codes come', async () => {
      await ann.enrolOtp();
      const { body } = await addSent({ type: 'phone', phone_number: '+12025550123' });
      const address = `${methods}/${encodeURIComponent(body.id)}`;
      const changed = await ann.call('PATCH', address, { preferred_authentication_method: 'voice' });
      expect(changed.body.preferred_authentication_method).toBe('voice');
      expect(changed.body.last_auth_at).toBe(body.last_auth_at);
    });
  });

  it('tells when and where a method was last used, and changes that by nothing else', async () => {
    const { secret, id } = await ann.enrolOtp();
    const { engine, clock } = api.house;
    const begun = await engine.begin(
      {
        purpose: 'token',
        userId: ann.userId,
        client: { id: api.clientId, name: 'Shop', mfaPolicy: 'always' },
        acrValues: [],
        scope: [],
        stepUpScopes: [],
        mfaAudience: false,
        proofs: [{ factor: 'password', at: clock.now }],
      },
      { token: true },
      context,
    );
    if (begun.outcome !== 'begun') throw new Error('Nothing was begun.');
    clock.advance(60);
    const userAgent =
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
    await engine.submit(
      begun.transaction.id,
      { factor: 'otp', proof: await codeOf(secret, clock.now) },
      { ip: '203.0.113.9', userAgent },
    );
    const expected = {
      id,
      last_auth_at: new Date(clock.now).toISOString(),
      last_used: { ip: '203.0.113.9', user_agent: userAgent, browser: 'Chrome', system: 'macOS' },
    };
    clock.advance(30);
    await ann.call('PATCH', `${methods}/${encodeURIComponent(id)}`, { name: 'Renamed' });
    expect(await list('?type=totp')).toMatchObject([{ ...expected, name: 'Renamed' }]);
  });

  async function addSession(uid: string) {
    const { clock, database } = api.house;
    const times = { created_at: clock.now, updated_at: clock.now, expires_at: clock.now + 60_000 };
    await database.db
      .insertInto('sessions')
      .values({ uid, user_id: ann.userId, proofs: '[]', ip: '192.0.2.1', user_agent: 'x', ...times })
      .execute();
  }
});
