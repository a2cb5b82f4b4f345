import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, exportJWK, generateKeyPair, jwtVerify } from 'jose';
import * as openid from 'openid-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { forEachServer } from '../../support/server.ts';
import { Deployment } from '../deployment.ts';
import { RelyingParty } from '../relyingParty.ts';

const api = 'https://api.example.com/machines';
const keyFolder = mkdtempSync(join(tmpdir(), 'interop-keys-'));

/** Makes a key pair and writes the public half where the command line can read it. */
async function makeKey(alg: 'RS256' | 'PS256' | 'ES256' | 'EdDSA') {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwksFile = join(keyFolder, `${alg}-${crypto.randomUUID()}.json`);
  writeFileSync(jwksFile, JSON.stringify(await exportJWK(publicKey)));
  return { privateKey, jwksFile };
}

afterAll(() => rmSync(keyFolder, { recursive: true, force: true }));

forEachServer((_engine, start) => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await Deployment.start(start);
    await deployment.api(api, '--scopes', 'read:state,write:state', '--token-lifetime', '1800');
  });

  const machine = (...flags: string[]) =>
    deployment.application('--app-type', 'non_interactive', '--grant-types', 'client_credentials', ...flags);

  it.each([
    ['client_secret_basic', openid.ClientSecretBasic],
    ['client_secret_post', openid.ClientSecretPost],
  ] as const)('gives client credentials with %s a JWT for the API', async (method, authentication) => {
    const application = await machine('--token-endpoint-auth-method', method);
    const { clientId, clientSecret } = application;
    const { config } = await RelyingParty.discover(deployment, application, authentication(clientSecret));
    const tokens = await openid.clientCredentialsGrant(config, { audience: api });
    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 1800, scope: 'read:state write:state' });
    expect(tokens.refresh_token).toBeUndefined();
    expect(tokens.id_token).toBeUndefined();

    const jwks = createRemoteJWKSet(new URL(`${deployment.issuer}.well-known/jwks.json`));
    const { payload, protectedHeader } = await jwtVerify(tokens.access_token, jwks, {
      issuer: deployment.issuer,
      audience: api,
      typ: 'at+jwt',
    });
    expect(protectedHeader.alg).toBe('RS256');
    expect(payload).toMatchObject({
      sub: `${clientId}@clients`,
      azp: clientId,
      gty: 'client-credentials',
      scope: 'read:state write:state',
      jti: expect.any(String),
    });
    expect(Number(payload.exp) - Number(payload.iat)).toBe(1800);
  });

  it.each(['RS256', 'PS256', 'ES256', 'EdDSA'] as const)('takes private_key_jwt by %s', async (alg) => {
    const { privateKey, jwksFile } = await makeKey(alg);
    const application = await machine('--token-endpoint-auth-method', 'private_key_jwt', '--jwks', jwksFile);
    const { config } = await RelyingParty.discover(deployment, application, openid.PrivateKeyJwt(privateKey));
    const tokens = await openid.clientCredentialsGrant(config, { audience: api, scope: 'read:state' });
    expect(tokens.scope).toBe('read:state');
  });

  it('takes an assertion once, for itself, and by the registered key only', async () => {
    const [{ privateKey, jwksFile }, foreign] = await Promise.all([makeKey('ES256'), makeKey('ES256')]);
    const application = await machine('--token-endpoint-auth-method', 'private_key_jwt', '--jwks', jwksFile);
    const attempt = async (key: CryptoKey, options?: Parameters<typeof openid.PrivateKeyJwt>[1]) => {
      const party = await RelyingParty.discover(deployment, application, openid.PrivateKeyJwt(key, options));
      return openid.clientCredentialsGrant(party.config, { audience: api });
    };
    const withClaims = (claims: object) => ({
      [openid.modifyAssertion]: (_header: object, payload: object) => void Object.assign(payload, claims),
    });
    const sameId = withClaims({ jti: 'the-same' });
    const elsewhere = withClaims({ aud: 'https://evil.example.com/' });
    const refused = { status: 401, error: 'invalid_client' };
    await attempt(privateKey, sameId);
    await expect(attempt(privateKey, sameId)).rejects.toMatchObject(refused);
    await expect(attempt(privateKey, elsewhere)).rejects.toMatchObject(refused);
    await expect(attempt(foreign.privateKey)).rejects.toMatchObject(refused);
    await attempt(privateKey);
  });

  it('refuses a wrong secret and a method that was not registered, legibly', async () => {
    const { jwksFile } = await makeKey('ES256');
    const [withSecret, withKey] = await Promise.all([
      machine('--token-endpoint-auth-method', 'client_secret_post'),
      machine('--token-endpoint-auth-method', 'private_key_jwt', '--jwks', jwksFile),
    ]);
    const attempts = [
      [withSecret, openid.ClientSecretPost('wrong')],
      [withSecret, openid.ClientSecretBasic('wrong')],
      [withSecret, openid.None()],
      [withKey, openid.ClientSecretPost('anything')],
      [withKey, openid.None()],
    ] as const;
    for (const [application, authentication] of attempts) {
      const { config } = await RelyingParty.discover(deployment, application, authentication);
      await expect(openid.clientCredentialsGrant(config, { audience: api })).rejects.toMatchObject({
        name: 'ResponseBodyError',
        status: 401,
        error: 'invalid_client',
      });
    }
  });

  it('wants an audience that exists, and a client grant where the API asks for one', async () => {
    const guarded = 'https://api.example.com/guarded';
    await deployment.api(guarded, '--scopes', 'a,b', '--client-access', 'require_client_grant');
    const application = await machine();
    const { config } = await RelyingParty.discover(deployment, application);
    const ask = (parameters: Record<string, string>) => openid.clientCredentialsGrant(config, parameters);
    await expect(ask({})).rejects.toMatchObject({ status: 400, error: 'invalid_request' });
    await expect(ask({ audience: 'https://no.example.com/' })).rejects.toMatchObject({
      status: 403,
      error: 'access_denied',
    });
    await expect(ask({ audience: guarded })).rejects.toMatchObject({ status: 403, error: 'access_denied' });
    await deployment.server.cli('api', 'grant', application.clientId, guarded, '--scopes', 'a');
    expect((await ask({ audience: guarded })).scope).toBe('a');
  });

  it('never asks a machine for a second factor', async () => {
    const { config } = await RelyingParty.discover(deployment, await machine('--mfa-policy', 'always'));
    const tokens = await openid.clientCredentialsGrant(config, { audience: api });
    expect(tokens.access_token).toEqual(expect.any(String));
  });

  it('refuses a grant that the application doesn’t have', async () => {
    const application = await deployment.application('--grant-types', 'authorization_code');
    const { config } = await RelyingParty.discover(deployment, application);
    await expect(openid.clientCredentialsGrant(config, { audience: api })).rejects.toMatchObject({
      status: 403,
      error: 'unauthorized_client',
    });
  });
});
