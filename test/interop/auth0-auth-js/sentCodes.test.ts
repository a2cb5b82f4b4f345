import type { AuthClient } from '@auth0/auth0-auth-js';
import { beforeAll, describe, expect, it } from 'vitest';
import { forEachServer } from '../../support/server.ts';
import { Deployment, type Person } from '../deployment.ts';
import { authClient, ownPagesGrants, passwordThenMfa } from './authJs.ts';

type Channel = 'sms' | 'voice' | 'email';
type Enrolled = Awaited<ReturnType<AuthClient['mfa']['enrollAuthenticator']>>;
type EnrolledByCode = Extract<Enrolled, { authenticatorType: 'oob' }>;

const multiFactor = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor';
const everything = 'enroll read:authenticators remove:authenticators';
const deviceId = 'dev_[A-Za-z0-9]{16}';

forEachServer((_engine, start) => {
  let deployment: Deployment;
  let client: AuthClient;

  beforeAll(async () => {
    deployment = await Deployment.start(start, { sentCodes: true });
    const application = await deployment.application(
      '--grant-types',
      ownPagesGrants,
      '--mfa-policy',
      'always',
    );
    client = authClient(deployment, application);
  });

  async function enrol(mfaToken: string, channel: Channel, to?: string): Promise<EnrolledByCode> {
    const authenticatorTypes: ['oob'] = ['oob'];
    const enrolment = await client.mfa.enrollAuthenticator(
      channel === 'email'
        ? { mfaToken, authenticatorTypes, oobChannels: [channel], ...(to === undefined ? {} : { email: to }) }
        : { mfaToken, authenticatorTypes, oobChannels: [channel], phoneNumber: to ?? '' },
    );
    if (enrolment.authenticatorType !== 'oob') throw new Error('Another kind of authenticator was enrolled.');
    return enrolment;
  }

  const verify = (mfaToken: string, oobCode: string, bindingCode?: string) =>
    client.mfa.verify({
      ...{ mfaToken, factorType: 'oob', oobCode },
      ...(bindingCode === undefined ? {} : { bindingCode }),
    });

  const tokenOf = async (person: Person): Promise<string> =>
    (await passwordThenMfa(client, person)).cause.mfa_token;

  async function challenge(mfaToken: string, authenticatorId?: string): Promise<string> {
    const { challengeType, bindingMethod, oobCode } = await client.mfa.challengeAuthenticator({
      ...{ mfaToken, challengeType: 'oob' },
      ...(authenticatorId === undefined ? {} : { authenticatorId }),
    });
    expect({ challengeType, bindingMethod }).toEqual({ challengeType: 'oob', bindingMethod: 'prompt' });
    return oobCode ?? '';
  }

  /** Somebody who gets codes by text message or call to a number, with the ids of both. */
  async function callablePerson() {
    const person = await deployment.person();
    const number = deployment.number();
    const mfaToken = await tokenOf(person);
    const { id, oobCode } = await enrol(mfaToken, 'sms', number);
    await verify(mfaToken, oobCode ?? '', await deployment.codeSentTo(number, 'sms'));
    const sms = id ?? '';
    return { ...person, number, sms, voice: sms.replace(/^sms/, 'voice') };
  }

  const wrong = (code: string) => (code === '000000' ? '111111' : '000000');

  describe('a phone', () => {
    it.each([
      ['sms', 'sms'],
      ['voice', 'tel'],
    ] as const)('is enrolled by %s, and the code that came confirms it', async (channel, amr) => {
      const kim = await deployment.person();
      const number = deployment.number();
      const mfaToken = await tokenOf(kim);
      const enrolment = await enrol(mfaToken, channel, number);
      expect(enrolment).toEqual({
        authenticatorType: 'oob',
        id: expect.stringMatching(`^${channel}\\|${deviceId}$`),
        oobChannel: channel,
        oobCode: expect.stringMatching(/^[\w-]{43}$/),
        bindingMethod: 'prompt',
        recoveryCodes: [expect.stringMatching(/^[A-Z1-9]{24}$/)],
      });
      const code = await deployment.codeSentTo(number, channel);
      expect(code).toMatch(/^[0-9]{6}$/);
      await expect(verify(mfaToken, enrolment.oobCode ?? '', wrong(code))).rejects.toMatchObject({
        name: 'MfaVerifyError',
        statusCode: 403,
        cause: { error: 'invalid_grant', error_description: 'Invalid binding_code.' },
      });
      const tokens = await verify(mfaToken, enrolment.oobCode ?? '', code);
      expect(tokens.claims).toMatchObject({
        sub: kim.userId,
        acr: multiFactor,
        amr: expect.arrayContaining(['mfa', 'pwd', amr]),
      });
    });

    it('is listed once for each channel, masked, and with the address that counts by itself', async () => {
      const kim = await callablePerson();
      const { cause } = await passwordThenMfa(client, kim);
      expect(cause.mfa_requirements).toEqual({
        challenge: [{ type: 'phone' }, { type: 'email' }, { type: 'recovery-code' }],
      });
      const listed = await client.mfa.listAuthenticators({ mfaToken: cause.mfa_token });
      expect(listed.map(({ id, type, name, active }) => [id.split('|')[0], type, name, active])).toEqual([
        ['sms', 'phone', `XXXXXXXXXX${kim.number.slice(-4)}`, true],
        ['voice', 'phone', `XXXXXXXXXX${kim.number.slice(-4)}`, true],
        ['recovery-code', 'recovery-code', undefined, true],
        ['email', 'email', expect.stringMatching(/^[^@]*\*@exam\*+$/), true],
      ]);
      const [sms, voice] = listed;
      expect([sms?.id, voice?.id]).toEqual([kim.sms, kim.voice]);
      expect(JSON.stringify(listed)).not.toContain(kim.number.slice(1, -4));
      expect(JSON.stringify(listed)).not.toContain(kim.email);
    });

    it('gets a new code at each challenge, by the channel that was chosen, and only the latest is good', async () => {
      const kim = await callablePerson();
      const mfaToken = await tokenOf(kim);
      const first = await challenge(mfaToken, kim.sms);
      const firstCode = await deployment.codeSentTo(kim.number, 'sms');
      const second = await challenge(mfaToken, kim.sms);
      expect(second).not.toBe(first);
      const called = await challenge(mfaToken, kim.voice);
      const code = await deployment.codeSentTo(kim.number, 'voice');
      for (const oobCode of [first, second]) {
        await expect(verify(mfaToken, oobCode, firstCode)).rejects.toMatchObject({
          statusCode: 401,
          cause: { error: 'expired_token', error_description: 'oob_code is expired' },
        });
      }
      if (firstCode !== code) {
        await expect(verify(mfaToken, called, firstCode)).rejects.toMatchObject({
          cause: { error: 'invalid_grant', error_description: 'Invalid binding_code.' },
        });
      }
      expect((await verify(mfaToken, called, code)).claims?.amr).toEqual(['mfa', 'pwd', 'tel']);
      await expect(verify(mfaToken, called, code)).rejects.toMatchObject({
        cause: { error: 'expired_token', error_description: 'mfa_token is expired' },
      });
    });

    it('takes no code that ran out, none of another login, and none at all', async () => {
      const kim = await callablePerson();
      const mfaToken = await tokenOf(kim);
      const oobCode = await challenge(mfaToken);
      const code = await deployment.codeSentTo(kim.number, 'sms');
      await expect(verify(mfaToken, oobCode)).rejects.toMatchObject({
        statusCode: 400,
        cause: {
          error: 'invalid_request',
          error_description: 'Missing required parameter: binding_code',
        },
      });
      const elsewhere = await tokenOf(kim);
      await expect(verify(elsewhere, oobCode, code)).rejects.toMatchObject({
        statusCode: 400,
        cause: { error: 'invalid_request', error_description: "The oob_code doesn't match the mfa_token" },
      });
      await deployment.expireCodes(kim);
      await expect(verify(mfaToken, oobCode, code)).rejects.toMatchObject({
        statusCode: 401,
        cause: { error: 'expired_token', error_description: 'oob_code is expired' },
      });
      const again = await challenge(mfaToken);
      await verify(mfaToken, again, await deployment.codeSentTo(kim.number, 'sms'));
    });

    it('is gone with either of its two entries, and takes what depends on it along', async () => {
      for (const which of ['sms', 'voice'] as const) {
        const kim = await callablePerson();
        const token = await managementToken(kim);
        await client.mfa.deleteAuthenticator({ mfaToken: token, authenticatorId: kim[which] });
        const left = await client.mfa.listAuthenticators({ mfaToken: token });
        expect(left.map(({ authenticatorType, type }) => [authenticatorType, type])).toEqual([
          ['oob', 'email'],
        ]);
        const { cause } = await passwordThenMfa(client, kim);
        expect(cause.mfa_requirements).toEqual({ enroll: [{ type: 'otp' }, { type: 'phone' }] });
      }
    });

    it('gets ten codes and no eleventh, and the refusal tells until when', async () => {
      const kim = await callablePerson();
      const mfaToken = await tokenOf(kim);
      // Where the phone was proved just now, all ten are there.
      let oobCode = '';
      for (let sent = 1; sent <= 10; sent += 1)
        oobCode = await challenge(mfaToken, sent % 2 === 0 ? kim.voice : kim.sms);
      for (const id of [kim.sms, kim.voice]) {
        const refused: unknown = await challenge(mfaToken, id).catch((reason: unknown) => reason);
        expect(refused).toMatchObject({
          name: 'MfaChallengeError',
          statusCode: 429,
          cause: { error: 'too_many_sms' },
        });
        const { headers } = refused as { headers: Headers };
        expect(Number(headers.get('retry-after'))).toBeGreaterThan(7100);
        expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(7200);
        expect(headers.get('x-ratelimit-limit')).toBe('10');
        expect(headers.get('x-ratelimit-remaining')).toBe('0');
        expect(Number(headers.get('x-ratelimit-reset'))).toBeGreaterThan(Date.now() / 1000 + 7100);
      }
      expect(await deployment.eventsOf(kim)).toContain('gd_otp_rate_limit_exceed');
      // The code sent last is good all the same.
      await verify(mfaToken, oobCode, await deployment.codeSentTo(kim.number, 'voice'));
    });

    it('is not enrolled with what is no number in E.164 form, nor with one that costs too much', async () => {
      const mfaToken = await tokenOf(await deployment.person());
      for (const number of ['hello', '0151 12345678', '+4915', '+4990012345678', '+881612345678']) {
        await expect(enrol(mfaToken, 'sms', number), number).rejects.toMatchObject({
          name: 'MfaEnrollmentError',
          statusCode: 400,
          cause: { error: 'invalid_request' },
        });
      }
      expect(await client.mfa.listAuthenticators({ mfaToken })).toEqual([
        expect.objectContaining({ type: 'email' }),
      ]);
    });
  });

  describe('an address', () => {
    it('is challenged without enrolment beside an app, once it is verified, and can’t be removed', async () => {
      const kim = await deployment.enrolledPerson();
      const mfaToken = await tokenOf(kim);
      const listed = await client.mfa.listAuthenticators({ mfaToken });
      const implicit = listed.find(({ type }) => type === 'email')?.id ?? '';
      expect(implicit).toMatch(new RegExp(`^email\\|${deviceId}$`));
      const oobCode = await challenge(mfaToken, implicit);
      const tokens = await verify(mfaToken, oobCode, await deployment.codeSentTo(kim.email, 'email'));
      expect(tokens.claims).toMatchObject({ acr: multiFactor, amr: ['mfa', 'pwd'] });

      const token = await managementToken(kim);
      await expect(
        client.mfa.deleteAuthenticator({ mfaToken: token, authenticatorId: implicit }),
      ).rejects.toMatchObject({
        name: 'MfaDeleteAuthenticatorError',
        statusCode: 400,
        cause: { error: 'invalid_request' },
      });
    });

    it('more can be enrolled beside an app, used and removed', async () => {
      const kim = await deployment.enrolledPerson();
      const token = await managementToken(kim);
      const other = `other.${kim.email}`;
      const enrolment = await enrol(token, 'email', other.toUpperCase());
      expect(enrolment).toMatchObject({
        id: expect.stringMatching(`^email\\|${deviceId}$`),
        oobChannel: 'email',
        bindingMethod: 'prompt',
      });
      await verify(token, enrolment.oobCode ?? '', await deployment.codeSentTo(other, 'email'));
      const addresses = (await client.mfa.listAuthenticators({ mfaToken: token })).filter(
        ({ type, active }) => type === 'email' && active,
      );
      expect(addresses).toHaveLength(2);

      const mfaToken = await tokenOf(kim);
      const oobCode = await challenge(mfaToken, enrolment.id);
      await verify(mfaToken, oobCode, await deployment.codeSentTo(other, 'email'));
      await client.mfa.deleteAuthenticator({ mfaToken: token, authenticatorId: enrolment.id ?? '' });
      const left = await client.mfa.listAuthenticators({ mfaToken: token });
      expect(left.filter(({ type }) => type === 'email')).toHaveLength(1);
    });

    it('is the account’s own where none is named, and then listed once', async () => {
      const kim = await deployment.enrolledPerson();
      const token = await managementToken(kim);
      const { oobCode, id } = await enrol(token, 'email');
      await verify(token, oobCode ?? '', await deployment.codeSentTo(kim.email, 'email'));
      const listed = await client.mfa.listAuthenticators({ mfaToken: token });
      expect(listed.filter(({ type }) => type === 'email').map((one) => one.id)).toEqual([id]);
    });

    it('is no first factor: alone it is neither enrolled nor challenged', async () => {
      const kim = await deployment.person();
      const { cause } = await passwordThenMfa(client, kim);
      const mfaToken = cause.mfa_token;
      expect(cause.mfa_requirements).toEqual({ enroll: [{ type: 'otp' }, { type: 'phone' }] });
      await expect(enrol(mfaToken, 'email', kim.email)).rejects.toMatchObject({ statusCode: 403 });
      const [implicit] = await client.mfa.listAuthenticators({ mfaToken });
      await expect(challenge(mfaToken, implicit?.id)).rejects.toMatchObject({
        statusCode: 400,
        cause: { error: 'association_required' },
      });
    });
  });

  /** An access token of the MFA API after a second factor that was sent, or of an app. */
  async function managementToken(person: Person & { number?: string; sms?: string }): Promise<string> {
    const { cause } = await passwordThenMfa(client, person, {
      audience: `${deployment.issuer}mfa/`,
      scope: everything,
    });
    const mfaToken = cause.mfa_token;
    if (person.app) {
      const tokens = await client.mfa.verify({
        mfaToken,
        factorType: 'otp',
        otp: await person.app.nextCode(),
      });
      return tokens.accessToken;
    }
    const oobCode = await challenge(mfaToken, person.sms);
    const tokens = await verify(mfaToken, oobCode, await deployment.codeSentTo(person.number ?? '', 'sms'));
    return tokens.accessToken;
  }
});
