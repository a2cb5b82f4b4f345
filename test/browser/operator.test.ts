import { generate } from 'otplib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityFaultsOf, overflowOf, smallTargetsOf } from '../support/accessibility.ts';
import { launchChromium } from '../support/chromium.ts';
import { chooseApp } from '../support/pageTour.ts';
import { serverStarter, type TestServer } from '../support/server.ts';

const password = 'seven orange apples';
const person = 'ann@example.com';

/** The first operator's way, from the link that the server printed. Each step goes on where the one before it ended. */
describe.each([
  { scripts: 'with scripts', javaScriptEnabled: true, colorScheme: 'light', width: 1280 },
  { scripts: 'with scripts', javaScriptEnabled: true, colorScheme: 'dark', width: 320 },
  { scripts: 'without scripts', javaScriptEnabled: false, colorScheme: 'light', width: 700 },
] as const)('the operator console, $scripts, $colorScheme, $width px', (setting) => {
  const { javaScriptEnabled, colorScheme, width } = setting;
  const start = serverStarter();
  const complaints: string[] = [];
  let server: TestServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    [server, browser] = await Promise.all([start(), launchChromium()]);
    await server.cli('user', 'create', '--email', person, '--password', password, '--email-verified');
    context = await browser.newContext({
      javaScriptEnabled,
      colorScheme,
      viewport: { width, height: 860 },
      reducedMotion: 'reduce',
    });
    page = await context.newPage();
    page.on('console', (message) => {
      if (/Content Security Policy|Uncaught/.test(message.text())) complaints.push(message.text());
    });
  });

  afterAll(() => browser?.close());

  const submit = () => page.click('#step button[value="default"]');
  const link = () => /http\S+\/operator\/welcome\?ticket=\S+/.exec(server.output())?.[0] ?? '';
  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

  /** axe is a script itself, so without scripts the other settings stand for it. */
  async function expectSound(): Promise<void> {
    if (javaScriptEnabled) expect(await accessibilityFaultsOf(page)).toEqual([]);
    expect(await overflowOf(page)).toBe(0);
    expect(await smallTargetsOf(page)).toEqual([]);
  }

  it('the printed link asks for a password and says what is wrong with one', async () => {
    await page.goto(link());
    await heading('Welcome to the operator console');
    await expectSound();
    await page.fill('#password', 'password');
    await page.fill('#repeated', 'password');
    await submit();
    await page.getByRole('alert').waitFor();
    await expectSound();
    await page.fill('#password', password);
    await page.fill('#repeated', password);
    await submit();
    await heading('Your password is set');
    await expectSound();
  });

  it('the link works once', async () => {
    await page.goto(link());
    await heading('This link no longer works');
    await expectSound();
  });

  it('S-107 sign-in demands a second factor, although the policy asks nobody for one', async () => {
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.fill('[name="username"]', 'operator@example.com');
    await page.fill('[name="password"]', password);
    await submit();
    // The page that asks what the browser can do.
    if (!javaScriptEnabled) await submit();
    await chooseApp(page);
    await page.click('button[value="toggle-view"]');
    const secret = (await page.locator('#shown-code').getAttribute('data-code')) ?? '';
    await page.fill('[name="code"]', await generate({ secret }));
    await submit();
    await page.check('[name="saved"]');
    await submit();
    await heading('Overview');
    expect(await page.locator('.figure', { hasText: 'Users' }).first().textContent()).toContain('1');
    await expectSound();
  });

  it('switches the policy and shows what that means', async () => {
    await page.getByRole('link', { name: 'Multi-factor', exact: true }).click();
    await heading('Multi-factor');
    await page.check('[value="always"]');
    await page.getByRole('button', { name: 'Save the policy' }).click();
    await page.getByRole('status').waitFor();
    expect(await page.isChecked('[value="always"]')).toBe(true);
    await page.getByText('1 of 1 people have none yet').waitFor();
    await expectSound();
    expect(await server.cli('policy', 'show')).toMatchObject({ policy: 'always' });
  });

  it('asks before it switches a factor off, and keeps the last one on', async () => {
    const others = ['phone', 'push-notification', 'webauthn-roaming'];
    for (const name of others) await server.cli('factor', 'disable', name);
    await page.getByRole('link', { name: 'Switch off: Recovery code' }).click();
    await heading('Switch off: Recovery code?');
    await expectSound();
    await page.getByRole('link', { name: 'Cancel' }).click();
    await page.getByRole('link', { name: 'Switch off: Authenticator app' }).click();
    await heading('Authenticator app stays on');
    await expectSound();
  });

  it('changes the settings of security keys, and says what is wrong with them', async () => {
    await page.goto(`${server.baseUrl}/operator/multi-factor`);
    await page.getByRole('link', { name: 'Settings: Security key' }).click();
    await heading('Settings: Security key');
    await expectSound();
    await page.fill('#relying_party_identifier', 'example.org');
    await page.getByRole('button', { name: 'Save the settings' }).click();
    await page.getByRole('alert').waitFor();
    await expectSound();
    await page.fill('#relying_party_identifier', '');
    await page.getByLabel('required', { exact: true }).check();
    await page.getByRole('button', { name: 'Save the settings' }).click();
    await page.getByRole('status').waitFor();
    expect(await page.getByLabel('required', { exact: true }).isChecked()).toBe(true);
    await server.cli('factor', 'settings', 'webauthn-roaming', 'user_verification=');
  });

  it('tells how to import models of keys, and what a passkey instead of a password means', async () => {
    await page.goto(`${server.baseUrl}/operator/multi-factor`);
    await page.getByRole('link', { name: 'See the models' }).click();
    await page.getByText('None were imported yet.').waitFor();
    await expectSound();
    await page.goto(`${server.baseUrl}/operator/multi-factor`);
    await page.getByRole('link', { name: 'Switch on: passkey instead of a password' }).click();
    await heading('Let people sign in with a passkey?');
    await expectSound();
    await page.getByRole('button', { name: 'Switch on' }).click();
    await page.getByText('People can sign in with a passkey.').waitFor();
    await server.cli('tenant', 'update', '--passkey-sign-in', 'off');
  });

  it('finds a person, resets their second factors and tells them', async () => {
    await enrolPerson();
    await page.getByRole('link', { name: 'Users', exact: true }).click();
    await page.fill('#q', 'ANN');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('link', { name: person }).click();
    await heading(person);
    await page.getByText('Recovery code').waitFor();
    await expectSound();
    await page.getByRole('link', { name: 'Reset multi-factor' }).click();
    await heading('Take all second factors away?');
    await expectSound();
    await page.getByRole('button', { name: 'Reset multi-factor' }).click();
    await page.getByRole('status').waitFor();
    await page.getByText('No second factor is set up.').waitFor();
    const { authentication_methods: methods } = await server.cli<{ authentication_methods: [] }>(
      'user',
      'show',
      person,
    );
    expect(methods).toEqual([]);
    const outbox = await fetch(`${server.baseUrl}/dev/outbox.json?to=${encodeURIComponent(person)}`);
    expect(await outbox.text()).toContain('Your second step was reset');
  });

  it('S-46 signs a person out everywhere', async () => {
    await page.getByRole('link', { name: 'Sign out everywhere' }).click();
    await heading('Sign this person out everywhere?');
    await expectSound();
    await page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.getByText('The person is signed out everywhere.').waitFor();
  });

  it('S-108 hands out a temporary pass, and says what it lacks', async () => {
    await server.cli('factor', 'enable', 'temporary-pass');
    await page.reload();
    await page.getByRole('link', { name: 'Hand out a temporary pass' }).click();
    await heading('Hand out a temporary pass');
    await expectSound();
    await page.fill('#minutes', '5000');
    await page.getByRole('button', { name: 'Hand out the pass' }).click();
    await page.getByRole('alert').waitFor();
    await expectSound();
    await page.fill('#reason', 'Lost phone, called back');
    await page.fill('#minutes', '30');
    await page.getByRole('button', { name: 'Hand out the pass' }).click();
    await heading('Temporary pass');
    await page.getByText(/^[A-Z1-9]{4}-[A-Z1-9]{4}-[A-Z1-9]{4}$/).waitFor();
    await expectSound();
    await page.getByRole('link', { name: 'Back to the account' }).click();
    await page.getByRole('link', { name: 'Remove: Temporary pass' }).waitFor();
    await expectSound();
  });

  it('lists operators apart', async () => {
    await page.getByRole('link', { name: 'Users', exact: true }).first().click();
    await page.selectOption('#of', 'operators');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('link', { name: 'operator@example.com' }).waitFor();
    await expectSound();
  });

  it('changes the words of a text message and an e-mail, and sees them before they are stored', async () => {
    await page.getByRole('link', { name: 'Messages', exact: true }).click();
    await heading('Texts of messages');
    await expectSound();
    await page.getByRole('link', { name: 'Text message: code to sign in' }).click();
    await heading('Text message: code to sign in');
    const preview = page.frameLocator('iframe.preview');
    await page.fill('#text', '{{ code }}\n{{ user.name }}');
    await page.getByRole('button', { name: 'Preview' }).click();
    await preview.getByText('text, line 2, column 4: unknown variable').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').waitFor();
    await expectSound();
    await page.fill('#text', 'Hello, {{ code }} is it.');
    await page.getByRole('button', { name: 'Preview' }).click();
    await preview.getByText('Hello, 123456 is it.').waitFor();
    await expectSound();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await page.getByRole('link', { name: 'Go back to our words' }).click();
    await expectSound();
    await page.getByRole('button', { name: 'Throw away' }).click();
    await page.getByText('Your words were removed.').waitFor();
    await page.getByRole('link', { name: 'E-mail: new password' }).click();
    await page.getByRole('link', { name: 'Japanese' }).click();
    await page.getByRole('button', { name: 'Preview' }).click();
    await preview.frameLocator('iframe').getByRole('heading', { name: '新しいパスワードの設定' }).waitFor();
    await expectSound();
  });

  it('is led to from the outbox, which looks alike', async () => {
    await page.goto(`${server.baseUrl}/dev/outbox`);
    await heading('Outbox');
    await expectSound();
    await page.locator('.messages a').first().click();
    await page.frameLocator('iframe').getByText('A temporary pass was given out').waitFor();
    await expectSound();
    await page.getByRole('link', { name: 'Operator console' }).click();
    await heading('Overview');
  });

  it('S-108 the log names the operator', async () => {
    await page.getByRole('link', { name: 'Logs', exact: true }).click();
    await heading('Logs');
    await expectSound();
    await page.selectOption('#type', 'gd_unenroll');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.locator('tbody a').first().click();
    await page.getByText('operator@example.com (operator console)').waitFor();
    await expectSound();
  });

  it('shows applications, and where there is nothing', async () => {
    await page.getByRole('link', { name: 'Applications', exact: true }).click();
    await expectSound();
    await page.locator('tbody a').first().click();
    await page.getByRole('heading', { name: 'Addresses' }).waitFor();
    await expectSound();
    await page.goto(`${server.baseUrl}/operator/users/nobody`);
    await heading('There is nothing here');
    await expectSound();
  });

  it('works by keyboard: past the bar to the content, and out', async () => {
    await page.goto(`${server.baseUrl}/operator/users`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(page.url()).toContain('#content');
    await page.getByRole('button', { name: 'Sign out' }).focus();
    await page.keyboard.press('Enter');
    await heading('You are signed out');
    await expectSound();
    await page.goto(`${server.baseUrl}/operator`);
    await page.waitForURL(/\/u\/login\?state=op-/);
  });

  it('broke no content security policy and threw nothing', () => {
    expect(complaints).toEqual([]);
  });

  /** The person signs in to the demo by API, where the policy makes them enrol. */
  async function enrolPerson(): Promise<void> {
    const client = await server.cli<{ client_id: string; client_secret: string }>(
      'client',
      'create',
      '--name',
      'Script',
      '--grant-types',
      'password,mfa-otp',
    );
    const post = async (path: string, body: object, token?: string) => {
      const response = await fetch(server.baseUrl + path, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({
          client_id: client.client_id,
          client_secret: client.client_secret,
          ...body,
        }),
      });
      return (await response.json()) as Record<string, string>;
    };
    const grant = { grant_type: 'password', username: person, password };
    const { mfa_token: token } = await post('/oauth/token', grant);
    const { secret } = await post('/mfa/associate', { authenticator_types: ['otp'] }, token);
    await post('/oauth/token', {
      grant_type: 'http://auth0.com/oauth/grant-type/mfa-otp',
      mfa_token: token,
      otp: await generate({ secret: secret ?? '' }),
    });
  }
});
