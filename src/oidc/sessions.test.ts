import { decodeJwt } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { type Browser, callback, createTestOidc, enrolOtp, issuer } from '../../test/support/oidc.ts';
import { blockUser } from '../accounts/blockUser.ts';
import { systemClock } from '../config/clock.ts';
import { multiFactorAcr } from '../mfa/authenticationContext.ts';
import type { Proof } from '../mfa/transaction.ts';

const sessionCookie = '__Host-countersign';

forEachDatabase((_engine, open) => {
  afterEach(() => {
    vi.useRealTimers();
  });

  async function setUp() {
    const house = await createTestOidc(await open());
    const { client } = await house.addClient({ appType: 'spa' });
    await house.addApi({
      identifier: 'api',
      scopes: [
        { value: 'read', description: '' },
        { value: 'pay', description: '' },
      ],
      stepUpScopes: ['pay'],
    });
    const userId = await house.addUser();
    const silent = (browser: Browser, parameters: Record<string, string> = {}) =>
      browser.authorize(client.clientId, { prompt: 'none', ...parameters });
    const claimsOf = async (code: string, verifier: string) => {
      const { body } = await house.token({
        grant_type: 'authorization_code',
        client_id: client.clientId,
        redirect_uri: callback,
        code,
        code_verifier: verifier,
      });
      return decodeJwt(body.id_token);
    };
    return { house, client, userId, silent, claimsOf };
  }

  function errorOf(answer: { location: URL | undefined }) {
    const parameters = answer.location?.searchParams;
    return [parameters?.get('error'), parameters?.get('error_description')];
  }

  describe('sessions', () => {
    it('let a second application sign in without asking', async () => {
      const { house, client, userId, silent } = await setUp();
      const browser = house.browser();
      await browser.signIn(client.clientId, userId);
      const { location } = await silent(browser);
      expect(location?.searchParams.get('code')).toEqual(expect.any(String));
      expect(await house.events()).toEqual(expect.arrayContaining(['s', 'ssa']));
    });

    it('S-76 have a new cookie after sign-in and step-up, safe in every attribute', async () => {
      const { house, client, userId } = await setUp();
      const { proof } = await enrolOtp(house, userId, client);
      const browser = house.browser();
      const { location } = await browser.authorize(client.clientId);
      const resumed = await browser.finish(location, userId);
      const header = [resumed.headers['set-cookie']]
        .flat()
        .find((cookie) => cookie?.startsWith(`${sessionCookie}=`));
      for (const attribute of ['path=/', 'secure', 'httponly', 'samesite=none']) {
        expect(header?.toLowerCase()).toContain(attribute);
      }
      expect(header).not.toMatch(/domain=/i);
      const first = browser.cookies.get(sessionCookie) ?? '';
      expect(first.length * 6).toBeGreaterThanOrEqual(128);

      const asked = await browser.authorize(client.clientId, { acr_values: multiFactorAcr });
      expect(asked.location?.pathname).toBe('/u/mfa');
      await browser.finish(asked.location, userId, [proof]);
      const second = browser.cookies.get(sessionCookie);
      expect(second).not.toBe(first);

      const thief = house.browser();
      thief.cookies.set(sessionCookie, first);
      expect(
        (await thief.authorize(client.clientId, { prompt: 'none' })).location?.searchParams.get('error'),
      ).toBe('login_required');
    });

    it('S-76 a session planted before the sign-in is worth nothing after it', async () => {
      const { house, client, userId, silent } = await setUp();
      const planted = 'x'.repeat(43);
      const victim = house.browser();
      victim.cookies.set(sessionCookie, planted);
      await victim.signIn(client.clientId, userId);
      expect(victim.cookies.get(sessionCookie)).not.toBe(planted);
      const attacker = house.browser();
      attacker.cookies.set(sessionCookie, planted);
      expect(errorOf(await silent(attacker))).toEqual(['login_required', 'Login required']);
    });

    it('S-76 another user who signs in inherits nothing, and needs no page that submits itself', async () => {
      const { house, client, userId, silent, claimsOf } = await setUp();
      const { proof } = await enrolOtp(house, userId, client);
      const otherId = await house.addUser('robin@example.com');
      const browser = house.browser();
      await browser.signIn(client.clientId, userId, {}, [{ factor: 'password', at: Date.now() }, proof]);
      const before = browser.cookies.get(sessionCookie) ?? '';
      const { code, verifier } = await browser.signIn(client.clientId, otherId, { prompt: 'login' });
      const claims = await claimsOf(code, verifier);
      expect(claims.sub).toBe(otherId);
      expect(claims).not.toHaveProperty('amr');
      const old = house.browser();
      old.cookies.set(sessionCookie, before);
      expect(errorOf(await silent(old))).toEqual(['login_required', 'Login required']);
    });

    it('S-76 a session that another tab began for somebody else ends as well', async () => {
      const { house, client, userId, claimsOf } = await setUp();
      const otherId = await house.addUser('robin@example.com');
      const browser = house.browser();
      const first = await browser.authorize(client.clientId);
      const second = await browser.authorize(client.clientId);
      await browser.finish(second.location, otherId);
      const resumed = await browser.finish(first.location, userId);
      const code = resumed.location?.searchParams.get('code') ?? '';
      expect((await claimsOf(code, first.verifier)).sub).toBe(userId);
    });

    it('let several tabs sign in side by side', async () => {
      const { house, client, userId } = await setUp();
      const browser = house.browser();
      const tabs = [await browser.authorize(client.clientId), await browser.authorize(client.clientId)];
      for (const tab of tabs) {
        const resumed = await browser.finish(tab.location, userId);
        expect(resumed.location?.searchParams.get('code')).toEqual(expect.any(String));
      }
    });

    it('S-37 an interaction belongs to the browser that began it, and gives one result', async () => {
      const { house, client, userId } = await setUp();
      const browser = house.browser();
      const { location } = await browser.authorize(client.clientId);
      const uid = location?.searchParams.get('state') ?? '';
      const { interactions } = house.oidc;
      expect(await interactions.find(uid, house.browser().cookieHeader)).toBeUndefined();
      expect(await interactions.find(uid, browser.cookieHeader)).toMatchObject({ uid, prompt: 'login' });

      const result = { userId, proofs: [{ factor: 'password', at: Date.now() }] };
      const finished = await Promise.allSettled([
        interactions.finish(uid, result),
        interactions.finish(uid, result),
      ]);
      expect(finished.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const again = await interactions.find(uid, browser.cookieHeader);
      expect(again?.resumeUrl).toBe(`${issuer}authorize/${uid}`);

      const stolen = await house.browser().get(`${issuer}authorize/${uid}`);
      expect(stolen.status).toBe(400);
      expect(
        (await browser.get(`${issuer}authorize/${uid}`)).location?.searchParams.get('code'),
      ).toBeTruthy();
      expect((await browser.get(`${issuer}authorize/${uid}`)).status).toBe(400);
      expect(await interactions.find(uid, browser.cookieHeader)).toBeUndefined();
    });

    it('S-37 of racing resumptions one gets a code', async () => {
      const { house, client, userId } = await setUp();
      const browser = house.browser();
      const { location } = await browser.authorize(client.clientId);
      const uid = location?.searchParams.get('state') ?? '';
      await house.oidc.interactions.finish(uid, { userId, proofs: [{ factor: 'password', at: Date.now() }] });
      const answers = await Promise.all(
        Array.from({ length: 10 }, async () => {
          const tab = house.browser();
          for (const [name, value] of browser.cookies) tab.cookies.set(name, value);
          return tab.get(`${issuer}authorize/${uid}`);
        }),
      );
      expect(answers.filter((answer) => answer.location?.searchParams.get('code'))).toHaveLength(1);
    });

    it('S-25 before the pages are done nothing that the browser holds opens anything', async () => {
      const { house, client, silent } = await setUp();
      const browser = house.browser();
      const { location } = await browser.authorize(client.clientId);
      const uid = location?.searchParams.get('state') ?? '';
      expect(browser.cookies.has(sessionCookie)).toBe(false);
      expect(errorOf(await silent(browser))).toEqual(['login_required', 'Login required']);
      // Resuming without a result leads back to the pages.
      expect((await browser.get(`${issuer}authorize/${uid}`)).location?.pathname).toBe('/u/login');
      for (const value of browser.cookies.values()) {
        const headers = { host: 'login.example.com', authorization: `Bearer ${value}` };
        expect((await house.app.inject({ url: '/userinfo', headers })).statusCode).toBe(401);
      }
    });

    it('S-78 end when idle and after their absolute life, by the settings in force', async () => {
      const { house, client, userId, silent } = await setUp();
      const minutes = (count: number) =>
        vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + count * 60_000 });
      await house.setTenant({ session: { idleMinutes: 60, absoluteMinutes: 150 } });
      const browser = house.browser();
      await browser.signIn(client.clientId, userId);
      for (const pause of [50, 50]) {
        minutes(pause);
        expect((await silent(browser)).location?.searchParams.get('code')).toBeTruthy();
      }
      minutes(55);
      expect(errorOf(await silent(browser))).toEqual(['login_required', 'Login required']);

      await browser.signIn(client.clientId, userId);
      minutes(20);
      await house.setTenant({ session: { idleMinutes: 10, absoluteMinutes: 150 } });
      expect(errorOf(await silent(browser))).toEqual(['login_required', 'Login required']);
    });

    it('S-79 end at once when the user is blocked, with everything under way', async () => {
      const { house, client, userId, silent } = await setUp();
      const browser = house.browser();
      await browser.signIn(client.clientId, userId);
      const { code, verifier } = await browser.signIn(client.clientId, userId, { prompt: 'login' });
      await house.database.transaction((trx) => blockUser(trx, systemClock, userId));
      expect(errorOf(await silent(browser))).toEqual(['login_required', 'Login required']);
      const { status } = await house.token({
        grant_type: 'authorization_code',
        client_id: client.clientId,
        redirect_uri: callback,
        code,
        code_verifier: verifier,
      });
      expect(status).toBe(403);
    });

    it('keep their proofs out of the cookie, and the cookie out of the database', async () => {
      const { house, client, userId } = await setUp();
      const browser = house.browser();
      await browser.signIn(client.clientId, userId);
      await browser.authorize(client.clientId, { prompt: 'login' });
      const { db } = house.database;
      const rows = [
        await db.selectFrom('oidc_records').selectAll().execute(),
        await db.selectFrom('sessions').selectAll().execute(),
      ];
      expect(JSON.stringify(rows)).not.toContain(browser.cookies.get(sessionCookie));
    });
  });

  describe('what is asked of a session', () => {
    it('S-29 acr_values, max_age and prompt are honoured, and the ID token says what was done and when', async () => {
      const { house, client, userId, claimsOf } = await setUp();
      const { proof } = await enrolOtp(house, userId, client);
      const start = Date.now();
      const at = (seconds: number) => vi.useFakeTimers({ toFake: ['Date'], now: start + seconds * 1000 });
      const page = async (browser: Browser, parameters: Record<string, string>) =>
        (await browser.authorize(client.clientId, parameters)).location?.pathname;
      at(0);
      const browser = house.browser();
      await browser.signIn(client.clientId, userId);
      const loginAt = Math.floor(start / 1000);

      at(100);
      expect(await page(browser, { max_age: '200' })).toBe('/callback');
      expect(await page(browser, { max_age: '50' })).toBe('/u/login');
      expect(await page(browser, { max_age: '0' })).toBe('/u/login');
      expect(await page(browser, { prompt: 'login' })).toBe('/u/login');
      expect(await page(browser, { acr_values: 'urn:something:else' })).toBe('/callback');
      expect(await page(browser, { acr_values: multiFactorAcr })).toBe('/u/mfa');
      expect(await page(browser, { audience: 'api', scope: 'openid read' })).toBe('/callback');
      expect(await page(browser, { audience: 'api', scope: 'openid pay' })).toBe('/u/mfa');

      const asked = await browser.authorize(client.clientId, { acr_values: multiFactorAcr, max_age: '1000' });
      const stepped = await browser.finish(asked.location, userId, [proof]);
      const code = stepped.location?.searchParams.get('code') ?? '';
      // A step-up proves the second factor, it is no new sign-in.
      expect(await claimsOf(code, asked.verifier)).toMatchObject({
        acr: multiFactorAcr,
        amr: ['mfa', 'pwd', 'otp'],
        auth_time: loginAt,
      });
      expect(await page(browser, { acr_values: multiFactorAcr })).toBe('/callback');

      at(200);
      const weak = await browser.signIn(client.clientId, userId, { prompt: 'login' });
      const claims = await claimsOf(weak.code, weak.verifier);
      expect(claims.auth_time).toBe(loginAt + 200);
      for (const absent of ['acr', 'amr']) expect(claims).not.toHaveProperty(absent);
    });

    it('S-30 prompt=none never gives a code while anything is missing, and says what', async () => {
      const { house, client, userId, silent } = await setUp();
      await enrolOtp(house, userId, client);
      const browser = house.browser();
      const loginRequired = ['login_required', 'Login required'];
      const mfaRequired = ['login_required', 'Multifactor authentication required'];
      expect(errorOf(await silent(browser))).toEqual(loginRequired);
      await browser.signIn(client.clientId, userId);
      expect(errorOf(await silent(browser, { acr_values: multiFactorAcr }))).toEqual(mfaRequired);
      expect(errorOf(await silent(browser, { audience: 'api', scope: 'openid pay' }))).toEqual(mfaRequired);
      expect(errorOf(await silent(browser, { audience: `${issuer}mfa/`, scope: 'enroll' }))).toEqual(
        mfaRequired,
      );
      await house.setTenant({ policy: 'always' });
      expect(errorOf(await silent(browser))).toEqual(mfaRequired);
      await house.setTenant({ policy: 'never' });
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
      expect(errorOf(await silent(browser, { max_age: '10' }))).toEqual(loginRequired);
      expect(errorOf(await silent(browser, { prompt: 'none login' }))[0]).toBe('invalid_request');

      const { client: foreign } = await house.addClient({ appType: 'spa', isFirstParty: false });
      const consent = await browser.authorize(foreign.clientId, { prompt: 'none' });
      expect(errorOf(consent)).toEqual(['consent_required', 'Consent required']);
      expect(await house.events()).toContain('fsa');
    });

    it('S-28 the policy is judged again when the pages are done', async () => {
      const { house, client, userId } = await setUp();
      const { proof } = await enrolOtp(house, userId, client);
      const browser = house.browser();
      const { location } = await browser.authorize(client.clientId);
      await house.setTenant({ policy: 'always' });
      const resumed = await browser.finish(location, userId);
      expect(resumed.location?.pathname).toBe('/u/mfa');
      const done = await browser.finish(resumed.location, userId, [proof]);
      expect(done.location?.searchParams.get('code')).toBeTruthy();
    });

    it('S-28 a proof by a method that is gone counts no longer', async () => {
      const { house, client, userId, silent } = await setUp();
      const { proof } = await enrolOtp(house, userId, client);
      await house.setTenant({ policy: 'always' });
      const browser = house.browser();
      const proofs: Proof[] = [{ factor: 'password', at: Date.now() }, proof];
      await browser.signIn(client.clientId, userId, {}, proofs);
      expect((await silent(browser)).location?.searchParams.get('code')).toBeTruthy();
      await house.engine.resetUser(userId, { kind: 'operator', id: 'op' } as never, {
        ip: '192.0.2.1',
        userAgent: '',
      });
      expect(errorOf(await silent(browser))[0]).toBe('login_required');
    });

    it('a step-up takes nobody else’s word', async () => {
      const { house, client, userId } = await setUp();
      await enrolOtp(house, userId, client);
      const otherId = await house.addUser('robin@example.com');
      const browser = house.browser();
      await browser.signIn(client.clientId, userId);
      const { location } = await browser.authorize(client.clientId, { acr_values: multiFactorAcr });
      const uid = location?.searchParams.get('state') ?? '';
      await expect(house.oidc.interactions.finish(uid, { userId: otherId, proofs: [] })).rejects.toThrow();
      const interaction = await house.oidc.interactions.find(uid, browser.cookieHeader);
      expect(interaction).toMatchObject({
        prompt: 'mfa',
        session: { userId, proofs: [{ factor: 'password' }] },
        decisionInput: { purpose: 'login', acrValues: [multiFactorAcr], mfaAudience: false },
      });
    });

    it('third-party applications ask for consent once in a session, and get what was granted', async () => {
      const { house, userId } = await setUp();
      const { client } = await house.addClient({ appType: 'regular_web', isFirstParty: false });
      const browser = house.browser();
      const { location } = await browser.authorize(client.clientId, {
        audience: 'api',
        scope: 'openid read',
      });
      const asked = await browser.finish(location, userId);
      expect(asked.location?.pathname).toBe('/u/consent');
      const uid = asked.location?.searchParams.get('state') ?? '';
      const interaction = await house.oidc.interactions.find(uid, browser.cookieHeader);
      expect(interaction?.scopes?.map(({ value }) => value).sort()).toEqual(['openid', 'read']);
      const granted = await browser.get(await house.oidc.interactions.grantConsent(uid));
      expect(granted.location?.searchParams.get('code')).toBeTruthy();
      const again = await browser.authorize(client.clientId, { audience: 'api', scope: 'openid read' });
      expect(again.location?.searchParams.get('code')).toBeTruthy();
      const more = await browser.authorize(client.clientId, { audience: 'api', scope: 'openid read email' });
      expect(more.location?.pathname).toBe('/u/consent');
      const denied = more.location?.searchParams.get('state') ?? '';
      const back = await browser.get(
        await house.oidc.interactions.reject(denied, 'access_denied', 'User did not authorize the request'),
      );
      expect(errorOf(back)).toEqual(['access_denied', 'User did not authorize the request']);
    });
  });
});
