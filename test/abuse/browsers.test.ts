import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { multiFactorAcr } from '../../src/mfa/authenticationContext.ts';
import type { Answer } from './httpClient.ts';
import {
  type Application,
  afterLogout,
  authorizationRequest,
  callback,
  type Person,
  password,
  type Target,
  targetStarter,
} from './target.ts';
import type { WebBrowser } from './webBrowser.ts';

for (const engine of ['sqlite', 'postgres'] as const) {
  describe(engine, () => {
    const start = targetStarter(engine);
    let target: Target;
    let application: Application;
    let strict: Application;
    let person: Person;

    beforeAll(async () => {
      target = await start();
      application = await target.application();
      strict = await target.application({ mfaPolicy: 'always' });
      person = await target.person();
    });

    beforeEach(async () => {
      await target.house.database.db.deleteFrom('throttles').execute();
    });

    /** A browser at the sign-in page, and the state of its request. */
    async function atLogin(who: Application = application, parameters: Record<string, string> = {}) {
      const browser = target.browser();
      const { path, verifier } = authorizationRequest(who, parameters);
      await browser.open(path);
      const state = new URL(browser.at, target.issuer).searchParams.get('state') ?? '';
      return { browser, state, verifier };
    }

    async function signedIn(who: Person, parameters: Record<string, string> = {}): Promise<WebBrowser> {
      const { browser } = await atLogin(application, parameters);
      const answer = await browser.submit({ username: who.email, password });
      expect(answer.headers.location).toContain('code=');
      return browser;
    }

    const sessionOf = (browser: WebBrowser) => browser.cookies.get('countersign /')?.value;

    /** Where a silent request with these cookies leads. */
    async function silently(cookie: string, parameters: Record<string, string> = {}) {
      const { path } = authorizationRequest(application, { prompt: 'none', ...parameters });
      return (await target.send(path, { headers: { cookie } })).headers.location ?? '';
    }

    describe('S-37 a sign-in belongs to the browser that began it', () => {
      /** Posts the right password but does not go on to where that leads. */
      async function halfWay() {
        const { browser, state } = await atLogin();
        const form = { ...browser.hidden(), action: 'default', username: person.email, password };
        const answer = await browser.request('/u/login', { form });
        expect(browser.internal(answer.headers.location)).toBe(`/authorize/${state}`);
        return { browser, state };
      }

      const isRefused = ({ status, headers }: Answer) =>
        status === 400 &&
        headers.location === undefined &&
        !String(headers['set-cookie']).includes('countersign=');

      it('so whoever has seen its address, and makes cookies up from it, gets neither code nor session', async () => {
        const { browser, state } = await halfWay();
        const thief = await atLogin();
        const bindingOf = (cookies: WebBrowser, uid: string) =>
          cookies.cookies.get(`cs_i_${uid.slice(0, 16)} /`)?.value;
        const madeUp = [
          '',
          `countersign_resume=${state}`,
          `countersign_resume=${state}; countersign_interaction=${state}`,
          `countersign_resume=${state}; cs_i_${state.slice(0, 16)}=${state}`,
          `countersign_resume=${state}; cs_i_${state.slice(0, 16)}=${bindingOf(thief.browser, thief.state)}`,
          `cs_i_${state.slice(0, 16)}=; countersign_resume=${state}`,
        ];
        for (const cookie of madeUp) {
          expect(isRefused(await target.send(`/authorize/${state}`, { headers: { cookie } })), cookie).toBe(
            true,
          );
        }
        // The thief's own request, with the victim's in its cookies, in every order and spelling.
        const own = thief.browser.cookieHeader();
        for (const cookie of [
          `countersign_resume=${state}; ${own}`,
          `${own}; countersign_resume=${state}`,
          `\tcountersign_resume=${thief.state}; countersign_resume=${state}; ${own}`,
          `countersign_resume="${state}"; ${own}`,
        ]) {
          const answer = await target.send(`/authorize/${thief.state}`, { headers: { cookie } });
          expect(answer.headers.location ?? '', cookie).not.toContain('code=');
        }
        // Nothing of it was used up: the owner goes on.
        const answer = await browser.request(`/authorize/${state}`);
        expect(answer.headers.location).toContain('code=');
      });

      it('and yields one code', async () => {
        const { browser, state } = await halfWay();
        const cookie = browser.cookieHeader(`/authorize/${state}`);
        const answers = await Promise.all(
          Array.from({ length: 10 }, () => target.send(`/authorize/${state}`, { headers: { cookie } })),
        );
        const codes = answers.filter(({ headers }) => headers.location?.includes('code='));
        expect(codes).toHaveLength(1);
        for (const { status } of answers) expect(status).toBeLessThan(500);
      });

      it('its pages show nothing of it to another browser', async () => {
        const { state } = await atLogin();
        const other = target.browser();
        for (const page of [
          'login',
          'signup',
          'mfa',
          'consent',
          'mfa-otp-challenge',
          'reset-password/request',
        ]) {
          const answer = await other.open(`/u/${page}?state=${state}`);
          expect([answer.status, other.heading], page).toEqual([400, 'This page has expired']);
        }
      });
    });

    describe('S-76 the session’s id', () => {
      it('that somebody else chose is not taken over', async () => {
        const chosen = 'x'.repeat(43);
        const { browser } = await atLogin();
        browser.cookies.set('countersign /', { name: 'countersign', value: chosen, path: '/', line: '' });
        await browser.submit({ username: person.email, password });
        expect(sessionOf(browser)).not.toBe(chosen);
        expect(await silently(`countersign=${chosen}`)).toContain('error=login_required');
      });

      it('of a session that an attacker began changes with the sign-in, and the old one stays empty', async () => {
        const attacker = target.browser();
        attacker.cookies.set('countersign /', { name: 'countersign', value: 'junk', path: '/', line: '' });
        await attacker.open(authorizationRequest(application).path);
        const planted = sessionOf(attacker) ?? '';
        expect(planted).not.toBe('junk');
        const victim = target.browser();
        victim.cookies.set('countersign /', { name: 'countersign', value: planted, path: '/', line: '' });
        await victim.open(authorizationRequest(application).path);
        const answer = await victim.submit({ username: person.email, password });
        expect(answer.headers.location).toContain('code=');
        expect(sessionOf(victim)).not.toBe(planted);
        expect(await silently(`countersign=${planted}`)).toContain('error=login_required');
        expect(await silently(victim.cookieHeader())).toContain('code=');
      });

      it('changes at each sign-in and step-up, and the one before is worth nothing', async () => {
        const who = await target.enrolledPerson(strict);
        const browser = await signedIn(who);
        const first = sessionOf(browser) ?? '';
        await browser.open(authorizationRequest(application, { acr_values: multiFactorAcr }).path);
        await browser.submit({ code: await target.code(who) });
        const second = sessionOf(browser) ?? '';
        await browser.open(authorizationRequest(application, { prompt: 'login' }).path);
        await browser.submit({ username: who.email, password });
        const third = sessionOf(browser) ?? '';
        expect(new Set([first, second, third]).size).toBe(3);
        for (const old of [first, second])
          expect(await silently(`countersign=${old}`)).toContain('error=login_required');
        expect(await silently(browser.cookieHeader())).toContain('code=');
      });

      it('that a thief keeps in use is not raised by the owner’s step-up', async () => {
        for (let round = 0; round < 3; round += 1) {
          const who = await target.enrolledPerson(strict);
          const browser = await signedIn(who);
          const stolen = `countersign=${sessionOf(browser)}`;
          await browser.open(authorizationRequest(application, { acr_values: multiFactorAcr }).path);
          const form = { ...browser.hidden(), action: 'default', code: await target.code(who) };
          const proved = await browser.request('/u/mfa-otp-challenge', { form });
          let isOver = false;
          const thief = Array.from({ length: 6 }, async () => {
            while (!isOver) await silently(stolen);
          });
          const raised = await browser.request(browser.internal(proved.headers.location) ?? '');
          await silently(stolen);
          isOver = true;
          await Promise.all(thief);
          expect(await silently(stolen, { acr_values: multiFactorAcr })).toContain('error=login_required');
          // The owner got through, or is asked to try again; never is the session lost.
          if (raised.status === 303)
            expect(await silently(browser.cookieHeader(), { acr_values: multiFactorAcr })).toContain('code=');
        }
      });

      it('and all of the session end when somebody else signs in, so that nothing is inherited', async () => {
        const who = await target.enrolledPerson(strict);
        const browser = await signedIn(who);
        await browser.open(authorizationRequest(application, { acr_values: multiFactorAcr }).path);
        await browser.submit({ code: await target.code(who) });
        const before = sessionOf(browser) ?? '';
        await browser.open(authorizationRequest(application, { prompt: 'login' }).path);
        const answer = await browser.submit({ username: person.email, password });
        expect(answer.headers.location).toContain('code=');
        expect(await silently(`countersign=${before}`)).toContain('error=login_required');
        // The second factor was the other person's.
        expect(await silently(browser.cookieHeader(), { acr_values: multiFactorAcr })).toContain(
          'error=login_required',
        );
      });
    });

    if (engine === 'postgres') return;

    it('S-76 cookies are bound to the host, to https, and kept from scripts', async () => {
      const secure = await start({ publicUrl: 'https://login.example.com/', dev: false });
      const client = await secure.application();
      const who = await secure.person();
      const browser = secure.browser();
      await browser.open(authorizationRequest(client).path);
      const beforeLogin = [...browser.cookies.values()];
      await browser.submit({ username: who.email, password });
      const all = [...beforeLogin, ...browser.cookies.values()];
      const named = all.map(({ name }) => name);
      expect(named).toContain('__Host-countersign');
      expect(named.some((name) => name.startsWith('__Host-cs_i_'))).toBe(true);
      for (const { line, name, path } of all) {
        expect(line, line).toMatch(/; httponly/i);
        expect(line, line).toMatch(/; secure/i);
        expect(line, line).toMatch(/; samesite=(?:lax|none)/i);
        expect(line, line).not.toMatch(/domain=/i);
        if (name.startsWith('__Host-')) expect(path).toBe('/');
      }
      const session = all.find(({ name }) => name === '__Host-countersign');
      expect(Buffer.from(session?.value ?? '', 'base64url').length * 8).toBeGreaterThanOrEqual(128);
    });

    describe('S-87 a form that was not sent by our own page changes nothing', () => {
      const foreign: Record<string, string>[] = [
        { origin: 'https://evil.example.net', 'sec-fetch-site': 'cross-site' },
        { origin: 'https://evil.example.net' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { origin: 'null', 'sec-fetch-site': 'cross-site' },
        { origin: 'http://localhost', 'sec-fetch-site': 'same-site' },
      ];

      it('at the sign-in, although token and cookie are right', async () => {
        for (const headers of foreign) {
          const { browser } = await atLogin();
          const form = { ...browser.hidden(), action: 'default', username: person.email, password };
          const answer = await browser.request('/u/login', { form, headers });
          expect(answer.status, JSON.stringify(headers)).toBe(403);
          expect(await silently(browser.cookieHeader())).toContain('error=login_required');
        }
      });

      it('at the second factor and the consent', async () => {
        const who = await target.enrolledPerson(strict);
        const third = await target.application({ isFirstParty: false });
        const { browser } = await atLogin(strict);
        await browser.submit({ username: who.email, password });
        const form = { ...browser.hidden(), action: 'default', code: await target.code(who) };
        for (const headers of foreign) {
          expect((await browser.request('/u/mfa-otp-challenge', { form, headers })).status).toBe(403);
        }
        const consenting = await atLogin(third);
        await consenting.browser.submit({ username: person.email, password });
        expect(consenting.browser.at).toContain('/u/consent');
        const accepted = { ...consenting.browser.hidden(), action: 'accept' };
        for (const headers of foreign) {
          expect((await consenting.browser.request('/u/consent', { form: accepted, headers })).status).toBe(
            403,
          );
        }
      });

      it('without the token, with an empty one, or with that of another request', async () => {
        const other = await atLogin();
        const { browser } = await atLogin();
        const { state = '' } = browser.hidden();
        const tokens = [undefined, '', 'x', other.browser.hidden().csrf];
        for (const csrf of tokens) {
          const form = {
            state,
            ...(csrf === undefined ? {} : { csrf }),
            action: 'default',
            username: person.email,
            password,
          };
          expect((await browser.request('/u/login', { form })).status).toBe(403);
        }
      });

      it('at the sign-out, which asks', async () => {
        const browser = await signedIn(person);
        await browser.open('/oidc/logout');
        const form = { ...browser.hidden(), logout: 'yes' };
        const elsewhere = await signedIn(await target.person());
        // Somebody else's form, and a made-up one.
        const foreignForms: Record<string, string>[] = [
          form,
          { logout: 'yes' },
          { logout: 'yes', token: 'x' },
          { ...form, url: 'https://evil.example.net/' },
        ];
        for (const fields of foreignForms) {
          const answer = await elsewhere.request('/oidc/logout/confirm', { form: fields });
          expect(answer.status).toBe(400);
          expect(answer.headers.location).toBeUndefined();
        }
        expect(await silently(elsewhere.cookieHeader())).toContain('code=');
      });
    });

    describe('S-75 S-74 signing out', () => {
      const crossSite = {
        'sec-fetch-site': 'cross-site',
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'document',
      };

      it.each([
        ['a link elsewhere', crossSite],
        ['an image elsewhere', { ...crossSite, 'sec-fetch-dest': 'image' }],
        ['a frame of ours', { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'iframe' }],
        ['an old browser that tells nothing', {}],
        ['a page whose name begins like ours', { referer: 'http://localhost.evil.example.net/' }],
        ['an application that is not named', { referer: 'https://app.example.com/page' }],
      ])('is asked about when %s leads there', async (_who, headers) => {
        const browser = await signedIn(person);
        for (const path of [
          '/oidc/logout',
          '/v2/logout',
          '/oidc/logout?logout_hint=x',
          `/v2/logout?returnTo=${encodeURIComponent(target.issuer)}`,
        ]) {
          await browser.request(path, { headers });
          expect(await silently(browser.cookieHeader()), path).toContain('code=');
        }
      });

      it('happens at once with the ID token of this person, and not with another’s', async () => {
        const tokenOf = async (who: Person) => {
          const { browser, verifier } = await atLogin(application);
          const answer = await browser.submit({ username: who.email, password });
          const code = new URL(answer.headers.location ?? '').searchParams.get('code') ?? '';
          const { body } = await target.token(application, {
            grant_type: 'authorization_code',
            code,
            redirect_uri: callback,
            code_verifier: verifier,
          });
          return { browser, idToken: body.id_token as string };
        };
        const mine = await tokenOf(person);
        const others = await tokenOf(await target.person());
        await mine.browser.request(`/oidc/logout?id_token_hint=${others.idToken}`, { headers: crossSite });
        expect(await silently(mine.browser.cookieHeader())).toContain('code=');
        await mine.browser.request(`/oidc/logout?id_token_hint=${mine.idToken}`, { headers: crossSite });
        expect(await silently(mine.browser.cookieHeader())).toContain('error=login_required');
      });

      it(`S-74 leads nowhere but to the listed addresses, whichever of ${openRedirects.length} payloads it is given`, async () => {
        const browser = await signedIn(person);
        const id = application.client.clientId;
        for (const payload of openRedirects) {
          const url = encodeURIComponent(payload);
          for (const path of [
            `/v2/logout?client_id=${id}&returnTo=${url}`,
            `/v2/logout?returnTo=${url}`,
            `/oidc/logout?client_id=${id}&post_logout_redirect_uri=${url}`,
            `/oidc/logout?post_logout_redirect_uri=${url}`,
          ]) {
            const answer = await browser.request(path, { headers: { 'sec-fetch-site': 'none' } });
            expect(answer.status, path).toBe(400);
            expect(answer.headers.location, path).toBeUndefined();
          }
        }
        const allowed = `/v2/logout?client_id=${id}&returnTo=${encodeURIComponent(afterLogout)}`;
        const answer = await browser.request(allowed, { headers: { 'sec-fetch-site': 'none' } });
        expect(answer.headers.location).toBe(afterLogout);
      });
    });

    it(`S-74 S-68 no error of /authorize is sent to any of ${openRedirects.length} other addresses`, async () => {
      for (const payload of openRedirects) {
        const parameters = { redirect_uri: payload, response_type: 'nonsense', scope: 'nonsense' };
        const ways: Record<string, string>[] = [
          {},
          { prompt: 'none' },
          { response_mode: 'form_post' },
          { response_mode: 'web_message', prompt: 'none' },
        ];
        for (const more of ways) {
          const answer = await target.send(
            authorizationRequest(application, { ...parameters, ...more }).path,
          );
          expect(answer.status, payload).toBe(400);
          expect(answer.headers.location, payload).toBeUndefined();
          expect(answer.text, payload).not.toMatch(/<form|postMessage|http-equiv="refresh"/i);
        }
      }
    });

    describe('S-73 the answer', () => {
      it('names its issuer, in every mode, good or bad', async () => {
        const browser = await signedIn(person);
        for (const response_mode of ['query', 'fragment', 'form_post', 'web_message']) {
          const requests: Record<string, string>[] = [
            { prompt: 'none' },
            { prompt: 'none', max_age: '0' },
            { response_type: 'nonsense' },
          ];
          for (const parameters of requests) {
            const answer = await browser.request(
              authorizationRequest(application, { response_mode, ...parameters }).path,
            );
            const told = decodeURIComponent(answer.headers.location ?? answer.text.replaceAll('&#x2F;', '/'));
            expect(told, `${response_mode} ${JSON.stringify(parameters)}`).toContain(target.issuer);
          }
        }
      });

      it('by web_message goes to the registered origin only, and only its pages may frame it', async () => {
        const browser = await signedIn(person);
        const foreign = { origin: 'https://evil.example.net', referer: 'https://evil.example.net/' };
        const { path } = authorizationRequest(application, { prompt: 'none', response_mode: 'web_message' });
        const answer = await browser.request(path, { headers: foreign });
        expect(answer.text).toContain('"targetOrigin":"https://app.example.com"');
        expect(answer.text).not.toContain('evil');
        expect(answer.headers['content-security-policy']).toContain(
          'frame-ancestors https://app.example.com',
        );
        expect(answer.headers['access-control-allow-origin']).toBeUndefined();
        const nowhere = await target.application({ webOrigins: [] });
        const closed = await browser.request(
          authorizationRequest(nowhere, { prompt: 'none', response_mode: 'web_message' }).path,
        );
        expect(closed.headers['content-security-policy']).toContain("frame-ancestors 'none'");
      });

      it('of the token endpoint can’t be read by the pages of strangers', async () => {
        const read = (origin: string) =>
          target.send('/oauth/token', { form: { grant_type: 'x' }, headers: { origin } });
        expect((await read('https://app.example.com')).headers['access-control-allow-origin']).toBe(
          'https://app.example.com',
        );
        for (const origin of [
          'https://evil.example.net',
          'null',
          'https://app.example.com.evil.example.net',
          'http://app.example.com',
          'https://APP.example.com',
          '*',
          'https://app.example.com:444',
          'https://%.example.com',
          'https://a_p.example.com',
        ]) {
          expect((await read(origin)).headers['access-control-allow-origin'], origin).toBeUndefined();
        }
      });
    });
  });
}

/** Addresses that look like a listed one, or that browsers read otherwise than they look. */
const openRedirects: readonly string[] = [
  ...[callback, afterLogout].flatMap((listed) => {
    const { host, pathname } = new URL(listed);
    return [
      `${listed}/`,
      `${listed}?a=b`,
      `${listed}#a`,
      `${listed}/../evil`,
      `${listed}/..;/evil`,
      `${listed}%2f..%2fevil`,
      `${listed}%00`,
      `${listed}\\@evil.example.net`,
      ` ${listed}`,
      `${listed} `,
      listed.toUpperCase(),
      listed.replace('https', 'http'),
      listed.replace('https:', ''),
      listed.replace(host, `${host}.evil.example.net`),
      listed.replace(host, `${host}:443`),
      listed.replace(host, `${host}:444`),
      listed.replace(host, `${host}@evil.example.net`),
      listed.replace(host, `evil.example.net#${host}`),
      listed.replace(host, `evil.example.net?${host}`),
      listed.replace(host, `evil.example.net\\${host}`),
      listed.replace(host, `${host}.`),
      listed.replace('app.', 'APP.'),
      listed.replace('app.', 'app%2e'),
      listed.replace('//', '///'),
      listed.replace('//', '\\\\'),
      `https://evil.example.net${pathname}`,
      `https://evil.example.net/?next=${listed}`,
      `https://user:pass@${host}${pathname}`,
    ];
  }),
  '//evil.example.net/',
  '/\\evil.example.net/',
  '\\\\evil.example.net',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'file:///etc/passwd',
  'about:blank',
  'https:evil.example.net',
  'https:/evil.example.net',
  '/relative',
  '?a',
  'https://',
  'x',
];
