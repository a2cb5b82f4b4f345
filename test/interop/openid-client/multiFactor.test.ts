import { beforeAll, expect, it } from 'vitest';
import { forEachServer } from '../../support/server.ts';
import { Deployment } from '../deployment.ts';
import { RelyingParty, type Tokens } from '../relyingParty.ts';

const multiFactor = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor';
const api = 'https://api.example.com/payments';

/** `amr` as Auth0 has it, with RFC 8176's values beside it. */
const proved = { acr: multiFactor, amr: expect.arrayContaining(['mfa', 'pwd', 'otp']) };

function expectNoSecondFactor(tokens: Tokens): void {
  expect(tokens.claims()).not.toHaveProperty('amr');
  expect(tokens.claims()).not.toHaveProperty('acr');
}

forEachServer((_engine, start) => {
  let deployment: Deployment;
  /** Follows the tenant's policy, which is `never`. */
  let party: RelyingParty;
  /** Always wants a second factor. */
  let strict: RelyingParty;

  beforeAll(async () => {
    deployment = await Deployment.start(start);
    await deployment.api(
      api,
      '--scopes',
      'read:payments,approve:payments',
      '--step-up-scopes',
      'approve:payments',
    );
    const [plain, always] = await Promise.all([
      deployment.application(),
      deployment.application('--mfa-policy', 'always'),
    ]);
    party = await RelyingParty.discover(deployment, plain);
    strict = await RelyingParty.discover(deployment, always);
  });

  it('has a new person enrol at the pages, and tells so in the ID token', async () => {
    const kim = await deployment.person();
    const { tokens, screens, browser } = await strict.signIn(kim, { scope: 'openid offline_access' });
    expect(screens).toEqual([
      'login',
      'mfa-otp-enrollment-qr',
      'mfa-otp-enrollment-code',
      'mfa-recovery-code-enrollment',
    ]);
    expect(tokens.claims()).toMatchObject(proved);
    expect(kim.recoveryCode).toMatch(/^[A-Z1-9]{24}$/);

    const again = await strict.signIn(kim, { prompt: 'login' }, { browser });
    expect(again.screens).toEqual(['login', 'mfa-otp-challenge']);
    expect(again.tokens.claims()).toMatchObject(proved);
  });

  it('signs in with a recovery code, shows the next one, and claims no app', async () => {
    const kim = await deployment.enrolledPerson();
    const first = kim.recoveryCode;
    const begun = await strict.begin();
    const browser = strict.browser();
    await browser.open(begun.url);
    await browser.submit({ username: kim.email, password: kim.password });
    await browser.press('pick-authenticator');
    await browser.submit({ action: 'recovery-code' });
    expect(browser.screen).toBe('mfa-recovery-code-challenge');
    await browser.submit({ code: first });
    expect(browser.screen).toBe('mfa-recovery-code-challenge-new-code');
    expect(await browser.shownCode()).not.toBe(first);
    await browser.submit({ saved: 'on' });
    expect(browser.screen).toBe('mfa-enroll-replacement');
    await browser.submit({ action: 'skip' });
    const claims = (await strict.finish(browser.url, begun)).claims();
    expect(claims).toMatchObject({ acr: multiFactor, amr: expect.arrayContaining(['mfa', 'pwd']) });
    expect(claims?.amr).not.toContain('otp');
  });

  it('steps a session up for acr_values, by the second factor alone', async () => {
    const kim = await deployment.enrolledPerson();
    const { tokens, screens, browser } = await party.signIn(kim);
    expect(screens).toEqual(['login']);
    expectNoSecondFactor(tokens);

    const silently = await party.ask(browser, { prompt: 'none', acr_values: multiFactor });
    await expect(party.finish(silently.response, silently.begun)).rejects.toMatchObject({
      error: 'login_required',
      error_description: 'Multifactor authentication required',
    });

    const stepped = await party.signIn(kim, { acr_values: multiFactor }, { browser });
    expect(stepped.screens).toEqual(['mfa-otp-challenge']);
    expect(stepped.tokens.claims()).toMatchObject({
      ...proved,
      auth_time: tokens.claims()?.auth_time,
      sid: tokens.claims()?.sid,
    });

    const { begun, response } = await party.ask(browser, { prompt: 'none', acr_values: multiFactor });
    expect((await party.finish(response, begun)).claims()).toMatchObject(proved);
  });

  it('steps up for a scope that its API protects, and only for that', async () => {
    const kim = await deployment.enrolledPerson();
    const reading = { audience: api, scope: 'openid read:payments' };
    const approving = { audience: api, scope: 'openid read:payments approve:payments' };
    const first = await party.signIn(kim, reading);
    expect(first.screens).toEqual(['login']);
    expect(first.tokens.scope).toBe('openid read:payments');
    const { browser } = first;
    const silently = await party.ask(browser, { ...approving, prompt: 'none' });
    expect(silently.response.searchParams.get('error')).toBe('login_required');
    const second = await party.signIn(kim, approving, { browser });
    expect(second.screens).toEqual(['mfa-otp-challenge']);
    expect(second.tokens.scope).toBe('openid read:payments approve:payments');
  });

  it('remembers a browser for the policy, and not for acr_values', async () => {
    const kim = await deployment.enrolledPerson();
    const { browser } = await strict.signIn(kim, {}, { rememberBrowser: true });
    const again = await strict.signIn(kim, { prompt: 'login' }, { browser });
    expect(again.screens).toEqual(['login']);
    expectNoSecondFactor(again.tokens);
    const stepped = await strict.signIn(kim, { acr_values: multiFactor }, { browser });
    expect(stepped.screens).toEqual(['mfa-otp-challenge']);

    const elsewhere = strict.browser();
    await elsewhere.open((await strict.begin()).url);
    await elsewhere.submit({ username: kim.email, password: kim.password });
    expect(elsewhere.screen).toBe('mfa-otp-challenge');
  });

  it('starts a new sign-in without the second factor of the one before', async () => {
    const kim = await deployment.enrolledPerson();
    const { browser } = await party.signIn(kim, { acr_values: multiFactor });
    const again = await party.signIn(kim, { prompt: 'login' }, { browser });
    expectNoSecondFactor(again.tokens);
    const { response } = await party.ask(browser, { prompt: 'none', acr_values: multiFactor });
    expect(response.searchParams.get('error_description')).toBe('Multifactor authentication required');
  });

  it('gives nothing before the second factor, and no way around it', async () => {
    const kim = await deployment.enrolledPerson();
    const browser = strict.browser();
    await browser.open((await strict.begin()).url);
    await browser.submit({ username: kim.email, password: kim.password });
    expect(browser.screen).toBe('mfa-otp-challenge');
    const { response } = await strict.ask(browser, { prompt: 'none' });
    expect(response.searchParams.get('error')).toBe('login_required');
    const other = await party.ask(browser, { prompt: 'none' });
    expect(other.response.searchParams.get('error')).toBe('login_required');
  });

  it('refuses a wrong code and one that was used', async () => {
    const kim = await deployment.enrolledPerson();
    const browser = strict.browser();
    const begun = await strict.begin();
    await browser.open(begun.url);
    await browser.submit({ username: kim.email, password: kim.password });
    for (const code of [await kim.app.wrongCode(), kim.app.usedCode]) {
      await browser.submit({ code });
      expect(browser.screen).toBe('mfa-otp-challenge');
      expect(browser.status).toBe(400);
    }
    await browser.submit({ code: await kim.app.nextCode() });
    expect((await strict.finish(browser.url, begun)).claims()).toMatchObject(proved);
  });
});
