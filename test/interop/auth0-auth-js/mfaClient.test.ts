import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuthClient } from '@auth0/auth0-auth-js';
import { exportJWK, generateKeyPair } from 'jose';
import { beforeAll, expect, it } from 'vitest';
import { forEachServer } from '../../support/server.ts';
import { AuthenticatorApp } from '../authenticatorApp.ts';
import { type Application, Deployment } from '../deployment.ts';
import { authClient, ownPagesGrants, passwordThenMfa } from './authJs.ts';

const multiFactor = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor';
const api = 'https://api.example.com/notes';

forEachServer((_engine, start) => {
  let deployment: Deployment;
  let application: Application;
  let client: AuthClient;

  beforeAll(async () => {
    deployment = await Deployment.start(start);
    await deployment.api(api, '--scopes', 'read:notes', '--allow-offline-access');
    application = await deployment.application('--grant-types', ownPagesGrants, '--mfa-policy', 'always');
    client = authClient(deployment, application);
  });

  it('enrols an authenticator app, confirms it, and asks for it at the next login', async () => {
    const kim = await deployment.person();
    const first = await passwordThenMfa(client, kim);
    const mfaToken = first.cause.mfa_token;
    expect(await client.mfa.listAuthenticators({ mfaToken })).toEqual([]);

    const enrolment = await client.mfa.enrollAuthenticator({ authenticatorTypes: ['otp'], mfaToken });
    if (enrolment.authenticatorType !== 'otp') throw new Error('Another kind of authenticator was enrolled.');
    expect(enrolment.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(enrolment.recoveryCodes).toEqual([expect.stringMatching(/^[A-Z1-9]{24}$/)]);
    const uri = new URL(enrolment.barcodeUri);
    expect(decodeURIComponent(uri.pathname)).toBe(`/Countersign:${kim.email}`);
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      issuer: 'Countersign',
      secret: enrolment.secret,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
    expect((await client.mfa.listAuthenticators({ mfaToken })).map(({ active }) => active)).toEqual([
      false,
      false,
    ]);

    const app = AuthenticatorApp.scan(enrolment.barcodeUri);
    const confirmed = await client.mfa.verify({ mfaToken, factorType: 'otp', otp: await app.nextCode() });
    expect(confirmed.claims).toMatchObject({
      sub: kim.userId,
      acr: multiFactor,
      amr: expect.arrayContaining(['mfa', 'pwd', 'otp']),
    });

    const second = await passwordThenMfa(client, kim);
    const authenticators = await client.mfa.listAuthenticators({ mfaToken: second.cause.mfa_token });
    expect(authenticators).toEqual([
      expect.objectContaining({
        id: expect.stringMatching(/^totp\|dev_[A-Za-z0-9]{16}$/),
        authenticatorType: 'otp',
        type: 'otp',
        active: true,
      }),
      expect.objectContaining({
        id: expect.stringMatching(/^recovery-code\|dev_[A-Za-z0-9]{16}$/),
        authenticatorType: 'recovery-code',
        type: 'recovery-code',
        active: true,
      }),
    ]);
    const [{ id: authenticatorId } = { id: '' }] = authenticators;
    expect(enrolment.id).toBe(authenticatorId);
    const challenge = await client.mfa.challengeAuthenticator({
      mfaToken: second.cause.mfa_token,
      challengeType: 'otp',
      authenticatorId,
    });
    expect(challenge).toEqual({ challengeType: 'otp' });
    const tokens = await client.mfa.verify({
      mfaToken: second.cause.mfa_token,
      factorType: 'otp',
      otp: await app.nextCode(),
    });
    expect(tokens.claims?.sub).toBe(kim.userId);
    expect(await deployment.eventsOf(kim)).toEqual(
      expect.arrayContaining([
        'mfar',
        'gd_start_enroll',
        'gd_enrollment_complete',
        'gd_start_auth',
        'seotpft',
      ]),
    );
  });

  it('answers what was asked first, whatever the verification names', async () => {
    const kim = await deployment.enrolledPerson();
    const { cause } = await passwordThenMfa(client, kim, {
      audience: api,
      scope: 'openid read:notes offline_access',
    });
    const tokens = await client.mfa.verify({
      mfaToken: cause.mfa_token,
      factorType: 'otp',
      otp: await kim.app.nextCode(),
      audience: `${deployment.issuer}mfa/`,
    });
    expect(tokens).toMatchObject({
      scope: 'openid read:notes offline_access',
      refreshToken: expect.any(String),
      idToken: expect.any(String),
    });
  });

  it('takes a recovery code once and replaces it', async () => {
    const kim = await deployment.enrolledPerson();
    const login = async (recoveryCode: string) => {
      const { cause } = await passwordThenMfa(client, kim);
      return client.mfa.verify({ mfaToken: cause.mfa_token, factorType: 'recovery-code', recoveryCode });
    };
    const first = await login(kim.recoveryCode);
    expect(first.recoveryCode).toMatch(/^[A-Z1-9]{24}$/);
    expect(first.recoveryCode).not.toBe(kim.recoveryCode);
    expect(first.claims).toMatchObject({ acr: multiFactor, amr: ['mfa', 'pwd'] });
    await expect(login(kim.recoveryCode)).rejects.toMatchObject({
      name: 'MfaVerifyError',
      statusCode: 403,
      cause: { error: 'invalid_grant', error_description: 'MFA Authorization rejected.' },
    });
    const typed = (first.recoveryCode ?? '').toLowerCase().replace(/(.{4})/g, '$1 ');
    const second = await login(typed);
    expect(second.recoveryCode).not.toBe(first.recoveryCode);
  });

  it('serves an application that signs assertions, which names only itself to challenge', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    const folder = mkdtempSync(join(tmpdir(), 'interop-key-'));
    const jwks = join(folder, 'jwks.json');
    writeFileSync(jwks, JSON.stringify(await exportJWK(publicKey)));
    const { clientId } = await deployment.application(
      ...['--grant-types', ownPagesGrants, '--mfa-policy', 'always'],
      ...['--token-endpoint-auth-method', 'private_key_jwt', '--jwks', jwks],
    );
    rmSync(folder, { recursive: true });
    const party = new AuthClient({
      domain: deployment.domain,
      clientId,
      clientAssertionSigningKey: privateKey,
      clientAssertionSigningAlg: 'RS256',
    });
    const kim = await deployment.enrolledPerson();
    const { cause } = await passwordThenMfa(party, kim);
    const mfaToken = cause.mfa_token;
    expect(await party.mfa.challengeAuthenticator({ mfaToken, challengeType: 'otp' })).toEqual({
      challengeType: 'otp',
    });
    const tokens = await party.mfa.verify({ mfaToken, factorType: 'otp', otp: await kim.app.nextCode() });
    expect(tokens.claims?.sub).toBe(kim.userId);
  });

  it('lets a public application list, enrol and challenge; the SDK itself refuses it to verify', async () => {
    const open = await deployment.application(
      ...['--app-type', 'native', '--grant-types', ownPagesGrants, '--mfa-policy', 'always'],
    );
    const kim = await deployment.enrolledPerson();
    const { body } = await deployment.token({
      ...{ grant_type: 'password', client_id: open.clientId },
      ...{ username: kim.email, password: kim.password },
    });
    const party = new AuthClient({ domain: deployment.domain, clientId: open.clientId });
    const mfaToken: string = body.mfa_token;
    expect(await party.mfa.listAuthenticators({ mfaToken })).toHaveLength(2);
    expect(await party.mfa.challengeAuthenticator({ mfaToken, challengeType: 'otp' })).toEqual({
      challengeType: 'otp',
    });
    const otp = await kim.app.nextCode();
    await expect(party.mfa.verify({ mfaToken, factorType: 'otp', otp })).rejects.toThrow();
    const verified = await deployment.token({
      ...{ grant_type: 'http://auth0.com/oauth/grant-type/mfa-otp', client_id: open.clientId },
      ...{ mfa_token: mfaToken, otp },
    });
    expect(verified.status).toBe(200);
  });
});
