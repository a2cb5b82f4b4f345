import type { AuthClient } from '@auth0/auth0-auth-js';
import { beforeAll, expect, it } from 'vitest';
import { forEachServer } from '../../support/server.ts';
import { AuthenticatorApp } from '../authenticatorApp.ts';
import { type Application, Deployment } from '../deployment.ts';
import { authClient, ownPagesGrants, passwordThenMfa } from './authJs.ts';

const refusal = (statusCode: number, error: string, error_description: string) => ({
  name: 'MfaVerifyError',
  statusCode,
  cause: { error, error_description },
});
const invalidCode = refusal(403, 'invalid_grant', 'Invalid otp_code.');
const expired = refusal(401, 'expired_token', 'mfa_token is expired');

forEachServer((_engine, start) => {
  let deployment: Deployment;
  let application: Application;
  let client: AuthClient;

  beforeAll(async () => {
    deployment = await Deployment.start(start);
    application = await deployment.application('--grant-types', ownPagesGrants, '--mfa-policy', 'always');
    client = authClient(deployment, application);
  });

  it('refuses a wrong code and a used one, and takes the right one after them', async () => {
    const kim = await deployment.enrolledPerson();
    const { cause } = await passwordThenMfa(client, kim);
    const verify = (otp: string) => client.mfa.verify({ mfaToken: cause.mfa_token, factorType: 'otp', otp });
    await expect(verify(await kim.app.wrongCode())).rejects.toMatchObject(invalidCode);
    await expect(verify(kim.app.usedCode)).rejects.toMatchObject(invalidCode);
    await expect(verify('12345')).rejects.toMatchObject({ ...invalidCode, statusCode: 400 });
    await verify(await kim.app.nextCode());
  });

  it('refuses a token that was used', async () => {
    const kim = await deployment.enrolledPerson();
    const { cause } = await passwordThenMfa(client, kim);
    const verify = async () =>
      client.mfa.verify({ mfaToken: cause.mfa_token, factorType: 'otp', otp: await kim.app.nextCode() });
    await verify();
    await expect(verify()).rejects.toMatchObject(expired);
    await expect(client.mfa.listAuthenticators({ mfaToken: cause.mfa_token })).rejects.toMatchObject({
      statusCode: 401,
      cause: { error: 'expired_token', error_description: 'mfa_token is expired' },
    });
  });

  it('refuses a token of ten minutes, everywhere', async () => {
    const kim = await deployment.enrolledPerson();
    const { cause } = await passwordThenMfa(client, kim);
    const mfaToken = cause.mfa_token;
    await deployment.ageTransactions(kim, 9.5);
    await client.mfa.listAuthenticators({ mfaToken });
    await deployment.ageTransactions(kim, 0.5);
    const otp = await kim.app.nextCode();
    const { cause: told } = expired;
    await expect(client.mfa.verify({ mfaToken, factorType: 'otp', otp })).rejects.toMatchObject(expired);
    for (const call of [
      () => client.mfa.listAuthenticators({ mfaToken }),
      () => client.mfa.enrollAuthenticator({ mfaToken, authenticatorTypes: ['otp'] }),
      () => client.mfa.challengeAuthenticator({ mfaToken, challengeType: 'otp' }),
    ]) {
      await expect(call()).rejects.toMatchObject({ statusCode: 401, cause: told });
    }
  });

  it('refuses a token that is none, everywhere', async () => {
    const mfaToken = 'Fe26.2**no*such*token';
    const cause = { error: 'invalid_grant', error_description: 'Malformed mfa_token' };
    for (const call of [
      () => client.mfa.verify({ mfaToken, factorType: 'otp', otp: '123456' }),
      () => client.mfa.verify({ mfaToken, factorType: 'recovery-code', recoveryCode: 'A'.repeat(24) }),
      () => client.mfa.challengeAuthenticator({ mfaToken, challengeType: 'otp' }),
      () => client.mfa.listAuthenticators({ mfaToken }),
      () => client.mfa.enrollAuthenticator({ mfaToken, authenticatorTypes: ['otp'] }),
    ]) {
      await expect(call()).rejects.toMatchObject({ statusCode: 401, cause });
    }
  });

  it('S-26 refuses a token of another application', async () => {
    const kim = await deployment.enrolledPerson();
    const { cause } = await passwordThenMfa(client, kim);
    const other = authClient(deployment, await deployment.application('--grant-types', ownPagesGrants));
    const mfaToken = cause.mfa_token;
    const told = { error: 'invalid_request', error_description: 'mfa_token not issued to this client' };
    const otp = await kim.app.nextCode();
    await expect(other.mfa.verify({ mfaToken, factorType: 'otp', otp })).rejects.toMatchObject({
      statusCode: 400,
      cause: told,
    });
    await expect(other.mfa.challengeAuthenticator({ mfaToken, challengeType: 'otp' })).rejects.toMatchObject({
      statusCode: 400,
      cause: told,
    });
    await client.mfa.verify({ mfaToken, factorType: 'otp', otp });
  });

  it('challenges nothing that the person doesn’t have', async () => {
    const [kim, lee] = [await deployment.enrolledPerson(), await deployment.person()];
    const ofKim = (await passwordThenMfa(client, kim)).cause.mfa_token;
    const challenge = (mfaToken: string, more: { challengeType: 'otp' | 'oob'; authenticatorId?: string }) =>
      client.mfa.challengeAuthenticator({ mfaToken, ...more });
    const unsupported = { cause: { error: 'unsupported_challenge_type' } };
    await expect(challenge(ofKim, { challengeType: 'oob' })).rejects.toMatchObject(unsupported);
    await expect(
      challenge(ofKim, { challengeType: 'otp', authenticatorId: 'totp|dev_0123456789abcdef' }),
    ).rejects.toMatchObject(unsupported);
    const ofLee = (await passwordThenMfa(client, lee)).cause.mfa_token;
    await expect(challenge(ofLee, { challengeType: 'otp' })).rejects.toMatchObject({
      cause: { error: 'association_required' },
    });
  });

  it('S-34 answers no login with an app that was not confirmed', async () => {
    const kim = await deployment.person();
    const { cause } = await passwordThenMfa(client, kim);
    const enrolment = await client.mfa.enrollAuthenticator({
      mfaToken: cause.mfa_token,
      authenticatorTypes: ['otp'],
    });
    const app = AuthenticatorApp.scan(enrolment.barcodeUri ?? '');
    const later = await passwordThenMfa(client, kim);
    expect(later.cause.mfa_requirements).toEqual({ enroll: [{ type: 'otp' }] });
    await expect(
      client.mfa.challengeAuthenticator({ mfaToken: later.cause.mfa_token, challengeType: 'otp' }),
    ).rejects.toMatchObject({ cause: { error: 'association_required' } });
    await expect(
      client.mfa.verify({
        mfaToken: later.cause.mfa_token,
        factorType: 'otp',
        otp: await app.nextCode(),
      }),
    ).rejects.toMatchObject(invalidCode);
  });

  it('enrols no factor that is not there', async () => {
    const { cause } = await passwordThenMfa(client, await deployment.person());
    await expect(
      client.mfa.enrollAuthenticator({
        mfaToken: cause.mfa_token,
        authenticatorTypes: ['oob'],
        oobChannels: ['sms'],
        phoneNumber: '+12025550123',
      }),
    ).rejects.toMatchObject({ statusCode: 400, cause: { error: 'unsupported_challenge_type' } });
  });

  it('refuses an out-of-band code where no such factor is on', async () => {
    const { cause } = await passwordThenMfa(client, await deployment.enrolledPerson());
    await expect(
      client.mfa.verify({ mfaToken: cause.mfa_token, factorType: 'oob', oobCode: 'x', bindingCode: '1' }),
    ).rejects.toMatchObject({ statusCode: 400, cause: { error: 'invalid_request' } });
  });

  it('refuses an application with the wrong secret', async () => {
    const kim = await deployment.enrolledPerson();
    const { cause } = await passwordThenMfa(client, kim);
    const impostor = authClient(deployment, { ...application, clientSecret: 'wrong' });
    const otp = await kim.app.nextCode();
    await expect(
      impostor.mfa.verify({ mfaToken: cause.mfa_token, factorType: 'otp', otp }),
    ).rejects.toMatchObject({ statusCode: 401, cause: { error: 'invalid_client' } });
    await expect(
      impostor.mfa.challengeAuthenticator({ mfaToken: cause.mfa_token, challengeType: 'otp' }),
    ).rejects.toMatchObject({ statusCode: 401, cause: { error: 'invalid_client' } });
  });
});
