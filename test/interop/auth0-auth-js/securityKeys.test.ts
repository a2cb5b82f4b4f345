import type { AuthClient } from '@auth0/auth0-auth-js';
import { beforeAll, expect, it } from 'vitest';
import { forEachServer } from '../../support/server.ts';
import { Deployment } from '../deployment.ts';
import { enrolKey } from '../enrolKey.ts';
import { authClient, ownPagesGrants, passwordThenMfa } from './authJs.ts';

forEachServer((_engine, start) => {
  let deployment: Deployment;
  let client: AuthClient;
  let strict: AuthClient;

  beforeAll(async () => {
    deployment = await Deployment.start(start, { keys: true });
    client = authClient(deployment, await deployment.application('--grant-types', ownPagesGrants));
    const flags = ['--grant-types', ownPagesGrants, '--mfa-policy', 'always'];
    strict = authClient(deployment, await deployment.application(...flags));
  });

  it('who has a key alone is told so by an error without requirements', async () => {
    await deployment.server.cli('factor', 'disable', 'recovery-code');
    const kim = await deployment.person();
    await enrolKey(deployment.server, kim);
    const { cause } = await passwordThenMfa(strict, kim);
    expect(cause.mfa_token).toEqual(expect.any(String));
    expect(cause.mfa_requirements).toBeUndefined();
    const [key] = await client.mfa.listAuthenticators({ mfaToken: cause.mfa_token });
    expect(key).toMatchObject({ authenticatorType: 'webauthn-roaming', active: true });
    await deployment.server.cli('factor', 'enable', 'recovery-code');
  });

  it('lists and removes a key after a fresh second factor', async () => {
    const kim = await deployment.person();
    const { recoveryCode } = await enrolKey(deployment.server, kim);
    const audience = `${deployment.issuer}mfa/`;
    const scope = 'read:authenticators remove:authenticators';
    const { cause } = await passwordThenMfa(client, kim, { audience, scope });
    expect(cause.mfa_requirements).toEqual({ challenge: [{ type: 'recovery-code' }] });
    const { accessToken: mfaToken } = await client.mfa.verify({
      mfaToken: cause.mfa_token,
      factorType: 'recovery-code',
      recoveryCode,
    });
    const [key] = await client.mfa.listAuthenticators({ mfaToken });
    expect(key).toMatchObject({
      id: expect.stringMatching(/^webauthn-roaming\|dev_/),
      authenticatorType: 'webauthn-roaming',
      name: 'Security key',
    });
    await client.mfa.deleteAuthenticator({ mfaToken, authenticatorId: key?.id ?? '' });
    expect(await client.mfa.listAuthenticators({ mfaToken })).toEqual([]);
  });

  it('can challenge and enrol no key', async () => {
    const kim = await deployment.person();
    await enrolKey(deployment.server, kim);
    const { cause } = await passwordThenMfa(strict, kim);
    const mfaToken = cause.mfa_token;
    const [key] = await strict.mfa.listAuthenticators({ mfaToken });
    await expect(
      strict.mfa.challengeAuthenticator({
        mfaToken,
        challengeType: 'otp',
        authenticatorId: key?.id ?? '',
      }),
    ).rejects.toMatchObject({ cause: { error: 'unsupported_challenge_type' } });
    await expect(
      strict.mfa.enrollAuthenticator({ mfaToken, authenticatorTypes: ['otp'] }),
    ).rejects.toMatchObject({ cause: { error: 'access_denied' } });
  });
});
