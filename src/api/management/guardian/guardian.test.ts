import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../../../test/support/databases.ts';
import {
  type Answer,
  createTestManagement,
  issuer,
  type TestManagement,
} from '../../../../test/support/management.ts';
import { inviteOperator } from '../../../accounts/operators.ts';
import { systemClock } from '../../../config/clock.ts';
import { findProvider, openConfig } from '../../../delivery/providerStore.ts';
import { MethodStore } from '../../../mfa/methods.ts';
import { readTenantSettings } from '../../../tenant/tenantSettings.ts';

const sid = `AC${'0123456789abcdef'.repeat(2)}`;
const twilio = { from: '+4915112345678', auth_token: 'canary-of-twilio', sid };

forEachDatabase((_engine, open) => {
  let house: TestManagement;

  beforeEach(async () => {
    house = await createTestManagement(await open());
  });

  const get = (path: string, scopes?: string[]) => house.call('GET', `/guardian${path}`, undefined, scopes);
  const put = (path: string, body: unknown) => house.call('PUT', `/guardian${path}`, body);
  const patch = (path: string, body: unknown) => house.call('PATCH', `/guardian${path}`, body);
  const tenant = () => readTenantSettings(house.database.db);
  const turn = (name: string, enabled: boolean) => put(`/factors/${name}`, { enabled });

  function expectRefused({ status, body }: Answer, errorCode: string, message: RegExp): void {
    expect({ status, body }).toMatchObject({
      status: 400,
      body: { statusCode: 400, error: 'Bad Request', errorCode, message: expect.stringMatching(message) },
    });
  }

  describe('/guardian/factors', () => {
    it('S-108 a switch counts at once, and is logged once with the application', async () => {
      expect(await turn('sms', true)).toMatchObject({ status: 200, body: { enabled: true } });
      await turn('sms', true);
      expect((await tenant()).factors.phone?.enabled).toBe(true);
      const [change, ...more] = await house.changes();
      expect(more).toEqual([]);
      expect(change).toMatchObject({
        clientId: change?.details.actor,
        description: 'Factor enable',
        details: { factor: 'phone' },
      });
      const { body } = await get('/factors');
      expect(body[0]).toEqual({
        name: 'sms',
        enabled: true,
        trial_expired: false,
        settings: { otp_length: 6, otp_expiration_time: 300 },
      });
    });

    it('keeps the settings of a factor that is switched', async () => {
      await put('/factors/phone/settings', { otp_length: 6, otp_expiration_time: 120 });
      await turn('sms', true);
      expect((await tenant()).factors.phone).toEqual({
        enabled: true,
        settings: { codeLifetimeSeconds: 120 },
      });
    });

    it('takes back what the list said, as deployments do', async () => {
      const { body: listed } = await get('/factors');
      for (const { name, enabled, settings } of listed)
        expect(await put(`/factors/${name}`, { enabled, ...(settings ? { settings } : {}) })).toMatchObject({
          status: 200,
        });
      expect((await get('/factors')).body).toEqual(listed);
    });

    it.each(['email', 'webauthn-platform', 'recovery-code'])(
      'switches %s on only beside a factor that may be the only one',
      async (name) => {
        await turn(name, false);
        await turn('otp', false);
        expectRefused(await turn(name, true), 'operation_not_supported', /needs another beside it/);
        expect((await tenant()).factors[name]?.enabled ?? false).toBe(false);
        await turn('webauthn-roaming', true);
        expect(await turn(name, true)).toMatchObject({ status: 200 });
      },
    );

    it.each(['phone', 'voice', 'totp', 'guardian', 'temporary-pass'])('knows no factor %s', async (name) => {
      expectRefused(await turn(name, true), 'invalid_uri', /^Path validation error: .* on property name\.$/);
    });

    it.each([[{}], [{ enabled: 'true' }], [{ enabled: true, name: 'otp' }], [[]]])(
      'S-90 takes no body %j',
      async (body) => {
        expectRefused(await put('/factors/otp', body), 'invalid_body', /^Payload validation error: /);
      },
    );
  });

  describe('/guardian/policies', () => {
    it('S-108 all-applications asks everybody; empty asks nobody; each change is logged', async () => {
      expect(await put('/policies', ['all-applications', 'confidence-score'])).toMatchObject({
        status: 200,
        body: ['all-applications'],
      });
      expect((await tenant()).policy).toBe('always');
      expect((await put('/policies', [])).body).toEqual([]);
      expect((await tenant()).policy).toBe('never');
      const changes = (await house.changes()).map(({ details: { from, to } }) => ({ from, to }));
      expect(changes).toEqual([
        { from: { policy: 'never' }, to: { policy: 'always' } },
        { from: { policy: 'always' }, to: { policy: 'never' } },
      ]);
    });

    it('demands nothing that nobody could set up', async () => {
      await turn('otp', false);
      expectRefused(
        await put('/policies', ['all-applications']),
        'operation_not_supported',
        /Enable a factor/,
      );
      expect((await tenant()).policy).toBe('never');
    });

    it.each([[['confidence-score']], [['always']], [{}], ['all-applications']])(
      'refuses %j',
      async (body) => {
        expect((await put('/policies', typeof body === 'string' ? `"${body}"` : body)).status).toBe(400);
      },
    );
  });

  describe('/guardian/settings', () => {
    const settings = {
      display_remember_me_checkbox: true,
      remember_me_default_value: false,
      mfa_session_inactivity_timeout: 86_400,
      mfa_session_overall_timeout: 90 * 86_400,
    };

    it('sets how browsers are remembered', async () => {
      expect((await put('/settings', settings)).body).toEqual(settings);
      expect((await tenant()).rememberBrowser).toEqual({
        enabled: true,
        isTicked: false,
        idleDays: 1,
        absoluteDays: 90,
      });
    });

    it.each([
      ['mfa_session_inactivity_timeout', 3600],
      ['mfa_session_inactivity_timeout', 31 * 86_400],
      ['mfa_session_overall_timeout', 91 * 86_400],
      ['mfa_session_overall_timeout', undefined],
    ])('refuses %s of %s', async (member, value) => {
      const answer = await put('/settings', { ...settings, [member]: value });
      expectRefused(answer, 'invalid_body', new RegExp(member));
    });

    it('refuses an idle time above the overall one', async () => {
      const wrong = { ...settings, mfa_session_inactivity_timeout: 2 * 86_400 };
      const answer = await put('/settings', { ...wrong, mfa_session_overall_timeout: 86_400 });
      expectRefused(answer, 'invalid_body', /must not exceed .* on property mfa_session_inactivity_timeout/);
    });
  });

  describe('providers', () => {
    const stored = async (channel: 'sms' | 'voice' | 'apns' | 'fcm') => {
      const provider = await findProvider(house.database.db, channel, 'primary');
      return provider && { name: provider.name, ...openConfig(house.vault, provider) };
    };

    it('S-105 no secret is in the log, and none is told to who may only read', async () => {
      const aws = { aws_access_key_id: 'canary-id', aws_secret_access_key: 'canary-of-aws' };
      const arn = 'arn:aws:sns:eu-central-1:123456789012:app/APNS/acme';
      const skey = 'canary'.padEnd(40, 'x');
      await put('/factors/phone/providers/twilio', twilio);
      await put('/factors/push-notification/providers/sns', {
        ...aws,
        aws_region: 'eu-central-1',
        sns_apns_platform_application_arn: arn,
      });
      const duo = { ikey: 'DI0123456789ABCDEFGH', skey, host: 'api-12ab34cd.duosecurity.com' };
      expect((await put('/factors/duo/settings', duo)).body).toEqual(duo);
      const logged = await house.database.db.selectFrom('logs').selectAll().execute();
      expect(await house.changes()).toHaveLength(4);
      expect(JSON.stringify(logged)).not.toMatch(/canary-of|canaryx/);
      for (const path of ['phone/providers/twilio', 'push-notification/providers/sns', 'duo/settings']) {
        const { status, body } = await get(`/factors/${path}`, ['read:guardian_factors']);
        expect(status).toBe(200);
        expect(JSON.stringify(body)).not.toMatch(/canary-of|canaryx/);
      }
      expect((await tenant()).factors.duo).toMatchObject({
        settings: { skey: expect.not.stringContaining('canary') },
      });
    });

    it('Twilio for texts is Twilio for calls, where it has a number and calls have no other', async () => {
      await put('/factors/sms/providers/twilio', twilio);
      const account = { settings: { accountSid: sid, from: twilio.from } };
      const credentials = { authToken: twilio.auth_token };
      expect(await stored('sms')).toEqual({ name: 'twilio', ...account, credentials });
      expect(await stored('voice')).toEqual({ name: 'twilio', ...account, credentials });
      await put('/factors/phone/providers/twilio', { ...twilio, from: 'Acme' });
      expect(await stored('voice')).toBeUndefined();
      await put('/factors/phone/providers/twilio', {});
      expect(await stored('sms')).toBeUndefined();
    });

    it.each([
      [{ ...twilio, from: null }, /sender missing/],
      [{ ...twilio, auth_token: null }, /on property auth_token\.$/],
      [{ ...twilio, token: 'x' }, /Additional properties not allowed: token/],
      [{ ...twilio, from: 'x'.repeat(65) }, /on property from\.$/],
    ])('refuses Twilio with %j, and leaves what was', async (body, message) => {
      await put('/factors/phone/providers/twilio', twilio);
      expectRefused(await put('/factors/phone/providers/twilio', body), 'invalid_body', message);
      expect(await stored('sms')).toMatchObject({ settings: { from: twilio.from } });
    });

    it('a choice sends nothing until it is set up; none forgets what was', async () => {
      const path = '/factors/phone/selected-provider';
      expect((await put(path, { provider: 'twilio' })).status).toBe(200);
      expect((await get(path)).body).toEqual({ provider: 'twilio' });
      expect((await get('/factors/phone/providers/twilio')).body).toEqual({});
      await put(path, { provider: 'auth0' });
      expect(await stored('sms')).toBeUndefined();
      expect((await house.changes()).map(({ description }) => description)).toEqual([
        'Set a provider',
        'Remove a provider',
      ]);
    });

    it('SNS takes the place of what woke the same devices, and no other', async () => {
      const path = '/factors/push-notification';
      await put(`${path}/selected-provider`, { provider: 'direct' });
      await put(`${path}/providers/sns`, {
        ...{ aws_access_key_id: 'id', aws_secret_access_key: 'secret', aws_region: 'eu-central-1' },
        sns_gcm_platform_application_arn: 'arn:aws:sns:eu-central-1:123456789012:app/GCM/acme',
      });
      expect(await stored('fcm')).toMatchObject({ name: 'aws-sns' });
      expect(await stored('apns')).toMatchObject({ name: 'apns' });
      expectRefused(
        await patch(`${path}/providers/sns`, { aws_secret_access_key: null }),
        'invalid_body',
        /on property aws_secret_access_key\.$/,
      );
    });
  });

  describe('WebAuthn', () => {
    it('has Auth0’s settings in camel case, and leaves the others alone', async () => {
      const path = '/factors/webauthn-roaming/settings';
      expect((await get(path)).body).toEqual({
        userVerification: 'discouraged',
        overrideRelyingParty: false,
      });
      const changed = {
        userVerification: 'required',
        overrideRelyingParty: true,
        relyingPartyIdentifier: 'example.com',
      };
      expect((await put(path, changed)).body).toEqual(changed);
      expect((await tenant()).factors['webauthn-roaming']?.settings).toEqual({
        userVerification: 'required',
        relyingPartyIdentifier: 'example.com',
      });
      const reset = { overrideRelyingParty: false, relyingPartyIdentifier: '' };
      expect((await put(path, reset)).body).toEqual({
        userVerification: 'discouraged',
        overrideRelyingParty: false,
      });
    });

    it('refuses a domain that isn’t one of the pages', async () => {
      const other = { overrideRelyingParty: true, relyingPartyIdentifier: 'example.org' };
      const answer = await put('/factors/webauthn-platform/settings', other);
      expectRefused(answer, 'invalid_body', /on property relyingPartyIdentifier\.$/);
    });

    it('a device always verifies its user', async () => {
      const answer = await put('/factors/webauthn-platform/settings', { userVerification: 'required' });
      expectRefused(answer, 'invalid_body', /Additional properties not allowed: userVerification/);
    });
  });

  it('enrolments that aren’t there: 404 to read, 204 to delete', async () => {
    for (const id of ['totp|dev_nobody', 'dev_nobody', '%7C', 'sms|dev_nobody']) {
      expect(await get(`/enrollments/${id}`)).toMatchObject({ status: 404, body: { statusCode: 404 } });
      expect(await house.call('DELETE', `/guardian/enrollments/${id}`)).toMatchObject({
        status: 204,
        body: undefined,
      });
    }
  });

  it('S-106 an operator’s enrolments are neither told nor taken away; a person’s are', async () => {
    const { db } = house.database;
    const methods = new MethodStore(house.vault);
    const add = async (userId: string, id: string) => {
      await methods.insert(db, { id, userId, factor: 'otp', state: {}, now: 1 });
      return `/enrollments/${encodeURIComponent(id)}`;
    };
    const { user } = await house.database.transaction((trx) =>
      inviteOperator(
        trx,
        { vault: house.vault, clock: systemClock, publicUrl: issuer },
        'op@example.com',
      ).then((invited) => {
        if (!('user' in invited)) throw new Error('No operator was made.');
        return invited;
      }),
    );
    const operators = await add(user.id, 'totp|dev_operator');
    expect((await get(operators)).status).toBe(404);
    expect((await house.call('DELETE', `/guardian${operators}`)).status).toBe(204);
    expect(await methods.ofUser(db, user.id)).toHaveLength(1);

    const userId = await house.addUser('ann@example.com');
    const persons = await add(userId, 'totp|dev_person');
    expect((await get(persons)).body).toEqual({
      id: 'totp|dev_person',
      status: 'confirmed',
      enrolled_at: '1970-01-01T00:00:00.001Z',
    });
    expect((await house.call('DELETE', `/guardian${persons}`)).status).toBe(204);
    expect(await methods.ofUser(db, userId)).toEqual([]);
  });
});
