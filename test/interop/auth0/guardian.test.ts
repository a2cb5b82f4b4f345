import { generateKeyPairSync } from 'node:crypto';
import type { ManagementClient } from 'auth0';
import { beforeAll, describe, expect, it } from 'vitest';
import { forEachServer } from '../../support/server.ts';
import certificate from '../../support/simulators/apnsCertificate.json' with { type: 'json' };
import { Deployment } from '../deployment.ts';
import { expectProblem, managementClient } from './managementClient.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const serviceAccount = JSON.stringify({
  type: 'service_account',
  project_id: 'acme',
  private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  client_email: 'push@acme.iam.gserviceaccount.com',
  token_uri: 'https://oauth2.googleapis.com/token',
});
const accountSid = `AC${'0123456789abcdef'.repeat(2)}`;
const arn = (platform: string) => `arn:aws:sns:eu-central-1:123456789012:app/${platform}/acme`;

/** What `user show` prints, as far as it is read here. */
interface WireUserShown {
  authentication_methods: { id: string }[];
}

forEachServer((_engine, start) => {
  let deployment: Deployment;
  let management: ManagementClient;
  let reader: ManagementClient;

  beforeAll(async () => {
    deployment = await Deployment.start(start);
    [management, reader] = await Promise.all([
      managementClient(deployment),
      managementClient(deployment, ['read:guardian_factors']),
    ]);
  });

  describe('guardian.factors', () => {
    it('list tells all eight, in Auth0’s order', async () => {
      const factors = await management.guardian.factors.list();
      expect(factors.map(({ name }) => name)).toEqual([
        'sms',
        'push-notification',
        'otp',
        'email',
        'duo',
        'webauthn-roaming',
        'webauthn-platform',
        'recovery-code',
      ]);
      expect(factors.find(({ name }) => name === 'otp')).toEqual({
        name: 'otp',
        enabled: true,
        trial_expired: false,
      });
      const settings = { otp_length: 6, otp_expiration_time: 300 };
      expect(factors.find(({ name }) => name === 'email')).toMatchObject({ settings });
    });

    it('set switches one on and off, as the command line sees it', async () => {
      const { factors } = management.guardian;
      expect(await factors.set('email', { enabled: true })).toEqual({ enabled: true });
      const listed = await deployment.server.cli<{ name: string; enabled: boolean }[]>('factor', 'list');
      expect(listed).toContainEqual({ name: 'email', enabled: true });
      expect(await factors.set('email', { enabled: false })).toEqual({ enabled: false });
    });

    it('set refuses a factor that there isn’t', async () => {
      const call = management.guardian.factors.set('phone' as 'sms', { enabled: true });
      await expectProblem(call, { statusCode: 400, errorCode: 'invalid_uri' });
    });
  });

  it('guardian.policies list and set', async () => {
    const { policies } = management.guardian;
    expect(await policies.list()).toEqual([]);
    expect(await policies.set(['all-applications'])).toEqual(['all-applications']);
    expect(await policies.list()).toEqual(['all-applications']);
    expect(await policies.set([])).toEqual([]);
    await expectProblem(policies.set(['confidence-score']), {
      statusCode: 400,
      errorCode: 'operation_not_supported',
    });
  });

  it('guardian get and set', async () => {
    const settings = {
      display_remember_me_checkbox: true,
      remember_me_default_value: true,
      mfa_session_inactivity_timeout: 3 * 86_400,
      mfa_session_overall_timeout: 14 * 86_400,
    };
    const { guardian } = management;
    expect(await guardian.get()).toMatchObject({ remember_me_default_value: false });
    expect(await guardian.set(settings)).toEqual(settings);
    expect(await guardian.get()).toEqual(settings);
  });

  it('guardian.factors.phone and email: get and set', async () => {
    for (const factor of [management.guardian.factors.phone, management.guardian.factors.email]) {
      const settings = { otp_length: 6, otp_expiration_time: 120 };
      expect(await factor.set(settings)).toEqual(settings);
      expect(await factor.get()).toEqual(settings);
      await expectProblem(factor.set({ otp_length: 8, otp_expiration_time: 120 }), {
        statusCode: 400,
        errorCode: 'invalid_body',
      });
    }
  });

  it('guardian.factors.phone: getMessageTypes and setMessageTypes', async () => {
    const { phone } = management.guardian.factors;
    const both = { message_types: ['voice' as const, 'sms' as const] };
    expect(await phone.setMessageTypes(both)).toEqual(both);
    expect(await phone.getMessageTypes()).toEqual(both);
  });

  describe('guardian.factors.phone and its twin sms', () => {
    it('getTemplates and setTemplates', async () => {
      const { phone, sms } = management.guardian.factors;
      const templates = {
        enrollment_message: '{{ code }} sets your phone up.',
        verification_message: '{{ code }} verifies.',
      };
      expect((await sms.getTemplates())?.verification_message).toContain('code');
      expect(await phone.setTemplates(templates)).toEqual(templates);
      expect(await sms.getTemplates()).toEqual(templates);
      const changed = { ...templates, verification_message: '{{ code }} it is.' };
      expect(await sms.setTemplates(changed)).toEqual(changed);
      expect(await phone.getTemplates()).toEqual(changed);
      await expectProblem(sms.setTemplates({ ...templates, enrollment_message: 'No code.' }), {
        statusCode: 400,
        errorCode: 'invalid_body',
        message: expect.stringContaining('enrollment_message'),
      });
    });

    it('getSelectedProvider and setProvider, getTwilioProvider and setTwilioProvider', async () => {
      const { phone, sms } = management.guardian.factors;
      expect(await phone.getSelectedProvider()).toEqual({ provider: 'auth0' });
      expect(await phone.getTwilioProvider()).toEqual({});
      // As Terraform does: chosen first, set up then.
      expect(await phone.setProvider({ provider: 'twilio' })).toEqual({ provider: 'twilio' });
      const twilio = { from: '+4915112345678', auth_token: 'token-of-twilio', sid: accountSid };
      expect(await sms.setTwilioProvider(twilio)).toEqual(twilio);
      expect(await phone.getTwilioProvider()).toEqual(twilio);
      expect(await sms.getSelectedProvider()).toEqual({ provider: 'twilio' });
      for (const channel of ['sms', 'voice'])
        expect(await deployment.server.cli('provider', 'show', channel)).toMatchObject({
          name: 'twilio',
          settings: { account_sid: accountSid, from: '+4915112345678' },
        });
      // Who may not set it isn't told the secret.
      expect((await reader.guardian.factors.sms.getTwilioProvider()).auth_token).toBe('********');
      await expectProblem(phone.setTwilioProvider({ ...twilio, sid: 'nonsense' }), {
        statusCode: 400,
        errorCode: 'invalid_body',
        message: expect.stringMatching(/on property sid\.$/),
      });
      await expectProblem(phone.setProvider({ provider: 'phone-message-hook' }), { statusCode: 400 });
      expect(await phone.setTwilioProvider({ ...twilio, from: 'Acme' })).toMatchObject({ from: 'Acme' });
      expect(await sms.setProvider({ provider: 'auth0' })).toEqual({ provider: 'auth0' });
      expect(await sms.getTwilioProvider()).toEqual({});
    });
  });

  describe('guardian.factors.pushNotification', () => {
    it('getSelectedProvider and setProvider', async () => {
      const { pushNotification } = management.guardian.factors;
      expect(await pushNotification.getSelectedProvider()).toEqual({ provider: 'guardian' });
      for (const provider of ['sns', 'direct', 'guardian'] as const) {
        expect(await pushNotification.setProvider({ provider })).toEqual({ provider });
        expect(await pushNotification.getSelectedProvider()).toEqual({ provider });
      }
    });

    it('getSnsProvider, setSnsProvider and updateSnsProvider', async () => {
      const { pushNotification } = management.guardian.factors;
      expect(await pushNotification.getSnsProvider()).toEqual({});
      const shown = {
        aws_access_key_id: 'AKIAEXAMPLE',
        aws_region: 'eu-central-1',
        sns_apns_platform_application_arn: arn('APNS'),
      };
      const sns = { ...shown, aws_secret_access_key: 'secret-of-aws' };
      expect(await pushNotification.setSnsProvider(sns)).toEqual(sns);
      expect(await pushNotification.getSnsProvider()).toEqual(shown);
      const google = { sns_gcm_platform_application_arn: arn('GCM') };
      expect(await pushNotification.updateSnsProvider(google)).toEqual({ ...sns, ...google });
      expect(await pushNotification.getSelectedProvider()).toEqual({ provider: 'sns' });
      await expectProblem(pushNotification.updateSnsProvider({ aws_region: 'us-east-1' }), {
        statusCode: 400,
        message: expect.stringContaining('aws_region'),
      });
      await pushNotification.setProvider({ provider: 'guardian' });
    });

    it('setFcmv1Provider and updateFcmv1Provider', async () => {
      const { pushNotification } = management.guardian.factors;
      const credentials = { server_credentials: serviceAccount };
      expect(await pushNotification.setFcmv1Provider(credentials)).toEqual({});
      expect(await pushNotification.updateFcmv1Provider(credentials)).toEqual({});
      expect(await pushNotification.getSelectedProvider()).toEqual({ provider: 'direct' });
      await expectProblem(pushNotification.setFcmv1Provider({ server_credentials: '{}' }), {
        statusCode: 400,
        errorCode: 'invalid_body',
      });
      expect(await pushNotification.setFcmv1Provider({ server_credentials: null })).toEqual({});
      expect(await pushNotification.getSelectedProvider()).toEqual({ provider: 'guardian' });
    });

    it('setFcmProvider and updateFcmProvider: the legacy service is no more', async () => {
      const { pushNotification } = management.guardian.factors;
      const refused = { statusCode: 400, errorCode: 'operation_not_supported' };
      await expectProblem(pushNotification.setFcmProvider({ server_key: 'AAAA' }), refused);
      await expectProblem(pushNotification.updateFcmProvider({ server_key: 'AAAA' }), refused);
    });

    it('getApnsProvider, setApnsProvider and updateApnsProvider', async () => {
      const { pushNotification } = management.guardian.factors;
      const none = { bundle_id: null, sandbox: false, enabled: false };
      expect(await pushNotification.getApnsProvider()).toEqual(none);
      await expectProblem(pushNotification.setApnsProvider({ bundle_id: 'com.acme', p12: 'AAAA' }), {
        statusCode: 400,
        errorCode: 'invalid_body',
      });
      const p12 = certificate.openP12;
      const apns = { bundle_id: 'com.acme', sandbox: true };
      expect(await pushNotification.setApnsProvider({ ...apns, p12 })).toEqual(apns);
      expect(await pushNotification.getApnsProvider()).toEqual({ ...apns, enabled: true });
      const live = { bundle_id: 'com.acme', sandbox: false };
      expect(await pushNotification.updateApnsProvider({ sandbox: false })).toEqual(live);
      expect(await pushNotification.updateApnsProvider({ bundle_id: null, p12: null })).toEqual({
        bundle_id: null,
        sandbox: false,
      });
    });
  });

  it('guardian.factors.duo.settings get, set and update', async () => {
    const { settings } = management.guardian.factors.duo;
    const duo = { ikey: 'DI0123456789ABCDEFGH', skey: 'k'.repeat(40), host: 'api-12ab34cd.duosecurity.com' };
    expect(await settings.get()).toEqual({ ikey: '', skey: '', host: '' });
    expect(await settings.set(duo)).toEqual(duo);
    const moved = { ...duo, host: 'api-98ab34cd.duosecurity.com' };
    expect(await settings.update({ host: moved.host })).toEqual(moved);
    expect(await settings.get()).toEqual(moved);
    expect((await reader.guardian.factors.duo.settings.get()).skey).toBe('********');
    expect(await settings.set({})).toEqual({ ikey: '', skey: '', host: '' });
    await expectProblem(settings.update({ host: 'https://duo.example.com' }), {
      statusCode: 400,
      message: expect.stringMatching(/on property host\.$/),
    });
  });

  it('guardian.enrollments get and delete', async () => {
    const { enrollments } = management.guardian;
    const person = await deployment.enrolledPerson();
    const { authentication_methods: methods } = await deployment.server.cli<WireUserShown>(
      ...['user', 'show', person.userId],
    );
    const id = methods.find((method) => method.id.startsWith('totp|'))?.id ?? '';
    const enrolled = {
      id,
      status: 'confirmed',
      enrolled_at: expect.any(String),
      last_auth: expect.any(String),
    };
    expect(await enrollments.get(id)).toMatchObject(enrolled);
    expect(await enrollments.get(id.slice(id.indexOf('|') + 1))).toMatchObject({ id });
    await enrollments.delete(id);
    await enrollments.delete(id);
    await expectProblem(enrollments.get(id), { statusCode: 404 });
  });
});
