import { pino } from 'pino';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CodeMessage, enqueueCode } from '../../src/delivery/codeMessages.ts';
import { enqueuePush } from '../../src/delivery/push/pushMessages.ts';
import { createEmailRenderer } from '../../src/delivery/templates/renderEmail.ts';
import { samplePushRequest } from '../../src/delivery/templates/sampleMessages.ts';
import { createCodeWording } from '../../src/delivery/templates/wordCode.ts';
import { createPushWording } from '../../src/delivery/templates/wordPush.ts';
import { type App, createApp } from '../../src/http/createApp.ts';
import { registerOutbox } from '../../src/outbox/registerOutbox.ts';
import { accessibilityFaultsOf, overflowOf, smallTargetsOf } from '../support/accessibility.ts';
import { createTestAccounts, type TestAccounts } from '../support/accounts.ts';
import { launchChromium } from '../support/chromium.ts';
import { databaseOpener } from '../support/databases.ts';
import { findFreePort } from '../support/freePort.ts';

/** Somebody tries codes out with the outbox open beside the login. */
describe.each([
  { scripts: 'with scripts', javaScriptEnabled: true, colorScheme: 'light', width: 1280 },
  { scripts: 'with scripts', javaScriptEnabled: true, colorScheme: 'dark', width: 320 },
  { scripts: 'without scripts', javaScriptEnabled: false, colorScheme: 'light', width: 700 },
] as const)('the outbox, $scripts, $colorScheme, $width px', (setting) => {
  const { javaScriptEnabled, colorScheme, width } = setting;
  const open = databaseOpener('sqlite');
  const complaints: string[] = [];
  let house: TestAccounts;
  let app: App;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let address: string;
  let codes = 0;

  beforeAll(async () => {
    const port = await findFreePort();
    const publicUrl = `http://localhost:${port}/`;
    address = `${publicUrl}dev/outbox`;
    house = await createTestAccounts(await open());
    const words = { publicUrl, sender: async () => ({ friendlyName: 'Acme' }) };
    const render = createEmailRenderer(words);
    const logger = pino({ level: 'silent' });
    app = createApp({ publicUrl, trustedProxies: [], isDevelopment: true, logger });
    registerOutbox(app, {
      database: house.database,
      vault: house.vault,
      render,
      wordCode: createCodeWording({ ...words, renderEmail: render }),
      wordPush: createPushWording(words),
      drain: () => house.dispatcher.drain(),
    });
    await app.listen({ port, host: 'localhost' });
    browser = await launchChromium();
    context = await browser.newContext({
      javaScriptEnabled,
      colorScheme,
      viewport: { width, height: 860 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    page = await context.newPage();
    page.on('console', (message) => {
      if (/Content Security Policy|Uncaught/.test(message.text())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
  });

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  const send = async (change: Partial<CodeMessage>) => {
    house.clock.advance(1);
    codes += 1;
    const code = String(100_000 + codes);
    await house.database.transaction((trx) =>
      enqueueCode(trx, house.vault, () => house.clock.now, {
        channel: 'sms',
        to: '+4930123456',
        userId: 'auth0|1',
        purpose: 'verification',
        code,
        clientName: 'Shop',
        requestInfo: { ip: '192.0.2.7', userAgent: '' },
        challengeId: `chl_${codes}`,
        expiresAt: house.clock.now + 300_000,
        ...change,
      }),
    );
    return code;
  };
  /** New messages come by themselves, or by a reload where no script runs. */
  const look = async () => {
    if (!javaScriptEnabled) await page.getByRole('link', { name: 'Refresh' }).click();
  };
  const expectSound = async () => {
    if (javaScriptEnabled) expect(await accessibilityFaultsOf(page)).toEqual([]);
    expect(await overflowOf(page)).toBe(0);
    expect(await smallTargetsOf(page)).toEqual([]);
  };

  it('begins empty and gets messages as they are sent, newest first', async () => {
    await page.goto(address);
    await page.getByText('No messages yet').waitFor();
    await expectSound();
    const code = await send({});
    await look();
    await page.locator('.bubble', { hasText: code }).waitFor();
    expect(await page.getByText('No messages yet').isVisible()).toBe(false);
    await send({ channel: 'voice', locale: 'de' });
    await look();
    await page.getByText('Guten Tag. Hier ist Acme').waitFor();
    await send({ channel: 'email', to: 'ann@example.com', locale: 'ja' });
    await look();
    await page.getByRole('link', { name: 'Acme の認証コード' }).waitFor();
    const titles = await page.locator('.item h2').allTextContents();
    expect(titles).toEqual(['Acme の認証コード', 'Call', 'Text message']);
    await expectSound();
  });

  it('shows a request to a device as its locked screen does', async () => {
    house.clock.advance(1);
    await house.database.transaction((trx) =>
      enqueuePush(trx, house.vault, () => house.clock.now, {
        ...samplePushRequest({ channel: 'apns', target: 'ab'.repeat(32) }),
        expiresAt: house.clock.now + 120_000,
      }),
    );
    await look();
    const notification = page.locator('.notification', { hasText: 'Are you logging in?' });
    await notification.waitFor();
    await expectSound();
    await page.getByRole('link', { name: 'Push to Apple device' }).click();
    await page.getByText('Example Shop').waitFor();
    await expectSound();
    await page.goto(address);
    await house.database.db.deleteFrom('messages').where('channel', '=', 'apns').execute();
    await page.goto(address);
  });

  it.runIf(javaScriptEnabled)('leaves alone what is open when another one comes', async () => {
    await page.getByText('Show the e-mail').click();
    const frame = page.frameLocator('iframe');
    await frame.getByText('認証コード').first().waitFor();
    await expectSound();
    await frame.locator('body').evaluate((body) => body.setAttribute('data-touched', 'no'));
    const code = await send({ to: '+351210000000', locale: 'pt' });
    await page.locator('.bubble', { hasText: code }).waitFor();
    await page.getByText('A new message.').waitFor({ state: 'attached' });
    expect(await page.locator('details').getAttribute('open')).not.toBeNull();
    expect(await frame.locator('body').getAttribute('data-touched')).toBe('no');
    expect(await page.locator('.item').count()).toBe(4);
  });

  it.runIf(javaScriptEnabled)('copies a code', async () => {
    const item = page.locator('.item').first();
    const code = await item.locator('.sent-code').textContent();
    await item.getByRole('button', { name: 'Copy code' }).click();
    await item.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code);
  });

  it.runIf(javaScriptEnabled)('speaks a call in its language, phrase by phrase, and stops', async () => {
    await page.evaluate(() => {
      const said: string[] = [];
      Object.assign(window, { said });
      speechSynthesis.speak = (utterance) => {
        said.push(`${utterance.lang}: ${utterance.text}`);
        utterance.dispatchEvent(new Event('end'));
      };
    });
    await page.getByRole('button', { name: 'Speak' }).click();
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said);
    await expect.poll(async () => (await said()).length, { timeout: 15_000 }).toBeGreaterThanOrEqual(3);
    expect((await said())[0]).toBe('de: Guten Tag. Hier ist Acme mit Ihrem Code.');
    expect((await said())[2]).toBe('de: 1 0 0 0 0 2.');
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Speak' }).waitFor();
  });

  it('narrows to one recipient, and stays so when another one is written to', async () => {
    await page.selectOption('#to', 'ann@example.com');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    // The list before it had the same link.
    await page.waitForURL('**/dev/outbox?to=*');
    await page.getByRole('link', { name: 'Acme の認証コード' }).waitFor();
    expect(await page.locator('.item').count()).toBe(1);
    const code = await send({});
    const own = await send({ channel: 'email', to: 'ann@example.com' });
    await look();
    await page.getByRole('link', { name: 'Your Acme code' }).waitFor();
    expect(await page.locator('.item').count()).toBe(2);
    expect(await page.getByText(code).count()).toBe(0);
    expect(await page.locator('.sent-code').first().textContent()).toBe(own);
    await expectSound();
  });

  it('shows a message by itself', async () => {
    await page.getByRole('link', { name: 'Your Acme code' }).click();
    await page.getByRole('heading', { level: 1, name: 'Your Acme code' }).waitFor();
    await page.frameLocator('iframe').getByText('Enter this code').last().waitFor();
    expect(await page.locator('.plain').textContent()).toContain('Application: Shop');
    await expectSound();
  });

  it('S-86 runs nothing of a message, and nothing is refused that the pages need', () => {
    expect(complaints).toEqual([]);
  });
});
