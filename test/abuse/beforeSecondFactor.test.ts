import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { grantTypes } from '../../src/applications/client.ts';
import { multiFactorAcr } from '../../src/mfa/authenticationContext.ts';
import type { Answer, Call } from './httpClient.ts';
import type { Route } from './routes.ts';
import {
  type Application,
  apiAudience,
  authorizationRequest,
  callback,
  connection,
  type Person,
  password,
  type Target,
  targetStarter,
} from './target.ts';
import type { WebBrowser } from './webBrowser.ts';

const start = targetStarter();
let target: Target;
let application: Application;
let person: Person;

beforeAll(async () => {
  target = await start();
  await target.setTenant({ policy: 'always' });
  await target.api();
  application = await target.application();
  person = await target.enrolledPerson(application);
});

beforeEach(async () => {
  await target.house.database.db.deleteFrom('throttles').execute();
});

/** A browser in which the password was given, and nothing more. */
async function afterPassword(): Promise<WebBrowser> {
  const browser = target.browser();
  await browser.open(authorizationRequest(application).path);
  await browser.submit({ username: person.email, password });
  expect(browser.heading).toBe('Confirm it’s you');
  return browser;
}

/** Whether an answer holds anything that gets somebody in: a code, a token, somebody's data. */
function isUsable({ status, headers, text, body }: Answer): boolean {
  const leadsToCode = /[?&#](?:code|access_token|id_token)=/.test(headers.location ?? '');
  const hasToken = /"(?:access_token|id_token|refresh_token|secret|recovery_codes?)":/.test(text);
  return leadsToCode || hasToken || (status === 200 && body?.sub !== undefined);
}

async function silently(browser: WebBrowser, cookie = browser.cookieHeader()): Promise<string | undefined> {
  const { path } = authorizationRequest(application, { prompt: 'none' });
  return (await target.send(path, { headers: { cookie } })).headers.location;
}

describe('S-25 after the password and before the second factor', () => {
  it('nothing that the browser holds is usable, at any address and in any role', async () => {
    const browser = await afterPassword();
    const jar = browser.cookieHeader('/authorize/x');
    const held = [
      ...Object.values(browser.hidden()),
      ...[...browser.cookies.values()].map(({ value }) => value),
    ];
    expect(held.length).toBeGreaterThanOrEqual(5);
    const gained: string[] = [];
    for (const value of new Set(held)) {
      for (const { what, path, call } of roles(value, jar)) {
        const answer = await target.send(path, call);
        if (isUsable(answer)) gained.push(`${what} ${answer.headers.location ?? answer.text}`);
        for (const line of answer.headers['set-cookie'] ?? []) {
          const cookie = `${jar}; ${line.split(';', 1)[0]}`;
          const location = await silently(browser, cookie);
          if (!location?.includes('error=login_required')) gained.push(`${what} set ${line}`);
        }
      }
    }
    expect(gained).toEqual([]);
  });

  it('the mfa_token opens nothing but the way through the second factor (S-26)', async () => {
    const mfaToken = await target.mfaToken(application, person);
    const gained: string[] = [];
    for (const { what, path, call } of roles(mfaToken, '')) {
      const answer = await target.send(path, call);
      if (isUsable(answer)) gained.push(`${what} ${answer.text}`);
    }
    expect(gained).toEqual([]);
    // What it is for still works.
    expect((await target.redeem(application, mfaToken, await target.code(person))).status).toBe(200);
  });

  it('no session exists, no login was counted and the log tells of none', async () => {
    const other = await target.enrolledPerson(application);
    const { db } = target.house.database;
    const traces = async () => ({
      sessions: await db.selectFrom('sessions').selectAll().where('user_id', '=', other.id).execute(),
      records: await db.selectFrom('oidc_records').selectAll().where('account_id', '=', other.id).execute(),
      logins: await db.selectFrom('users').select('logins_count').where('id', '=', other.id).execute(),
    });
    const before = await traces();
    const browser = target.browser();
    await browser.open(authorizationRequest(application).path);
    await browser.submit({ username: other.email, password });
    expect(await traces()).toEqual(before);
    const events = await db.selectFrom('logs').select('type').where('user_id', '=', other.id).execute();
    expect(events.map(({ type }) => type)).not.toContain('s');
    expect(await silently(browser)).toContain('error=login_required');
  });

  /** Every place where a secret could be taken for another one. */
  function roles(value: string, jar: string): { what: string; path: string; call: Call }[] {
    const asBearer = { authorization: `Bearer ${value}` };
    const cookie = (name: string) => ({ cookie: `${name}=${value}; ${jar}` });
    const silent = authorizationRequest(application, { prompt: 'none' }).path;
    const plain = authorizationRequest(application).path;
    const token = (fields: Record<string, string>): Call => ({
      form: { ...application.credentials, ...fields },
    });
    const grants: Record<string, Record<string, string>> = {
      [grantTypes.authorizationCode]: { code: value, redirect_uri: callback, code_verifier: value },
      [grantTypes.refreshToken]: { refresh_token: value },
      [grantTypes.password]: { username: person.email, password: value },
      [grantTypes.mfaOtp]: { mfa_token: value, otp: '000000' },
      [grantTypes.mfaOob]: { mfa_token: value, oob_code: value, binding_code: value },
      [grantTypes.mfaRecoveryCode]: { mfa_token: value, recovery_code: value },
      [grantTypes.clientCredentials]: { audience: apiAudience, client_secret: value },
    };
    return [
      ...target.routes
        .filter((route) => route.method !== 'HEAD' && !route.url.includes('assets'))
        .flatMap((route) => [
          {
            what: `bearer at ${name(route)}`,
            path: route.url.replace(/:\w+|\*$/, value),
            call: visit(route, asBearer),
          },
          {
            what: `cookies at ${name(route)}`,
            path: route.url.replace(/:\w+|\*$/, value),
            call: visit(route, { cookie: jar }),
          },
        ]),
      ...Object.entries(grants).map(([grant_type, fields]) => ({
        what: `grant ${grant_type}`,
        path: '/oauth/token',
        call: token({ grant_type, ...fields }),
      })),
      ...[
        'countersign',
        '__Host-countersign',
        'countersign_resume',
        'countersign_interaction',
        'auth0-mf',
        'cs_operator',
        'cs_operator_sign_in',
      ].flatMap((cookieName) => [
        { what: `cookie ${cookieName} at /authorize`, path: plain, call: { headers: cookie(cookieName) } },
        { what: `cookie ${cookieName} silently`, path: silent, call: { headers: cookie(cookieName) } },
        {
          what: `cookie ${cookieName} at resume`,
          path: `/authorize/${value}`,
          call: { headers: cookie(cookieName) },
        },
        {
          what: `cookie ${cookieName} at /operator`,
          path: '/operator',
          call: { headers: cookie(cookieName) },
        },
      ]),
      { what: 'in the body of userinfo', path: '/userinfo', call: { form: { access_token: value } } },
      {
        what: 'as request_uri',
        path: authorizationRequest(application, { request_uri: value }).path,
        call: { headers: { cookie: jar } },
      },
      {
        what: 'as id_token_hint',
        path: authorizationRequest(application, { id_token_hint: value }).path,
        call: { headers: { cookie: jar } },
      },
      ...[
        '/u/reset-password/change',
        '/u/email-verification',
        '/u/undo-change',
        '/guardian/enroll',
        '/operator/welcome',
      ].flatMap((path) => [
        { what: `ticket at ${path}`, path: `${path}?ticket=${value}`, call: {} },
        {
          what: `posted ticket at ${path}`,
          path,
          call: {
            form: {
              ticket: value,
              csrf: value,
              password: 'another password',
              're-password': 'another password',
            },
          },
        },
      ]),
      {
        what: 'state at the console',
        path: `/operator/callback?state=${value}`,
        call: { headers: cookie('cs_operator_sign_in') },
      },
      {
        what: 'as mfa bearer to enrol',
        path: '/mfa/associate',
        call: { json: { authenticator_types: ['otp'] }, headers: asBearer },
      },
      { what: 'to revoke', path: '/oauth/revoke', call: token({ token: value }) },
    ];
  }

  const name = ({ method, url }: Route) => `${method} ${url}`;

  function visit({ method }: Route, headers: Record<string, string>): Call {
    return method === 'POST' ? { method, headers, form: { action: 'default' } } : { method, headers };
  }
});

describe('S-26 an mfa_token', () => {
  const refused = (answer: Answer) => [answer.status, answer.body.error, answer.body.error_description];

  it('is another client’s nothing, whoever that is', async () => {
    const owner = await target.enrolledPerson(application);
    const mfaToken = await target.mfaToken(application, owner);
    const publicOne = await target.application({
      tokenEndpointAuthMethod: 'none',
      grantTypes: [grantTypes.mfaOtp],
    });
    const other = await target.application();
    const otp = await target.code(owner);
    const stranger = {
      ...publicOne,
      credentials: { client_id: publicOne.client.clientId, client_secret: '' },
    };
    for (const client of [other, stranger]) {
      const answer = await target.redeem(client, mfaToken, otp);
      expect(refused(answer)).toEqual([400, 'invalid_request', 'mfa_token not issued to this client']);
      const challenge = { mfa_token: mfaToken, client_id: client.client.clientId };
      expect(refused(await target.send('/mfa/challenge', { json: challenge }))).toEqual([
        ...[400, 'invalid_request', 'mfa_token not issued to this client'],
      ]);
      const association = { authenticator_types: ['otp'], client_id: client.client.clientId };
      const associated = await target.send('/mfa/associate', {
        json: association,
        headers: { authorization: `Bearer ${mfaToken}` },
      });
      expect(associated.status).toBe(400);
    }
    expect((await target.redeem(application, mfaToken, otp)).status).toBe(200);
  });

  it('edited in any place is malformed', async () => {
    const mfaToken = await target.mfaToken(application, person);
    const flipped = [...mfaToken].map(
      (character, i) => mfaToken.slice(0, i) + (character === 'A' ? 'B' : 'A') + mfaToken.slice(i + 1),
    );
    for (const edited of [
      ...flipped,
      `${mfaToken}A`,
      mfaToken.slice(1),
      ` ${mfaToken}`,
      mfaToken.toUpperCase(),
    ]) {
      const answer = await target.redeem(application, edited, '000000');
      expect(refused(answer), edited).toEqual([401, 'invalid_grant', 'Malformed mfa_token']);
    }
  });

  it('is dead after its success, for every use (S-37)', async () => {
    const mfaToken = await target.mfaToken(application, person);
    const used = await target.enrolledPerson(application);
    const token = await target.mfaToken(application, used);
    expect((await target.redeem(application, token, await target.code(used))).status).toBe(200);
    const later = await target.code(used, 1);
    expect(refused(await target.redeem(application, token, later))).toEqual([
      401,
      'expired_token',
      'mfa_token is expired',
    ]);
    expect(
      (await target.send('/mfa/authenticators', { headers: { authorization: `Bearer ${token}` } })).status,
    ).toBe(401);
    expect((await target.associate(token)).status).toBe(401);
    expect(
      (
        await target.send('/mfa/challenge', {
          json: { mfa_token: token, client_id: application.client.clientId },
        })
      ).status,
    ).toBe(401);
    expect(
      (await target.send('/mfa/authenticators', { headers: { authorization: `Bearer ${mfaToken}` } })).status,
    ).toBe(200);
  });
});

describe('S-35 every road to a session or token asks the engine', () => {
  /** How each grant behaves for somebody who must prove a second factor and has not. */
  const roads: Record<string, () => Promise<Answer>> = {
    [grantTypes.authorizationCode]: async () => {
      const browser = await afterPassword();
      return target.send(authorizationRequest(application).path, {
        headers: { cookie: browser.cookieHeader() },
      });
    },
    [grantTypes.password]: () => target.login(application, person),
    [grantTypes.passwordRealm]: () =>
      target.login(application, person, { grant_type: grantTypes.passwordRealm, realm: connection }),
    [grantTypes.mfaOtp]: async () =>
      target.redeem(application, await target.mfaToken(application, person), '000000'),
    [grantTypes.mfaOob]: async () =>
      target.token(application, {
        grant_type: grantTypes.mfaOob,
        mfa_token: await target.mfaToken(application, person),
        oob_code: 'x',
      }),
    [grantTypes.mfaRecoveryCode]: async () =>
      target.token(application, {
        grant_type: grantTypes.mfaRecoveryCode,
        mfa_token: await target.mfaToken(application, person),
        recovery_code: 'A'.repeat(24),
      }),
    [grantTypes.refreshToken]: async () => {
      await target.setTenant({ policy: 'never' });
      const { body } = await target.login(application, person, { scope: 'openid offline_access' });
      await target.setTenant({ policy: 'always' });
      return target.token(application, {
        grant_type: grantTypes.refreshToken,
        refresh_token: body.refresh_token,
      });
    },
    // An application by itself is no person and has no second factor: its token names no user.
    [grantTypes.clientCredentials]: async () =>
      target.token(application, {
        grant_type: grantTypes.clientCredentials,
        audience: 'https://nowhere.example.com/',
      }),
  };

  it('no grant is served that this list doesn’t know', async () => {
    const { body } = await target.send('/.well-known/openid-configuration');
    expect(body.grant_types_supported.toSorted()).toEqual(Object.keys(roads).sort());
  });

  it.each(Object.entries(roads))('%s', async (_grant, take) => {
    const answer = await take();
    expect(isUsable(answer), answer.text).toBe(false);
    expect([303, 400, 403]).toContain(answer.status);
  });

  it('S-64 a password reset signs nobody in and satisfies no second factor', async () => {
    const who = await target.enrolledPerson(application);
    const { browser, link } = await resetLink(who);
    await browser.open(link);
    await browser.submit({ action: 'prove' });
    expect(browser.heading).toBe('Confirm it’s you');
    expect(await silently(browser)).toContain('error=login_required');
    await browser.submit({ code: await target.code(who) });
    expect(browser.heading).toBe('Choose a new password');
    expect(await silently(browser)).toContain('error=login_required');
    const answer = await browser.submit({
      password: 'another password 7',
      're-password': 'another password 7',
    });
    expect(answer.status).toBe(200);
    expect(await silently(browser)).toContain('error=login_required');
    await browser.open(authorizationRequest(application).path);
    await browser.submit({ username: who.email, password: 'another password 7' });
    expect(browser.heading).toBe('Confirm it’s you');
    const login = await target.login(application, who, { password: 'another password 7' });
    expect(login.body.error).toBe('mfa_required');
    expect(login.body.mfa_requirements.challenge).toBeDefined();
  });

  it('S-64 a password reset under always leads to enrolment where nothing is enrolled', async () => {
    const who = await target.person();
    const { browser, link } = await resetLink(who);
    await browser.open(link);
    await browser.submit({ password: 'another password 7', 're-password': 'another password 7' });
    await browser.open(authorizationRequest(application).path);
    await browser.submit({ username: who.email, password: 'another password 7' });
    expect(browser.heading).toBe('Protect your account');
    expect(await silently(browser)).toContain('error=login_required');
  });

  it('the link of a sign-up signs nobody in', async () => {
    const browser = target.browser();
    await browser.open(authorizationRequest(application, { screen_hint: 'signup' }).path);
    const email = 'newcomer@example.com';
    await browser.submit({ email, password });
    await browser.open(await linkFor(email));
    await browser.submit({});
    expect(browser.heading).toBe('Address confirmed');
    expect(await silently(browser)).toContain('error=login_required');
  });

  async function resetLink(who: Person): Promise<{ browser: WebBrowser; link: string }> {
    const browser = target.browser();
    await browser.open(authorizationRequest(application).path);
    await browser.open(browser.at.replace('/u/login', '/u/reset-password/request'));
    await browser.submit({ email: who.email });
    return { browser, link: await linkFor(who.email) };
  }

  async function linkFor(email: string): Promise<string> {
    const { body } = await target.send(`/dev/outbox.json?to=${encodeURIComponent(email)}`);
    const link = body[0]?.links.find((url: string) => url.includes('ticket='));
    if (!link) throw new Error(`No link was sent to ${email}.`);
    return link.slice(target.issuer.length - 1);
  }
});

describe('S-30 S-29 silent authentication', () => {
  it.each([
    ['nobody signed in', { policy: 'never' }, {}, 'Login required'],
    ['the policy asks for a second factor', { policy: 'always' }, {}, 'Multifactor authentication required'],
    [
      'acr_values asks for one',
      { policy: 'never' },
      { acr_values: multiFactorAcr },
      'Multifactor authentication required',
    ],
    [
      'a scope asks for one',
      { policy: 'never' },
      { audience: apiAudience, scope: 'openid transfer:money' },
      'Multifactor authentication required',
    ],
    [
      'the MFA audience asks for one',
      { policy: 'never' },
      { audience: 'mfa/', scope: 'openid enroll' },
      'Multifactor authentication required',
    ],
    ['the sign-in is too old', { policy: 'never' }, { max_age: '0' }, 'Login required'],
  ] as const)('%s: login_required and no code', async (_why, tenant, parameters, description) => {
    await target.setTenant({ policy: 'never' });
    const browser = target.browser();
    if (!_why.startsWith('nobody')) {
      await browser.open(authorizationRequest(application).path);
      await browser.submit({ username: person.email, password });
    }
    await target.setTenant(tenant);
    const asked = {
      ...parameters,
      ...('audience' in parameters && parameters.audience === 'mfa/'
        ? { audience: `${target.issuer}mfa/` }
        : {}),
    };
    for (const response_mode of ['query', 'fragment', 'web_message', 'form_post']) {
      const { path } = authorizationRequest(application, { prompt: 'none', response_mode, ...asked });
      const answer = await browser.request(path);
      const told = `${answer.headers.location ?? ''} ${answer.text}`;
      expect(told).toContain('login_required');
      expect(told.replaceAll('+', ' ')).toContain(description);
      expect(told).not.toMatch(/[?&#]code=|"code"|name="code"/);
    }
    await target.setTenant({ policy: 'always' });
  });
});
