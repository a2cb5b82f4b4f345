import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { blockUser } from '../../src/accounts/blockUser.ts';
import { deleteUser } from '../../src/accounts/deleteUser.ts';
import { grantTypes } from '../../src/applications/client.ts';
import { deleteClient, updateClient } from '../../src/applications/clients.ts';
import { defaultTenantSettings } from '../../src/tenant/tenantSettings.ts';
import type { Answer } from './httpClient.ts';
import {
  type Application,
  authorizationRequest,
  callback,
  type Person,
  password,
  type Target,
  targetStarter,
} from './target.ts';
import type { WebBrowser } from './webBrowser.ts';

const start = targetStarter();
let target: Target;
/** Asks everybody for a second factor. */
let strict: Application;
/** Asks nobody by itself. */
let lax: Application;

beforeAll(async () => {
  target = await start();
  strict = await target.application({ mfaPolicy: 'always' });
  lax = await target.application();
});

beforeEach(async () => {
  target.time.offset = 0;
  await target.setTenant(defaultTenantSettings);
  await target.house.database.db.deleteFrom('throttles').execute();
});

const block = ({ id }: Person) =>
  target.house.database.transaction((trx) => blockUser(trx, target.house.clock, id));
const remove = ({ id }: Person) =>
  target.house.database.transaction((trx) => deleteUser(trx, target.house.clock, id));
const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
const plain = ({ status, text }: Answer) => ({ status, text });

/** A browser at the second factor. */
async function atChallenge(person: Person, application = strict): Promise<WebBrowser> {
  const browser = target.browser();
  await browser.open(authorizationRequest(application).path);
  await browser.submit({ username: person.email, password });
  expect(browser.heading).toBe('Confirm it’s you');
  return browser;
}

/** A browser in which the password was given, wherever that led, and what the form of the sign-in held. */
async function afterPassword(person: Person): Promise<{ browser: WebBrowser; form: Record<string, string> }> {
  const browser = target.browser();
  await browser.open(authorizationRequest(strict).path);
  const form = browser.hidden();
  await browser.submit({ username: person.email, password });
  return { browser, form };
}

/** A token for the MFA API, got with a second factor where the person has one. */
async function mfaApiToken(person: Person, step = 0): Promise<string> {
  const asked = {
    audience: `${target.issuer}mfa/`,
    scope: 'openid enroll read:authenticators remove:authenticators',
  };
  const login = await target.login(lax, person, asked);
  if (login.status === 200) return login.body.access_token;
  const redeemed = await target.redeem(lax, login.body.mfa_token, await target.code(person, step));
  return redeemed.body.access_token;
}

const listOf = async (token: string) => (await target.send('/mfa/authenticators', bearer(token))).body;
const removal = (token: string, id: string) =>
  target.send(`/mfa/authenticators/${encodeURIComponent(id)}`, { method: 'DELETE', ...bearer(token) });

describe('S-11 another user’s', () => {
  let victim: Person;
  let mallory: Person;

  beforeAll(async () => {
    victim = await target.enrolledPerson(strict);
    mallory = await target.enrolledPerson(strict);
  });

  it('codes are as wrong as any, in both directions and on every surface', async () => {
    for (const [owner, other] of [
      [victim, mallory],
      [mallory, victim],
    ] as const) {
      const mfaToken = await target.mfaToken(strict, owner);
      const wrong = plain(await target.redeem(strict, mfaToken, await wrongCode(owner, other)));
      expect(plain(await target.redeem(strict, mfaToken, await target.code(other)))).toEqual(wrong);
      const recover = (recovery_code: string) =>
        target.token(strict, { grant_type: grantTypes.mfaRecoveryCode, mfa_token: mfaToken, recovery_code });
      expect(plain(await recover(other.recoveryCode))).toEqual(plain(await recover('A'.repeat(24))));
      const browser = await atChallenge(owner);
      await browser.submit({ code: await wrongCode(owner, other) });
      const page = withoutForm(browser);
      await browser.submit({ code: await target.code(other) });
      expect(withoutForm(browser)).toBe(page);
    }
  });

  it('authenticators are as unknown as any', async () => {
    const [theirs] = await listOf(await target.mfaToken(strict, victim));
    expect(theirs.id).toMatch(/^totp\|dev_/);
    const unknown = `totp|dev_${'A'.repeat(16)}`;
    const mfaToken = await target.mfaToken(strict, mallory);
    const challenge = (authenticator_id: string) =>
      target.send('/mfa/challenge', {
        json: { mfa_token: mfaToken, ...strict.credentials, authenticator_id },
      });
    expect(plain(await challenge(theirs.id))).toEqual(plain(await challenge(unknown)));
    const token = await mfaApiToken(mallory);
    expect(plain(await removal(token, theirs.id))).toEqual(plain(await removal(token, unknown)));
    expect((await removal(token, theirs.id)).status).toBe(404);
    expect(await listOf(await target.mfaToken(strict, victim))).toHaveLength(2);
  });

  it('remembered browser, ID token or session means nothing (S-77)', async () => {
    const who = await target.enrolledPerson(strict);
    const browser = await atChallenge(who);
    await browser.submit({ code: await target.code(who), rememberBrowser: 'true' });
    const remembered = browser.cookies.get('auth0-mf /');
    expect(remembered?.value).toMatch(/^[\w-]{43}$/);
    const thief = target.browser();
    if (remembered) thief.cookies.set('auth0-mf /', remembered);
    await thief.open(authorizationRequest(strict).path);
    await thief.submit({ username: victim.email, password });
    expect(thief.heading).toBe('Confirm it’s you');
    // Its owner is spared, by the policy only.
    const again = target.browser();
    if (remembered) again.cookies.set('auth0-mf /', remembered);
    await again.open(authorizationRequest(strict).path);
    expect((await again.submit({ username: who.email, password })).headers.location).toContain('code=');
    const hint = (await target.login(lax, victim, { scope: 'openid' })).body.id_token;
    const silent = authorizationRequest(lax, { prompt: 'none', id_token_hint: hint }).path;
    expect((await again.request(silent)).headers.location).toContain('error=login_required');
  });

  it('codes and tokens are worth nothing to another application', async () => {
    const other = await target.application();
    const browser = target.browser();
    const { path, verifier } = authorizationRequest(lax, { scope: 'openid offline_access' });
    await browser.open(path);
    const answer = await browser.submit({ username: victim.email, password });
    const code = new URL(answer.headers.location ?? '').searchParams.get('code') ?? '';
    const exchange = {
      grant_type: grantTypes.authorizationCode,
      code,
      redirect_uri: callback,
      code_verifier: verifier,
    };
    expect((await target.token(other, exchange)).status).toBe(403);
    const { body } = await target.login(lax, victim, { scope: 'openid offline_access' });
    const refresh = { grant_type: grantTypes.refreshToken, refresh_token: body.refresh_token };
    expect((await target.token(other, refresh)).status).toBe(403);
    await target.token(other, { token: body.refresh_token });
    const revoked = await target.send('/oauth/revoke', {
      form: { ...other.credentials, token: body.refresh_token },
    });
    expect(revoked.status).toBeLessThan(500);
    expect((await target.token(lax, refresh)).status).toBe(200);
  });
});

describe('S-20 while second factors are locked', () => {
  it('no surface judges a right proof or begins a challenge', async () => {
    const person = await target.enrolledPerson(strict);
    const tokens = await Promise.all([1, 2, 3].map(() => target.mfaToken(strict, person)));
    const before = await atChallenge(person);
    const { body: login } = await target.login(lax, person, { scope: 'openid offline_access' });
    await lock(person);

    const [mfaToken = ''] = tokens;
    const otp = await target.code(person);
    const recovery = {
      grant_type: grantTypes.mfaRecoveryCode,
      mfa_token: mfaToken,
      recovery_code: person.recoveryCode,
    };
    await target.setTenant({ policy: 'always' });
    const refresh = { grant_type: grantTypes.refreshToken, refresh_token: login.refresh_token };
    const refreshed = await target.token(lax, refresh);
    const fresh = await target.mfaToken(strict, person);
    const refused: Answer[] = [
      ...(await Promise.all(tokens.map((token) => target.redeem(strict, token, otp)))),
      await target.token(strict, recovery),
      await target.redeem(strict, fresh, otp),
      await target.redeem(lax, refreshed.body.mfa_token, otp),
      await target.send('/mfa/challenge', { json: { mfa_token: fresh, ...strict.credentials } }),
    ];
    for (const answer of refused) {
      expect([answer.status, answer.body.error]).toEqual([429, 'too_many_attempts']);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    }
    const { browser: later, form } = await afterPassword(person);
    expect([later.page?.status, later.heading]).toEqual([429, 'Paused for your protection']);
    for (const [browser, fields] of [
      [before, before.hidden()],
      [later, form],
    ] as const) {
      for (const [page, code] of [
        ['mfa-otp-challenge', otp],
        ['mfa-recovery-code-challenge', person.recoveryCode],
      ] as const) {
        const sent = { ...fields, action: 'default', code };
        const answer = await browser.follow(await browser.request(`/u/${page}`, { form: sent }));
        expect(answer.status).toBe(429);
        expect(answer.headers.location).toBeUndefined();
      }
    }
  });

  it('S-19 the owner gets in again when it ends, and a stranger without the password never began it', async () => {
    const person = await target.enrolledPerson(strict);
    for (let i = 0; i < 15; i += 1) await target.login(strict, person, { password: 'wrong' });
    await target.house.database.db.deleteFrom('throttles').execute();
    const mfaToken = await target.mfaToken(strict, person);
    expect((await target.redeem(strict, mfaToken, await target.code(person))).status).toBe(200);
    await lock(person);
    target.time.offset = 15 * 60 * 1000 + 1000;
    const later = await target.mfaToken(strict, person);
    expect((await target.redeem(strict, later, await target.code(person))).status).toBe(200);
  });

  async function lock(person: Person): Promise<void> {
    const mfaToken = await target.mfaToken(strict, person);
    const wrong = await wrongCode(person);
    for (let i = 0; i < 10; i += 1) await target.redeem(strict, mfaToken, wrong);
  }
});

describe('S-28 what changes in mid-flow counts', () => {
  const changes: [what: string, change: (person: Person, application: Application) => Promise<unknown>][] = [
    ['the user is blocked', block],
    ['the user is deleted', remove],
    [
      'the factors are switched off',
      () => target.setTenant({ factors: { otp: { enabled: false }, 'recovery-code': { enabled: false } } }),
    ],
    [
      'the application is deleted',
      (_person, { client }) => target.house.database.transaction((trx) => deleteClient(trx, client.clientId)),
    ],
    [
      'the application loses the grants',
      (_person, { client }) =>
        target.house.database.transaction((trx) =>
          updateClient(trx, target.house.clock, client.clientId, {
            grantTypes: [grantTypes.clientCredentials],
            callbacks: [],
          }),
        ),
    ],
  ];

  it.each(changes)('%s: the right code yields nothing at the token endpoint', async (_what, change) => {
    const application = await target.application({ mfaPolicy: 'always' });
    const person = await target.enrolledPerson(application);
    const mfaToken = await target.mfaToken(application, person);
    await change(person, application);
    const answer = await target.redeem(application, mfaToken, await target.code(person));
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.text).not.toContain('access_token');
  });

  it.each(changes)('%s: the right code yields nothing at the pages', async (_what, change) => {
    const application = await target.application({ mfaPolicy: 'always' });
    const person = await target.enrolledPerson(application);
    const browser = await atChallenge(person, application);
    await change(person, application);
    const answer = await browser.submit({ code: await target.code(person) });
    expect(answer.headers.location ?? '').not.toContain('code=');
    expect(answer.status).toBeLessThan(500);
  });

  it.each(changes)('%s between the right code and the way back', async (what, change) => {
    const application = await target.application({ mfaPolicy: 'always' });
    const person = await target.enrolledPerson(application);
    const browser = await atChallenge(person, application);
    const form = { ...browser.hidden(), action: 'default', code: await target.code(person) };
    const proved = await browser.request('/u/mfa-otp-challenge', { form });
    expect(proved.headers.location).toContain('/authorize/');
    await change(person, application);
    const answer = await browser.follow(proved);
    expect(answer.headers.location ?? '', what).not.toContain('code=');
    expect(answer.status).toBeLessThan(500);
  });

  it.each(changes.filter(([what]) => !what.startsWith('the factors')))(
    '%s between the code and its exchange',
    async (_what, change) => {
      const application = await target.application();
      const person = await target.person();
      const browser = target.browser();
      const { path, verifier } = authorizationRequest(application);
      await browser.open(path);
      const answer = await browser.submit({ username: person.email, password });
      const code = new URL(answer.headers.location ?? '').searchParams.get('code') ?? '';
      await change(person, application);
      const exchanged = await target.token(application, {
        grant_type: grantTypes.authorizationCode,
        code,
        redirect_uri: callback,
        code_verifier: verifier,
      });
      expect(exchanged.status).toBeGreaterThanOrEqual(400);
      expect(exchanged.status).toBeLessThan(500);
    },
  );

  it('the policy demands a second factor between the password and the way back', async () => {
    const person = await target.enrolledPerson(strict);
    const browser = target.browser();
    await browser.open(authorizationRequest(lax).path);
    const form = { ...browser.hidden(), action: 'default', username: person.email, password };
    const proved = await browser.request('/u/login', { form });
    expect(proved.headers.location).toContain('/authorize/');
    await target.setTenant({ policy: 'always' });
    await browser.follow(proved);
    expect(browser.heading).toBe('Confirm it’s you');
    const answer = await browser.submit({ code: await target.code(person) });
    expect(answer.headers.location).toContain('code=');
  });

  it('the method is removed between its proof and the way back', async () => {
    const person = await target.enrolledPerson(strict);
    const browser = await atChallenge(person);
    const form = { ...browser.hidden(), action: 'default', code: await target.code(person) };
    const proved = await browser.request('/u/mfa-otp-challenge', { form });
    const context = { ip: '192.0.2.1', userAgent: 'test' };
    await target.house.engine.resetUser(person.id, { kind: 'operator', id: 'test' }, context);
    const answer = await browser.follow(proved);
    expect(answer.headers.location ?? '').not.toContain('code=');
    // The password proved before the reset enrols nothing either.
    expect(browser.heading).toBe('This page has expired');
  });
});

describe('S-39 S-40 changing one’s methods', () => {
  it('needs a proof of one: the password alone adds and removes nothing', async () => {
    const person = await target.person();
    const early = await mfaApiToken(person);
    expect(await listOf(early)).toEqual([]);
    const enrolled = await target.enrol(strict, person, await target.mfaToken(strict, person));
    const [method] = await listOf(await target.mfaToken(strict, enrolled));

    const mfaToken = await target.mfaToken(strict, enrolled);
    expect((await target.associate(mfaToken)).body.error_description).toBe('User is already enrolled.');
    expect((await removal(mfaToken, method.id)).status).toBe(403);
    // A token from before the enrolment: whoever held it then proved a password only.
    expect((await target.associate(early)).status).toBe(403);
    expect((await removal(early, method.id)).status).toBe(403);
    // One for another audience, and one that lacks the scope.
    const userinfo = (await target.login(lax, enrolled, { scope: 'openid' })).body;
    for (const token of [userinfo.access_token, userinfo.id_token]) {
      expect((await removal(token, method.id)).status).toBe(401);
      expect((await target.associate(token)).status).toBe(401);
    }
    expect(await listOf(mfaToken)).toHaveLength(2);
    const reading = await target.login(lax, enrolled, {
      audience: `${target.issuer}mfa/`,
      scope: 'read:authenticators',
    });
    const redeemed = await target.redeem(lax, reading.body.mfa_token, await target.code(enrolled));
    expect((await removal(redeemed.body.access_token, method.id)).body.error).toBe('insufficient_scope');
    expect((await target.associate(redeemed.body.access_token)).body.error).toBe('insufficient_scope');
  });

  it('needs a fresh proof: five minutes later the same token does it no more', async () => {
    const person = await target.enrolledPerson(strict);
    const token = await mfaApiToken(person);
    const [method] = await listOf(token);
    target.time.offset = 5 * 60 * 1000 + 1000;
    expect((await listOf(token)).length).toBe(2);
    expect((await removal(token, method.id)).body.error).toBe('access_denied');
    expect((await target.associate(token)).status).toBe(403);
    target.time.offset = 0;
    expect((await removal(token, method.id)).status).toBe(204);
  });

  it('S-46 removing one ends remembered browsers, and what it proved counts no more', async () => {
    const person = await target.enrolledPerson(strict);
    const browser = await atChallenge(person);
    await browser.submit({ code: await target.code(person), rememberBrowser: 'true' });
    const silent = authorizationRequest(strict, { prompt: 'none' }).path;
    expect((await browser.request(silent)).headers.location).toContain('code=');
    const token = await mfaApiToken(person, 1);
    const [method] = await listOf(token);
    expect((await removal(token, method.id)).status).toBe(204);
    expect((await browser.request(silent)).headers.location).toContain('error=login_required');
    const { db } = target.house.database;
    expect(
      await db.selectFrom('remembered_browsers').selectAll().where('user_id', '=', person.id).execute(),
    ).toEqual([]);
  });

  it.each([true, false])(
    'S-46 a new password ends sessions and refresh tokens where that was chosen: %s',
    async (isChosen) => {
      const person = await target.person();
      const browser = target.browser();
      await browser.open(authorizationRequest(lax).path);
      await browser.submit({ username: person.email, password });
      const silent = async () =>
        (await browser.request(authorizationRequest(lax, { prompt: 'none' }).path)).headers.location ?? '';
      expect(await silent()).toContain('code=');
      const { body: login } = await target.login(lax, person, { scope: 'openid offline_access' });

      const elsewhere = target.browser();
      await elsewhere.open(authorizationRequest(lax).path);
      await elsewhere.open(elsewhere.at.replace('/u/login', '/u/reset-password/request'));
      await elsewhere.submit({ email: person.email });
      const { body: outbox } = await target.send(`/dev/outbox.json?to=${encodeURIComponent(person.email)}`);
      const link: string = outbox[0].links.find((url: string) => url.includes('ticket='));
      await elsewhere.open(link.slice(target.issuer.length - 1));
      const fresh = 'nine purple plums';
      const choice: Record<string, string> = isChosen ? { signOutEverywhere: 'true' } : {};
      await elsewhere.submit({ password: fresh, 're-password': fresh, ...choice });
      expect(elsewhere.heading).toBe('Password changed');

      expect(await silent()).toContain(isChosen ? 'error=login_required' : 'code=');
      const refreshed = await target.token(lax, {
        grant_type: grantTypes.refreshToken,
        refresh_token: login.refresh_token,
      });
      expect(refreshed.status).toBe(isChosen ? 403 : 200);
    },
  );

  it('an enrolment on a token’s authority yields no wider token than that one (S-27)', async () => {
    const person = await target.person();
    const login = await target.login(lax, person, { audience: `${target.issuer}mfa/`, scope: 'enroll' });
    const associated = await target.associate(login.body.access_token);
    expect(associated.status).toBe(200);
    const enrolled = { ...person, secret: associated.body.secret };
    const confirmed = await target.redeem(lax, login.body.access_token, await target.code(enrolled), {
      scope: 'openid enroll remove:authenticators offline_access',
      audience: 'https://api.example.com/',
    });
    expect(confirmed.status).toBe(200);
    expect(confirmed.body.scope).toBe('enroll');
    expect(confirmed.body.refresh_token).toBeUndefined();
    expect(confirmed.body.id_token).toBeUndefined();
  });
});

describe('S-79 at the next request', () => {
  it.each([
    ['blocked', block],
    ['deleted', remove],
  ] as const)('a %s user has nothing left that works', async (_what, end) => {
    const person = await target.enrolledPerson(strict);
    const browser = await atChallenge(person);
    await browser.submit({ code: await target.code(person), rememberBrowser: 'true' });
    const stepUp = authorizationRequest(lax, { max_age: '0' }).path;
    const waiting = browser.clone();
    await waiting.open(stepUp);
    const { path, verifier } = authorizationRequest(lax, { prompt: 'none', scope: 'openid offline_access' });
    const code = new URL((await browser.request(path)).headers.location ?? '').searchParams.get('code') ?? '';
    const login = (await target.login(lax, person, { scope: 'openid offline_access' })).body;
    const apiToken = await mfaApiToken(person, 1);
    const mfaToken = await target.mfaToken(strict, person);
    await waiting.open(waiting.at.replace('/u/login', '/u/reset-password/request'));
    await waiting.submit({ email: person.email });
    const { body: outbox } = await target.send(`/dev/outbox.json?to=${encodeURIComponent(person.email)}`);
    const link: string = outbox[0].links.find((url: string) => url.includes('ticket='));

    await end(person);

    const locationOf = async (request: string) => (await browser.request(request)).headers.location ?? '';
    expect(await locationOf(authorizationRequest(lax, { prompt: 'none' }).path)).toContain(
      'error=login_required',
    );
    expect(await locationOf(authorizationRequest(lax).path)).not.toContain('code=');
    const refused = await Promise.all([
      target.send('/userinfo', bearer(login.access_token)),
      target.send('/userinfo', bearer(apiToken)),
      target.send('/mfa/authenticators', bearer(apiToken)),
      target.associate(apiToken),
      removal(apiToken, 'totp|dev_AAAAAAAAAAAAAAAA'),
      target.send('/mfa/authenticators', bearer(mfaToken)),
      target.associate(mfaToken),
      target.redeem(strict, mfaToken, await target.code(person, 1)),
      target.token(lax, { grant_type: grantTypes.refreshToken, refresh_token: login.refresh_token }),
      target.token(lax, {
        grant_type: grantTypes.authorizationCode,
        code,
        redirect_uri: callback,
        code_verifier: verifier,
      }),
      target.login(lax, person),
    ]);
    for (const answer of refused) {
      expect([401, 403], answer.text).toContain(answer.status);
      expect(answer.text).not.toContain(person.email);
    }
    const page = await target.browser().open(link.slice(target.issuer.length - 1));
    expect(page.status).toBe(400);
  });

  it('a deleted application’s tokens are worth nothing, whoever they name', async () => {
    const application = await target.application();
    const person = await target.enrolledPerson(strict);
    const { body } = await target.login(application, person, { scope: 'openid offline_access' });
    const asked = { audience: `${target.issuer}mfa/`, scope: 'openid enroll read:authenticators' };
    const { body: interrupted } = await target.login(application, person, asked);
    const again = await target.login(application, person, asked);
    const redeemed = await target.redeem(application, again.body.mfa_token, await target.code(person));
    const apiToken = redeemed.body.access_token;
    expect(await listOf(apiToken)).toHaveLength(2);

    await target.house.database.transaction((trx) => deleteClient(trx, application.client.clientId));

    const refused = await Promise.all([
      target.send('/userinfo', bearer(body.access_token)),
      target.send('/userinfo', bearer(apiToken)),
      target.send('/mfa/authenticators', bearer(apiToken)),
      target.send('/mfa/authenticators', bearer(interrupted.mfa_token)),
      target.associate(apiToken),
      target.associate(interrupted.mfa_token),
      target.redeem(application, interrupted.mfa_token, await target.code(person, 1)),
      target.token(application, { grant_type: grantTypes.refreshToken, refresh_token: body.refresh_token }),
      target.login(application, person),
    ]);
    for (const answer of refused) expect(answer.status, answer.text).toBe(401);
  });
});

/** Six digits that are right for none of these people, now or in the steps around. */
async function wrongCode(...people: Person[]): Promise<string> {
  const right = await Promise.all(
    people.flatMap((person) => [-2, -1, 0, 1, 2].map((step) => target.code(person, step))),
  );
  return ['000000', '111111', '222222', '333333'].find((code) => !right.includes(code)) as string;
}

function withoutForm({ page }: WebBrowser): string {
  return `${page?.status} ${page?.text.replace(/state=[\w-]+|value="[^"]*"/g, '')}`;
}
