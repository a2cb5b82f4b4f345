import { decodeJwt } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { codeOf } from '../../test/support/engine.ts';
import { callback, createTestOidc, enrolOtp, type TestOidc } from '../../test/support/oidc.ts';
import type { ClientDraft } from '../applications/client.ts';
import { grantTypes } from '../applications/client.ts';
import { updateClient } from '../applications/clients.ts';
import { systemClock } from '../config/clock.ts';

const dead = { error: 'invalid_grant', error_description: 'Unknown or invalid refresh token.' };
const rotating = {
  rotationType: 'rotating',
  expirationType: 'expiring',
  leewaySeconds: 0,
  tokenLifetimeSeconds: 1000,
  idleTokenLifetimeSeconds: 600,
} as const;

forEachDatabase((_engine, open) => {
  afterEach(() => {
    vi.useRealTimers();
  });

  async function setUp(draft: Partial<ClientDraft> = {}) {
    const house = await createTestOidc(await open());
    await house.addApi({
      identifier: 'api',
      allowOfflineAccess: true,
      scopes: [
        { value: 'read', description: '' },
        { value: 'pay', description: '' },
      ],
      stepUpScopes: ['pay'],
    });
    const all = [...Object.values(grantTypes)].filter((type) => type !== grantTypes.clientCredentials);
    const { client } = await house.addClient({
      appType: 'spa',
      grantTypes: all,
      refreshToken: rotating,
      ...draft,
    });
    const userId = await house.addUser();
    const scope = 'openid email offline_access read';
    const signIn = async (parameters: Record<string, string> = {}, at: TestOidc = house) => {
      const { code, verifier } = await at
        .browser()
        .signIn(client.clientId, userId, { scope, audience: 'api', nonce: 'n-1', ...parameters });
      const { body } = await at.token({
        grant_type: 'authorization_code',
        client_id: client.clientId,
        redirect_uri: callback,
        code,
        code_verifier: verifier,
      });
      return body as { refresh_token: string; id_token: string };
    };
    const refresh = (token: string, changes: Record<string, string> = {}, at: TestOidc = house) =>
      at.token({ grant_type: 'refresh_token', client_id: client.clientId, refresh_token: token, ...changes });
    const setLeeway = (leewaySeconds: number) =>
      house.database.transaction((trx) =>
        updateClient(trx, systemClock, client.clientId, { refreshToken: { ...rotating, leewaySeconds } }),
      );
    return { house, client, userId, signIn, refresh, setLeeway };
  }

  function pass(seconds: number) {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });
  }

  describe('refresh tokens', () => {
    it('are exchanged for new ones, with an ID token that carries no nonce', async () => {
      const { house, signIn, refresh, userId } = await setUp();
      const first = await signIn();
      const { status, body } = await refresh(first.refresh_token);
      expect(status).toBe(200);
      expect(body.refresh_token).not.toBe(first.refresh_token);
      expect(body.scope.split(' ').sort()).toEqual(['email', 'offline_access', 'openid', 'read']);
      const claims = decodeJwt(body.id_token);
      expect(claims).not.toHaveProperty('nonce');
      expect(claims).toMatchObject({ sub: userId, email: 'kim@example.com' });
      const before = decodeJwt(first.id_token);
      expect(claims).toMatchObject({ sid: before.sid, auth_time: before.auth_time });
      expect(decodeJwt(body.access_token)).toMatchObject({ sub: userId, aud: ['api', expect.any(String)] });
      expect(await house.events()).toContain('sertft');
    });

    it('may ask for less, and not for more', async () => {
      const { signIn, refresh } = await setUp();
      const { refresh_token } = await signIn();
      const less = await refresh(refresh_token, { scope: 'openid read' });
      expect(less.body.scope).toBe('openid read');
      const more = await refresh(less.body.refresh_token, { scope: 'openid read pay' });
      expect(more.status).toBe(400);
      expect(more.body.error).toBe('invalid_scope');
      expect((await refresh(less.body.refresh_token, { audience: 'other' })).status).toBe(403);
    });

    it('S-71 reuse ends the family, and is logged', async () => {
      const { house, signIn, refresh } = await setUp();
      const { refresh_token: first } = await signIn();
      const { body } = await refresh(first);
      expect((await refresh(first)).body).toEqual(dead);
      expect((await refresh(body.refresh_token)).body).toEqual(dead);
      expect(await house.events()).toContain('ferrt');
    });

    it('S-71 reuse is noticed after a restart, and touches no other sign-in', async () => {
      const { house, signIn, refresh } = await setUp();
      const { refresh_token: first } = await signIn();
      const { refresh_token: elsewhere } = await signIn();
      const { body } = await refresh(first);
      const again = await house.restart();
      expect((await refresh(first, {}, again)).body).toEqual(dead);
      expect((await refresh(body.refresh_token, {}, again)).body).toEqual(dead);
      expect((await refresh(elsewhere, {}, again)).status).toBe(200);
    });

    it('S-71 of racing exchanges of one token at most one succeeds', async () => {
      const { signIn, refresh } = await setUp();
      for (let round = 0; round < 3; round += 1) {
        const { refresh_token } = await signIn();
        const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(refresh_token)));
        const good = answers.filter(({ status }) => status === 200);
        expect(good.length).toBeLessThanOrEqual(1);
        for (const { body } of answers.filter(({ status }) => status !== 200)) expect(body).toEqual(dead);
        // Who came second may be a thief, so the winner's token is dead as well.
        for (const { body } of good) expect((await refresh(body.refresh_token)).body).toEqual(dead);
      }
    });

    it('S-71 overlap happens only by setting, and only while it lasts', async () => {
      const { signIn, refresh, setLeeway } = await setUp();
      await setLeeway(30);
      const { refresh_token } = await signIn();
      const answers = await Promise.all([refresh(refresh_token), refresh(refresh_token)]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      pass(31);
      expect((await refresh(refresh_token)).body).toEqual(dead);
      expect((await refresh(answers[0]?.body.refresh_token)).body).toEqual(dead);
    });

    it('S-71 a refresh that races a revocation leaves nothing behind that works', async () => {
      const { house, client, signIn, refresh } = await setUp();
      for (let round = 0; round < 5; round += 1) {
        const { refresh_token } = await signIn();
        const [refreshed] = await Promise.all([
          refresh(refresh_token),
          house.post('/oauth/revoke', { client_id: client.clientId, token: refresh_token }),
        ]);
        expect((await refresh(refresh_token)).body).toEqual(dead);
        if (refreshed?.status === 200)
          expect((await refresh(refreshed.body.refresh_token)).body).toEqual(dead);
      }
    });

    it('end when idle, and at the latest after their lifetime', async () => {
      const { signIn, refresh } = await setUp();
      let { refresh_token } = await signIn();
      pass(500);
      refresh_token = (await refresh(refresh_token)).body.refresh_token;
      expect(refresh_token).toEqual(expect.any(String));
      pass(400);
      refresh_token = (await refresh(refresh_token)).body.refresh_token;
      pass(150);
      expect((await refresh(refresh_token)).body).toEqual(dead);

      const other = await signIn();
      pass(650);
      expect((await refresh(other.refresh_token)).body).toEqual(dead);
    });

    it('that do not rotate stay, and each use starts their idle time anew', async () => {
      const { signIn, refresh } = await setUp({
        refreshToken: { ...rotating, rotationType: 'non-rotating' },
      });
      const { refresh_token } = await signIn();
      for (const seconds of [400, 400]) {
        pass(seconds);
        const { status, body } = await refresh(refresh_token);
        expect(status).toBe(200);
        expect(body).not.toHaveProperty('refresh_token');
      }
      pass(250);
      expect((await refresh(refresh_token)).body).toEqual(dead);
    });

    it('are worth nothing to another application, unknown or blocked', async () => {
      const { house, signIn, refresh, userId } = await setUp();
      const { client: other } = await house.addClient({ appType: 'spa' });
      const { refresh_token } = await signIn();
      expect((await refresh(refresh_token, { client_id: other.clientId })).body).toEqual(dead);
      expect((await refresh('nonsense')).body).toEqual(dead);
      await house.database.db.updateTable('users').set({ blocked: 1 }).where('id', '=', userId).execute();
      const blocked = await refresh(refresh_token);
      expect(blocked.status).toBe(403);
      expect(blocked.body).toEqual({ error: 'unauthorized', error_description: 'user is blocked' });
    });

    it('are revoked with all that hangs on them', async () => {
      const { house, client, signIn, refresh } = await setUp();
      const { refresh_token } = await signIn();
      const { body } = await refresh(refresh_token);
      const revoked = await house.post('/oauth/revoke', {
        client_id: client.clientId,
        token: body.refresh_token,
      });
      expect(revoked.status).toBe(200);
      expect(revoked.body).toBe('');
      expect((await refresh(body.refresh_token)).body).toEqual(dead);
      expect(await house.events()).toContain('srrt');
      const unknown = await house.post('/oauth/revoke', { client_id: client.clientId, token: 'nonsense' });
      expect(unknown.status).toBe(200);
    });
  });

  describe('policy at refresh', () => {
    it('S-31 answers mfa_required before the token is used up, and completes with a rotated one', async () => {
      const { house, client, userId, signIn, refresh } = await setUp();
      const { secret } = await enrolOtp(house, userId, client);
      const { refresh_token } = await signIn();
      await house.setTenant({ policy: 'always' });

      const asked = await refresh(refresh_token);
      expect(asked.status).toBe(403);
      expect(asked.body).toEqual({
        error: 'mfa_required',
        error_description: 'Multifactor authentication required',
        mfa_token: expect.any(String),
        mfa_requirements: { challenge: [{ type: 'otp' }, { type: 'recovery-code' }] },
      });
      expect(asked.headers).not.toHaveProperty('www-authenticate');
      expect((await refresh(refresh_token)).body.error).toBe('mfa_required');

      const completed = await house.token({
        grant_type: grantTypes.mfaOtp,
        client_id: client.clientId,
        mfa_token: asked.body.mfa_token,
        otp: await codeOf(secret, Date.now()),
      });
      expect(completed.status).toBe(200);
      expect(completed.body.scope.split(' ').sort()).toEqual(['email', 'offline_access', 'openid', 'read']);
      expect(completed.body.refresh_token).not.toBe(refresh_token);
      expect(decodeJwt(completed.body.id_token)).toMatchObject({
        amr: ['mfa', 'pwd', 'otp'],
        acr: expect.any(String),
      });
      const next = await refresh(completed.body.refresh_token);
      expect(next.status).toBe(200);
      expect(decodeJwt(next.body.id_token)).toMatchObject({
        amr: ['mfa', 'pwd', 'otp'],
        acr: expect.any(String),
      });
      expect((await refresh(refresh_token)).body).toEqual(dead);
      expect(await house.events()).toEqual(expect.arrayContaining(['mfar', 'seotpft']));
    });

    it('S-31 a refresh is judged by its own sign-in, not by what the session proved later', async () => {
      const { house, client, userId, refresh } = await setUp();
      const { proof } = await enrolOtp(house, userId, client);
      const browser = house.browser();
      const tokens = async (
        parameters: Record<string, string>,
        proofs?: Parameters<typeof browser.signIn>[3],
      ) => {
        const signed = await browser.signIn(
          client.clientId,
          userId,
          { audience: 'api', ...parameters },
          proofs,
        );
        return house.token({
          grant_type: 'authorization_code',
          client_id: client.clientId,
          redirect_uri: callback,
          code: signed.code,
          code_verifier: signed.verifier,
        });
      };
      const weak = await tokens({ scope: 'openid offline_access read' });
      const strong = await tokens({ scope: 'openid offline_access pay' }, [proof]);
      expect(decodeJwt(strong.body.id_token)).toMatchObject({ amr: ['mfa', 'pwd', 'otp'] });
      expect((await refresh(strong.body.refresh_token)).status).toBe(200);
      const refreshed = await refresh(weak.body.refresh_token);
      expect(decodeJwt(refreshed.body.id_token)).not.toHaveProperty('acr');
      await house.setTenant({ policy: 'always' });
      expect((await refresh(refreshed.body.refresh_token)).body.error).toBe('mfa_required');
    });

    it('S-38 what a sign-in without a password gave ends with what it was made by', async () => {
      const { house, client, userId, refresh } = await setUp();
      const { proof } = await enrolOtp(house, userId, client);
      await house.setTenant({ passkeySignIn: true });
      const browser = house.browser();
      const scope = 'openid offline_access read';
      const signIn = { ...proof, isSignIn: true } as const;
      const signed = await browser.signIn(client.clientId, userId, { audience: 'api', scope }, [signIn]);
      const { body } = await house.token({
        grant_type: 'authorization_code',
        client_id: client.clientId,
        redirect_uri: callback,
        code: signed.code,
        code_verifier: signed.verifier,
      });
      const next = await refresh(body.refresh_token);
      expect(next.status).toBe(200);
      const silent = async () =>
        (await browser.authorize(client.clientId, { prompt: 'none' })).location?.searchParams.get('error');
      expect(await silent()).toBeNull();
      await house.setTenant({ passkeySignIn: false });
      expect((await refresh(next.body.refresh_token)).body).toEqual(dead);
      expect(await silent()).toBe('login_required');
    });

    it('S-27 a second factor opens no API that the token was not granted for', async () => {
      const { house, signIn, refresh } = await setUp();
      await house.addApi({
        identifier: 'other',
        allowOfflineAccess: true,
        scopes: [{ value: 'read', description: '' }],
        stepUpScopes: ['read'],
      });
      const { refresh_token } = await signIn();
      const { status, body } = await refresh(refresh_token, { audience: 'other', scope: 'read' });
      expect(status).toBe(403);
      expect(body.error).not.toBe('mfa_required');
      expect(body).not.toHaveProperty('mfa_token');
      expect((await refresh(refresh_token)).status).toBe(200);
    });

    it('S-31 another application cannot complete it', async () => {
      const { house, client, userId, signIn, refresh } = await setUp();
      const { secret } = await enrolOtp(house, userId, client);
      const { refresh_token } = await signIn();
      await house.setTenant({ policy: 'always' });
      const { client: other } = await house.addClient({ appType: 'spa', grantTypes: [grantTypes.mfaOtp] });
      const { status, body } = await house.token({
        grant_type: grantTypes.mfaOtp,
        client_id: other.clientId,
        mfa_token: (await refresh(refresh_token)).body.mfa_token,
        otp: await codeOf(secret, Date.now()),
      });
      expect(status).toBe(400);
      expect(body).toEqual({
        error: 'invalid_request',
        error_description: 'mfa_token not issued to this client',
      });
    });

    it('S-31 completing fails when the refresh token was revoked meanwhile', async () => {
      const { house, client, userId, signIn, refresh } = await setUp();
      const { secret } = await enrolOtp(house, userId, client);
      const { refresh_token } = await signIn();
      await house.setTenant({ policy: 'always' });
      const { body } = await refresh(refresh_token);
      await house.post('/oauth/revoke', { client_id: client.clientId, token: refresh_token });
      const completed = await house.token({
        grant_type: grantTypes.mfaOtp,
        client_id: client.clientId,
        mfa_token: body.mfa_token,
        otp: await codeOf(secret, Date.now()),
      });
      expect(completed.body).toEqual(dead);
    });
  });
});
