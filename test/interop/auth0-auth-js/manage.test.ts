import type { AuthClient } from '@auth0/auth0-auth-js';
import { decodeJwt } from 'jose';
import { beforeAll, expect, it } from 'vitest';
import { forEachServer } from '../../support/server.ts';
import { AuthenticatorApp } from '../authenticatorApp.ts';
import { Deployment, type EnrolledPerson, type Person } from '../deployment.ts';
import { authClient, ownPagesGrants, passwordThenMfa } from './authJs.ts';

const everything = 'enroll read:authenticators remove:authenticators';

forEachServer((_engine, start) => {
  let deployment: Deployment;
  let audience: string;
  /** Its policy is the tenant's, `never`: the audience alone asks for the second factor. */
  let client: AuthClient;
  let strict: AuthClient;

  beforeAll(async () => {
    deployment = await Deployment.start(start);
    audience = `${deployment.issuer}mfa/`;
    const [relaxedApplication, strictApplication] = await Promise.all([
      deployment.application('--grant-types', ownPagesGrants),
      deployment.application('--grant-types', ownPagesGrants, '--mfa-policy', 'always'),
    ]);
    client = authClient(deployment, relaxedApplication);
    strict = authClient(deployment, strictApplication);
  });

  /** An access token of the MFA API after a second factor. */
  async function managementToken(person: EnrolledPerson, scope = everything): Promise<string> {
    const { cause } = await passwordThenMfa(client, person, { audience, scope });
    const otp = await person.app.nextCode();
    const tokens = await client.mfa.verify({ mfaToken: cause.mfa_token, factorType: 'otp', otp });
    return tokens.accessToken;
  }

  async function enrol(mfaToken: string): Promise<AuthenticatorApp> {
    const enrolment = await client.mfa.enrollAuthenticator({ mfaToken, authenticatorTypes: ['otp'] });
    return AuthenticatorApp.scan(enrolment.barcodeUri ?? '');
  }

  it('asks for the second factor for the MFA audience, and gives a JWT of ten minutes', async () => {
    const kim = await deployment.enrolledPerson();
    const claims = decodeJwt(await managementToken(kim));
    expect(claims).toMatchObject({
      iss: deployment.issuer,
      aud: audience,
      sub: kim.userId,
      scope: everything,
    });
    expect(Number(claims.exp) - Number(claims.iat)).toBe(600);
  });

  it('knows no audience without the slash at its end', async () => {
    const kim = await deployment.enrolledPerson();
    await expect(
      client.getTokenByPassword({
        username: kim.email,
        password: kim.password,
        audience: audience.slice(0, -1),
        scope: 'enroll',
      }),
    ).rejects.toMatchObject({ statusCode: 403, cause: { error: 'access_denied' } });
  });

  it('adds a second authenticator and removes the first', async () => {
    const kim = await deployment.enrolledPerson();
    const token = await managementToken(kim);
    const [before] = await client.mfa.listAuthenticators({ mfaToken: token });
    const app = await enrol(token);
    await expect(
      client.mfa.verify({ mfaToken: token, factorType: 'otp', otp: await app.wrongCode() }),
    ).rejects.toMatchObject({ cause: { error_description: 'Invalid otp_code.' } });
    await client.mfa.verify({ mfaToken: token, factorType: 'otp', otp: await app.nextCode() });
    const apps = (await client.mfa.listAuthenticators({ mfaToken: token })).filter(
      ({ authenticatorType }) => authenticatorType === 'otp',
    );
    expect(apps.map(({ active }) => active)).toEqual([true, true]);

    await client.mfa.deleteAuthenticator({ mfaToken: token, authenticatorId: before?.id ?? '' });
    const left = await client.mfa.listAuthenticators({ mfaToken: token });
    expect(left.map(({ id }) => id)).not.toContain(before?.id);
    const login = await passwordThenMfa(strict, kim);
    const mfaToken = login.cause.mfa_token;
    await expect(
      strict.mfa.verify({ mfaToken, factorType: 'otp', otp: await kim.app.nextCode() }),
    ).rejects.toMatchObject({ cause: { error_description: 'Invalid otp_code.' } });
    await strict.mfa.verify({ mfaToken, factorType: 'otp', otp: await app.nextCode() });
  });

  it('leads back to enrolment when the last authenticator is removed', async () => {
    const kim = await deployment.enrolledPerson();
    const token = await managementToken(kim);
    for (const { id } of await client.mfa.listAuthenticators({ mfaToken: token })) {
      await client.mfa.deleteAuthenticator({ mfaToken: token, authenticatorId: id }).catch(expectGone);
    }
    const login = await passwordThenMfa(strict, kim);
    expect(login.cause.mfa_requirements).toEqual({ enroll: [{ type: 'otp' }] });
  });

  it('gives a person without a factor the token at once, to enrol the first one', async () => {
    const lee: Person = await deployment.person();
    const { accessToken } = await client.getTokenByPassword({
      username: lee.email,
      password: lee.password,
      audience,
      scope: everything,
    });
    const app = await enrol(accessToken);
    await client.mfa.verify({ mfaToken: accessToken, factorType: 'otp', otp: await app.nextCode() });
    const login = await passwordThenMfa(strict, lee);
    const otp = await app.nextCode();
    await strict.mfa.verify({ mfaToken: login.cause.mfa_token, factorType: 'otp', otp });
  });

  it('S-39 adds none with an mfa_token while there is one', async () => {
    const kim = await deployment.enrolledPerson();
    const { cause } = await passwordThenMfa(strict, kim);
    await expect(enrol(cause.mfa_token)).rejects.toMatchObject({
      name: 'MfaEnrollmentError',
      statusCode: 403,
      cause: { error: 'access_denied', error_description: 'User is already enrolled.' },
    });
  });

  it('removes none with an mfa_token', async () => {
    const kim = await deployment.enrolledPerson();
    const { cause } = await passwordThenMfa(strict, kim);
    const mfaToken = cause.mfa_token;
    const [first] = await strict.mfa.listAuthenticators({ mfaToken });
    await expect(
      strict.mfa.deleteAuthenticator({ mfaToken, authenticatorId: first?.id ?? '' }),
    ).rejects.toMatchObject({ name: 'MfaDeleteAuthenticatorError', statusCode: 403 });
    expect(await strict.mfa.listAuthenticators({ mfaToken })).toHaveLength(2);
  });

  it('holds a token to its scopes', async () => {
    const kim = await deployment.enrolledPerson();
    const token = await managementToken(kim, 'read:authenticators');
    const [first] = await client.mfa.listAuthenticators({ mfaToken: token });
    const refused = { statusCode: 403, cause: { error: 'insufficient_scope' } };
    await expect(enrol(token)).rejects.toMatchObject(refused);
    await expect(
      client.mfa.deleteAuthenticator({ mfaToken: token, authenticatorId: first?.id ?? '' }),
    ).rejects.toMatchObject(refused);
  });

  it('takes no access token of another API, no ID token and none that was altered', async () => {
    const kim = await deployment.enrolledPerson();
    const api = 'https://api.example.com/other';
    await deployment.api(api, '--scopes', 'read:authenticators');
    const other = await client.getTokenByPassword({
      username: kim.email,
      password: kim.password,
      audience: api,
      scope: 'openid read:authenticators',
    });
    const good = await managementToken(kim);
    const [head = '', , signature = ''] = good.split('.');
    const claims = Buffer.from(JSON.stringify({ ...decodeJwt(good), sub: 'auth0|other' })).toString(
      'base64url',
    );
    for (const mfaToken of [other.accessToken, other.idToken ?? '', `${head}.${claims}.${signature}`]) {
      await expect(client.mfa.listAuthenticators({ mfaToken })).rejects.toMatchObject({ statusCode: 401 });
    }
  });

  it('removes nobody else’s authenticator', async () => {
    const [kim, lee] = [await deployment.enrolledPerson(), await deployment.enrolledPerson()];
    const { cause } = await passwordThenMfa(strict, lee);
    const [ofLee] = await strict.mfa.listAuthenticators({ mfaToken: cause.mfa_token });
    const token = await managementToken(kim);
    await expect(
      client.mfa.deleteAuthenticator({ mfaToken: token, authenticatorId: ofLee?.id ?? '' }),
    ).rejects.toMatchObject({ statusCode: 404 });
    expect(await strict.mfa.listAuthenticators({ mfaToken: cause.mfa_token })).toHaveLength(2);
  });
});

/** A recovery code goes with the last factor it stands in for. */
function expectGone(error: unknown): void {
  expect(error).toMatchObject({ statusCode: 404 });
}
