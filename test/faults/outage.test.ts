import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grantTypes } from '../../src/applications/client.ts';
import type { Answer, Call } from '../abuse/httpClient.ts';
import {
  type Application,
  authorizationRequest,
  callback,
  connection,
  type Person,
  password,
  Target,
} from '../abuse/target.ts';
import { type OwnPostgresServer, startOwnPostgres } from '../support/postgres.ts';

const json = {
  error: 'temporarily_unavailable',
  error_description: 'The server is temporarily unavailable. Try again later.',
};

describe('a server whose PostgreSQL goes away and comes back', () => {
  let postgres: OwnPostgresServer;
  let target: Target;
  let strict: Application;
  let web: Application;
  let person: Person;

  beforeAll(async () => {
    postgres = await startOwnPostgres();
    target = await Target.start(postgres.url, { dev: false });
    strict = await target.application({ mfaPolicy: 'always' });
    web = await target.application();
    person = await target.enrolledPerson(strict);
  });

  afterAll(async () => {
    await target.close();
    await postgres.stop();
  });

  const messages = () =>
    target.log
      .map((line) => JSON.parse(line) as { level: number; msg: string })
      .filter(({ level }) => level >= 40)
      .map(({ msg }) => msg);

  /** Takes PostgreSQL away while `meanwhile` runs, and waits until the server has noticed that it is back. */
  async function outage(meanwhile: () => Promise<void>): Promise<void> {
    target.log.length = 0;
    await postgres.halt();
    try {
      await meanwhile();
    } finally {
      await postgres.resume();
    }
    await expect.poll(messages, { timeout: 20_000 }).toContain('database is back');
    expect((await target.send('/readyz')).status).toBe(200);
    expect(messages()).toEqual(['database lost', 'database is back']);
    expect(target.log.join('')).not.toContain('"stack"');
  }

  async function codeForWeb() {
    const browser = target.browser();
    const { path, verifier } = authorizationRequest(web, { scope: 'openid offline_access' });
    await browser.open(path);
    const { headers } = await browser.submit({ username: (await target.person()).email, password });
    const code = new URL(headers.location ?? '').searchParams.get('code') ?? '';
    return {
      browser,
      redemption: {
        ...web.credentials,
        grant_type: grantTypes.authorizationCode,
        redirect_uri: callback,
        code_verifier: verifier,
        code,
      },
    };
  }

  const refreshing = (token: string) => ({
    ...web.credentials,
    grant_type: grantTypes.refreshToken,
    refresh_token: token,
  });

  it('answers 503 with Retry-After in each surface’s form, and logs one line, not one a request', async () => {
    const { browser, redemption } = await codeForWeb();
    const { body: tokens } = await target.send('/oauth/token', { form: redemption });
    const mfaToken = await target.mfaToken(strict, person);
    const other = target.browser();
    await other.open(authorizationRequest(web).path);
    const loginForm = { ...other.hidden(), username: person.email, password };
    const cookie = other.cookieHeader();
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    const signUp = { client_id: web.client.clientId, email: 'new@example.com', connection };

    const asJson: [string, Call?][] = [
      [
        '/oauth/token',
        { form: { ...strict.credentials, grant_type: 'password', username: 'a@b.co', password } },
      ],
      ['/oauth/token', { form: { ...redemption, code: 'unknown' } }],
      ['/oauth/token', { form: refreshing(tokens.refresh_token) }],
      ['/oauth/revoke', { form: { ...web.credentials, token: tokens.refresh_token } }],
      ['/oauth/par', { form: { ...web.credentials, response_type: 'code', redirect_uri: callback } }],
      ['/userinfo', { headers: bearer(tokens.access_token) }],
      ['/.well-known/jwks.json'],
      ['/.well-known/openid-configuration'],
      ['/mfa/challenge', { json: { ...strict.credentials, mfa_token: mfaToken } }],
      ['/mfa/authenticators', { headers: bearer(mfaToken) }],
      ['/mfa/associate', { json: { authenticator_types: ['otp'] }, headers: bearer(mfaToken) }],
      ['/dbconnections/signup', { json: { ...signUp, password } }],
      ['/dbconnections/change_password', { json: signUp }],
    ];
    const asPage: [string, Call?][] = [
      [authorizationRequest(web).path],
      [authorizationRequest(web, { prompt: 'none', response_mode: 'web_message' }).path],
      [authorizationRequest(web).path, { headers: { cookie: browser.cookieHeader() } }],
      [other.at, { headers: { cookie } }],
      [other.at, { form: loginForm, headers: { cookie, origin: new URL(target.issuer).origin } }],
      ['/u/reset-password/change?ticket=x'],
      ['/u/nothing'],
      [`/v2/logout?client_id=${web.client.clientId}`, { headers: { cookie: browser.cookieHeader() } }],
      ['/oidc/logout', { headers: { cookie: browser.cookieHeader() } }],
      ['/'],
    ];
    await outage(async () => {
      for (const [path, call] of asJson) {
        const answer = await target.send(path, call);
        expectUnavailable(answer, path);
        expect(answer.body, path).toEqual(json);
      }
      for (const [path, call] of asPage) {
        const answer = await target.send(path, call);
        expectUnavailable(answer, path);
        expect(answer.text, path).toContain('<h1>We’ll be back in a moment</h1>');
      }
      const operator = await target.send('/operator', {
        headers: { cookie: 'cs_operator=whatever' },
      });
      expectUnavailable(operator, 'operator');
      expect(operator.text).toContain('<h1>The database cannot be reached</h1>');
      const ready = await target.send('/readyz');
      expectUnavailable(ready, 'readyz');
      expect((await target.send('/healthz')).status).toBe(200);
    });

    // The page that was open before goes on.
    const { headers } = await other.submit({ username: (await target.person()).email, password });
    expect(headers.location).toContain('code=');
  });

  it('S-109 spends no code, token or attempt that was presented meanwhile', async () => {
    const { redemption } = await codeForWeb();
    const { body: tokens } = await target.send('/oauth/token', { form: (await codeForWeb()).redemption });
    target.time.offset += 60_000;
    const mfaToken = await target.mfaToken(strict, person);
    const proof = {
      ...strict.credentials,
      grant_type: grantTypes.mfaOtp,
      mfa_token: mfaToken,
      otp: await target.code(person),
    };
    const forms = [redemption, refreshing(tokens.refresh_token), proof];
    await outage(async () => {
      for (const form of forms)
        expectUnavailable(await target.send('/oauth/token', { form }), form.grant_type);
    });
    for (const form of forms) {
      const answer = await target.send('/oauth/token', { form });
      expect(answer.status, `${form.grant_type} ${answer.text}`).toBe(200);
    }
  });

  it('S-109 answers what is under way when it goes with success or 503, and survives', async () => {
    const statuses = new Set<number>();
    let isOver = false;
    const visitors = Array.from({ length: 8 }, async () => {
      while (!isOver) {
        const { path } = authorizationRequest(web);
        statuses.add((await target.send(path)).status);
        const form = { ...web.credentials, grant_type: 'password', username: person.email, password };
        statuses.add((await target.send('/oauth/token', { form })).status);
      }
    });
    await expect.poll(() => [...statuses].sort(), { timeout: 10_000 }).toEqual([200, 303]);
    await outage(async () => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      isOver = true;
      await Promise.all(visitors);
    });
    expect([...statuses].sort()).toEqual([200, 303, 503]);
  });
});

function expectUnavailable({ status, headers, text }: Answer, what: string): void {
  expect(status, `${what}: ${text}`).toBe(503);
  expect(headers['retry-after'], what).toBe('5');
  expect(headers.location, what).toBeUndefined();
  expect(headers['set-cookie'], what).toBeUndefined();
}
