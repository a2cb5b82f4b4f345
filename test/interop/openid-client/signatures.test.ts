import { setTimeout as sleep } from 'node:timers/promises';
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import * as openid from 'openid-client';
import { beforeAll, expect, it } from 'vitest';
import { forEachServer } from '../../support/server.ts';
import { Deployment, type Person } from '../deployment.ts';
import { RelyingParty } from '../relyingParty.ts';
import { get } from '../wireCalls.ts';

const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;

forEachServer((_engine, start) => {
  let deployment: Deployment;
  let kim: Person;

  beforeAll(async () => {
    deployment = await Deployment.start(start);
    kim = await deployment.person();
  });

  async function fetchKeys(): Promise<JSONWebKeySet> {
    const { body } = await get(`${deployment.issuer}.well-known/jwks.json`);
    return body;
  }

  it.each(algorithms)('signs ID and access tokens by %s', async (alg) => {
    const api = `https://api.example.com/${alg}`;
    await deployment.api(api, '--scopes', 'read:all', '--signing-alg', alg);
    const application = await deployment.application('--signing-alg', alg);
    const party = await RelyingParty.discover(deployment, application, undefined, {
      id_token_signed_response_alg: alg,
    });
    const { tokens } = await party.signIn(kim, { audience: api, scope: 'openid read:all' });
    expect(decodeProtectedHeader(tokens.id_token ?? '').alg).toBe(alg);
    const keys = createLocalJWKSet(await fetchKeys());
    const options = { issuer: deployment.issuer, audience: api, typ: 'at+jwt', algorithms: [alg] };
    const { payload } = await jwtVerify(tokens.access_token, keys, options);
    expect(payload).toMatchObject({
      sub: kim.userId,
      aud: [api, `${deployment.issuer}userinfo`],
      azp: application.clientId,
      scope: 'openid read:all',
    });
    expect(payload).not.toHaveProperty('amr');
    const userinfo = await openid.fetchUserInfo(party.config, tokens.access_token, kim.userId);
    expect(userinfo.sub).toBe(kim.userId);
  });

  it('tells userinfo what the scopes entitle to, for an opaque token too', async () => {
    const party = await RelyingParty.discover(deployment, await deployment.application());
    const { tokens } = await party.signIn(kim, { scope: 'openid email' });
    expect(tokens.access_token).not.toContain('.');
    const userinfo = await openid.fetchUserInfo(party.config, tokens.access_token, kim.userId);
    expect(userinfo).toEqual({ sub: kim.userId, email: kim.email, email_verified: true });
    await openid.tokenRevocation(party.config, tokens.access_token);
    await expect(openid.fetchUserInfo(party.config, tokens.access_token, kim.userId)).rejects.toMatchObject({
      status: 401,
    });
    await expect(openid.fetchUserInfo(party.config, tokens.id_token ?? '', kim.userId)).rejects.toMatchObject(
      { status: 401 },
    );
  });

  it('shows public keys only', async () => {
    const { keys } = await fetchKeys();
    expect(keys.length).toBeGreaterThanOrEqual(3);
    for (const key of keys) {
      expect(key).toMatchObject({ kid: expect.any(String), use: 'sig' });
      for (const secret of ['d', 'p', 'q', 'k']) expect(key).not.toHaveProperty(secret);
    }
  });

  it('keeps old tokens valid when the signing keys are rotated', async () => {
    const api = 'https://api.example.com/rotation';
    await deployment.api(api, '--scopes', 'read:all');
    const application = await deployment.application();
    const party = await RelyingParty.discover(deployment, application);
    const { tokens, browser } = await party.signIn(kim, { audience: api, scope: 'openid read:all' });
    const oldKid = decodeProtectedHeader(tokens.id_token ?? '').kid;

    const { kids } = await deployment.server.cli<{ kids: string[] }>('keys', 'rotate');
    expect(kids).not.toContain(oldKid);
    const published = await waitForKeys(kids);
    const verify = (token: string) =>
      jwtVerify(token, createLocalJWKSet(published), { issuer: deployment.issuer });
    await verify(tokens.id_token ?? '');
    await verify(tokens.access_token);
    const userinfo = await openid.fetchUserInfo(party.config, tokens.access_token, kim.userId);
    expect(userinfo.sub).toBe(kim.userId);

    const anew = await RelyingParty.discover(deployment, application);
    const later = await anew.signIn(kim, { audience: api, scope: 'openid read:all' }, { browser });
    expect(later.screens).toEqual([]);
    expect(kids).toContain(decodeProtectedHeader(later.tokens.id_token ?? '').kid);
    expect(kids).toContain(decodeProtectedHeader(later.tokens.access_token).kid);
  });

  /** A running server notices within seconds that another process rotated the keys. */
  async function waitForKeys(kids: string[]): Promise<JSONWebKeySet> {
    for (let tries = 0; tries < 150; tries += 1) {
      const published = await fetchKeys();
      if (kids.every((kid) => published.keys.some((key) => key.kid === kid))) return published;
      await sleep(100);
    }
    throw new Error('The server still signs with the old keys.');
  }
});
