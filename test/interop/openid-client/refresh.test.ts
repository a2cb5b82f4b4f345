import * as openid from 'openid-client';
import { beforeAll, describe, expect, it } from 'vitest';
import { forEachServer } from '../../support/server.ts';
import { Deployment, type Person } from '../deployment.ts';
import { RelyingParty } from '../relyingParty.ts';

const multiFactor = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor';
const api = 'https://api.example.com/orders';
const offline = { scope: 'openid email offline_access' };
const dead = { status: 403, error: 'invalid_grant', error_description: 'Unknown or invalid refresh token.' };

forEachServer((_engine, start) => {
  let deployment: Deployment;
  let rotating: RelyingParty;
  let lasting: RelyingParty;
  let kim: Person;

  beforeAll(async () => {
    deployment = await Deployment.start(start);
    await deployment.api(api, '--scopes', 'read:orders,write:orders', '--allow-offline-access');
    const [rotatingApplication, lastingApplication, person] = await Promise.all([
      deployment.application('--refresh-token-rotation', 'rotating'),
      deployment.application('--refresh-token-rotation', 'non-rotating'),
      deployment.person(),
    ]);
    kim = person;
    rotating = await RelyingParty.discover(deployment, rotatingApplication);
    lasting = await RelyingParty.discover(deployment, lastingApplication);
  });

  async function refreshTokenOf(party: RelyingParty, parameters: Record<string, string> = offline) {
    const { tokens } = await party.signIn(kim, parameters);
    expect(tokens.refresh_token).toEqual(expect.any(String));
    return { tokens, refreshToken: tokens.refresh_token ?? '' };
  }

  describe('rotating', () => {
    it('replaces the token at each use', async () => {
      const { tokens, refreshToken } = await refreshTokenOf(rotating);
      const second = await openid.refreshTokenGrant(rotating.config, refreshToken);
      expect(second.refresh_token).not.toBe(refreshToken);
      expect(second.access_token).not.toBe(tokens.access_token);
      const third = await openid.refreshTokenGrant(rotating.config, second.refresh_token ?? '');
      expect(third.claims()?.sub).toBe(kim.userId);
    });

    it('ends the whole family when a replaced token is used again', async () => {
      const { refreshToken } = await refreshTokenOf(rotating);
      const second = await openid.refreshTokenGrant(rotating.config, refreshToken);
      await expect(openid.refreshTokenGrant(rotating.config, refreshToken)).rejects.toMatchObject(dead);
      await expect(
        openid.refreshTokenGrant(rotating.config, second.refresh_token ?? ''),
      ).rejects.toMatchObject(dead);
      await expect(
        openid.fetchUserInfo(rotating.config, second.access_token, kim.userId),
      ).rejects.toMatchObject({ status: 401 });
      expect(await deployment.eventsOf(kim)).toContain('ferrt');
    });

    it('touches no other sign-in of the same person', async () => {
      const stolen = await refreshTokenOf(rotating);
      const other = await refreshTokenOf(rotating);
      await openid.refreshTokenGrant(rotating.config, stolen.refreshToken);
      await openid.refreshTokenGrant(rotating.config, stolen.refreshToken).catch(() => {});
      const refreshed = await openid.refreshTokenGrant(rotating.config, other.refreshToken);
      expect(refreshed.claims()?.sub).toBe(kim.userId);
    });

    it('forgives a repeated request within the leeway', async () => {
      const application = await deployment.application(
        ...['--refresh-token-rotation', 'rotating', '--refresh-token-leeway', '60'],
      );
      const lenient = await RelyingParty.discover(deployment, application);
      const { refreshToken } = await refreshTokenOf(lenient);
      await openid.refreshTokenGrant(lenient.config, refreshToken);
      const repeated = await openid.refreshTokenGrant(lenient.config, refreshToken);
      await openid.refreshTokenGrant(lenient.config, repeated.refresh_token ?? '');
    });
  });

  describe('non-rotating', () => {
    it('takes the same token again and again', async () => {
      const { refreshToken } = await refreshTokenOf(lasting);
      for (let use = 0; use < 3; use += 1) {
        const refreshed = await openid.refreshTokenGrant(lasting.config, refreshToken);
        expect(refreshed.refresh_token).toBeUndefined();
        expect(refreshed.claims()?.sub).toBe(kim.userId);
      }
    });

    it('narrows the scope, and never widens it', async () => {
      const { refreshToken } = await refreshTokenOf(lasting, {
        audience: api,
        scope: 'openid read:orders offline_access',
      });
      const narrowed = await openid.refreshTokenGrant(lasting.config, refreshToken, { scope: 'openid' });
      expect(narrowed.scope).toBe('openid');
      const widened = openid.refreshTokenGrant(lasting.config, refreshToken, {
        scope: 'openid read:orders write:orders',
      });
      const scope = await widened.then(
        (tokens) => tokens.scope ?? '',
        () => '',
      );
      expect(scope).not.toContain('write:orders');
    });

    it('is refused to another application, to strangers and after revocation', async () => {
      const { refreshToken } = await refreshTokenOf(lasting);
      await expect(openid.refreshTokenGrant(rotating.config, refreshToken)).rejects.toMatchObject(dead);
      await expect(openid.refreshTokenGrant(lasting.config, 'no-such-token')).rejects.toMatchObject(dead);
      await openid.tokenRevocation(lasting.config, refreshToken);
      await expect(openid.refreshTokenGrant(lasting.config, refreshToken)).rejects.toMatchObject(dead);
    });
  });

  it('keeps sid and auth_time, and sends no nonce', async () => {
    const { tokens, refreshToken } = await refreshTokenOf(lasting);
    const claims = (await openid.refreshTokenGrant(lasting.config, refreshToken)).claims();
    const first = tokens.claims();
    expect(claims).toMatchObject({ sid: first?.sid, auth_time: first?.auth_time });
    expect(claims).not.toHaveProperty('nonce');
  });

  it('carries what was proved at the pages into refreshed ID tokens', async () => {
    const person = await deployment.enrolledPerson();
    const { tokens } = await lasting.signIn(person, { ...offline, acr_values: multiFactor });
    const refreshed = await openid.refreshTokenGrant(lasting.config, tokens.refresh_token ?? '');
    expect(refreshed.claims()).toMatchObject({
      acr: multiFactor,
      amr: expect.arrayContaining(['mfa', 'pwd', 'otp']),
    });
  });

  it('needs offline_access, of the application and of the API', async () => {
    const closed = 'https://api.example.com/closed';
    await deployment.api(closed, '--scopes', 'read:closed', '--no-allow-offline-access');
    for (const parameters of [
      { scope: 'openid' },
      { audience: closed, scope: 'openid read:closed offline_access' },
    ] as Record<string, string>[]) {
      const { tokens } = await lasting.signIn(kim, parameters);
      expect(tokens.refresh_token).toBeUndefined();
    }
  });

  it('ends with the account', async () => {
    const lee = await deployment.person();
    const { tokens } = await lasting.signIn(lee, offline);
    const refresh = () => openid.refreshTokenGrant(lasting.config, tokens.refresh_token ?? '');
    await deployment.server.cli('user', 'block', lee.userId);
    await expect(refresh()).rejects.toMatchObject({
      error_description: expect.stringMatching(/user is blocked|invalid refresh token/),
    });
    await deployment.server.cli('user', 'unblock', lee.userId);
    await deployment.server.cli('user', 'delete', lee.userId);
    await expect(refresh()).rejects.toMatchObject({ status: 403, error: 'invalid_grant' });
  });
});
