import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import type { Browser, BrowserContextOptions, CDPSession, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/createApp.ts';
import { registerAuthenticator } from '../../web/authenticator/server.ts';
import { accessibilityFaultsOf, overflowOf } from '../support/accessibility.ts';
import {
  type AuthenticatorApp,
  authenticatorScene,
  openAuthenticator,
} from '../support/authenticatorScene.ts';
import { launchWholeChromium } from '../support/chromium.ts';
import { serverStarter, type TestServer } from '../support/server.ts';

const start = serverStarter();
const codesLink = 'otpauth://totp/Codeberg:mila?secret=JBSWY3DPEHPK3PXP&issuer=Codeberg';
let browser: Browser;
let server: TestServer;
let app: AuthenticatorApp;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchWholeChromium(), start()]);
  await server.cli('policy', 'set', 'always');
});

afterAll(() => browser?.close());

afterEach(async () => {
  expect(app.complaints).toEqual([]);
  await app.close();
});

async function openApp(options: BrowserContextOptions = {}): Promise<Page> {
  app = await openAuthenticator(browser, server, options);
  await app.open();
  return app.page;
}

const isControlled = (page: Page) => page.waitForFunction(() => navigator.serviceWorker.controller !== null);

interface Manifest {
  name: string;
  short_name: string;
  description: string;
  id: string;
  start_url: string;
  scope: string;
  display: string;
  theme_color: string;
  background_color: string;
  icons: { src: string; sizes: string; type: string; purpose: string }[];
}

describe('the app can be installed', () => {
  it('by all that a browser asks for', async () => {
    const page = await openApp();
    await isControlled(page);
    const cdp = await page.context().newCDPSession(page);
    const { errors } = await cdp.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors');
    // Every context of the tests is a private one.
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
  });

  it('with a manifest that says what it is, and icons that are what they say', async () => {
    const page = await openApp();
    const address = await page.locator('link[rel="manifest"]').getAttribute('href');
    const manifest = await page.evaluate(
      async (path) => (await fetch(path)).json() as Promise<Manifest>,
      String(address),
    );
    expect(manifest).toMatchObject({
      ...{ id: '/authenticator/', start_url: '/authenticator/', scope: '/authenticator/' },
      ...{ name: 'Countersign Authenticator', short_name: 'Authenticator', display: 'standalone' },
      ...{
        theme_color: expect.stringMatching(/^#\w{6}$/),
        background_color: expect.stringMatching(/^#\w{6}$/),
      },
    });
    expect(manifest.short_name.length).toBeLessThanOrEqual(13);
    const kinds = manifest.icons.map(({ sizes, purpose }) => `${sizes} ${purpose}`);
    expect(kinds).toEqual(expect.arrayContaining(['192x192 any', '512x512 any', '512x512 maskable']));
    for (const { src, sizes, type } of manifest.icons) {
      const icon = await page.evaluate(async (path) => {
        const answer = await fetch(path);
        const image = new Image();
        image.src = path;
        await image.decode();
        return {
          type: answer.headers.get('content-type'),
          sizes: `${image.naturalWidth}x${image.naturalHeight}`,
        };
      }, src);
      expect(icon.type).toBe(type);
      if (sizes !== 'any') expect(icon.sizes).toBe(sizes);
    }
  });

  it('with a page made for phones, in the colour of the app', async () => {
    const page = await openApp();
    expect(await page.locator('meta[name="viewport"]').getAttribute('content')).toContain(
      'width=device-width',
    );
    for (const scheme of ['light', 'dark']) {
      const colour = page.locator(`meta[name="theme-color"][media*="${scheme}"]`);
      expect(await colour.getAttribute('content')).toMatch(/^#\w{6}$/);
    }
    expect(await page.locator('link[rel="apple-touch-icon"]').count()).toBe(1);
  });

  it('and then starts without a network, every screen and language of it', async () => {
    const page = await openApp();
    await isControlled(page);
    await app.add(codesLink);
    await page.context().setOffline(true);
    const failed: string[] = [];
    page.on('requestfailed', (request) => failed.push(request.url()));
    await app.open('#settings');
    await page.reload();
    await page.selectOption('#language', 'ja');
    await page.locator('h1', { hasText: '設定' }).waitFor();
    await app.open('#scan');
    await page.locator('.field-error:not(:empty)').waitFor();
    await app.open();
    await page.locator('.code-digits', { hasText: /\d{3} \d{3}/ }).waitFor();
    expect(failed).toEqual([]);
  });

  it('by a button of its own, which asks by the browser’s question', async () => {
    const page = await openApp();
    await page.evaluate(() => {
      const offer = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), {
        prompt: async () => void document.body.classList.add('was-asked'),
      });
      dispatchEvent(offer);
      if (!offer.defaultPrevented) throw new Error('The browser would ask by itself.');
    });
    expect(await accessibilityFaultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Install' }).click();
    await page.locator('body.was-asked').waitFor();
    await app.open('#settings');
    expect(await page.getByRole('button', { name: 'Install' }).isVisible()).toBe(false);
  });

  it('and offers a new version when there is one, which takes over at the person’s word', async () => {
    const serving = await serveUpgradable();
    try {
      app = await openAuthenticator(browser, serving);
      const { page } = app;
      await app.add(codesLink);
      await app.done();
      await isControlled(page);
      expect(await page.getByRole('button', { name: 'Use it now' }).isVisible()).toBe(false);
      serving.upgrade();
      await page.evaluate(async () => {
        const registration = await navigator.serviceWorker.getRegistration('/authenticator/');
        await registration?.update();
      });
      await page.getByRole('button', { name: 'Use it now' }).click();
      await expect
        .poll(() => page.evaluate(async () => (await caches.keys()).join()), { timeout: 10_000 })
        .toBe('authenticator-next');
      await page.locator('.code-digits', { hasText: /\d{3} \d{3}/ }).waitFor();
    } finally {
      await serving.close();
    }
  });
});

describe('a push', () => {
  /** Workers for pushes, by their registrations. */
  async function pushRegistration(cdp: CDPSession): Promise<string> {
    const found = new Promise<string>((resolve) => {
      cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const own = registrations.find(({ scopeURL }) => scopeURL.includes('/authenticator/push/'));
        if (own) resolve(own.registrationId);
      });
    });
    await cdp.send('ServiceWorker.enable');
    return found;
  }

  const notifications = (page: Page) =>
    page.evaluate(async () => {
      const registrations = await navigator.serviceWorker.getRegistrations();
      const shown = await Promise.all(registrations.map((registration) => registration.getNotifications()));
      return shown.flat().map(({ title, body }) => ({ title, body }));
    });

  it('S-52 wakes the app, which fetches what it may show; a click opens it', async () => {
    const scene = await authenticatorScene(browser, server);
    const page = await openApp({ permissions: ['notifications'] });
    await scene.signIn();
    const enrolled = page.waitForResponse('**/api/enroll');
    await app.add(await scene.linkToEnrol());
    const { id } = (await (await enrolled).json()) as { id: string };
    await scene.keepRecoveryCode();
    const cdp = await page.context().newCDPSession(page);
    const registrationId = await pushRegistration(cdp);
    // The app isn't open, as far as it can tell.
    await page.goto(`${server.baseUrl}/authenticator/icons/icon.svg`);
    await scene.signIn();
    await scene.number();
    const data = JSON.stringify({ dai: id, exp: Math.floor(Date.now() / 1000) + 120 });
    await cdp.send('ServiceWorker.deliverPushMessage', { origin: server.baseUrl, registrationId, data });
    const worker = () =>
      page
        .context()
        .serviceWorkers()
        .find((one) => one.url().endsWith('/pushWorker.js'));
    await expect.poll(() => worker() !== undefined).toBe(true);
    const shown = () =>
      worker()?.evaluate(async () => {
        const { registration } = globalThis as unknown as { registration: ServiceWorkerRegistration };
        return (await registration.getNotifications()).map(({ title, body }) => ({ title, body }));
      });
    await expect.poll(shown, { timeout: 10_000 }).toEqual([
      {
        title: 'Are you signing in to Harbour Bank (demo)?',
        body: `${scene.email} · 127.0.0.1\nOpen this to answer.`,
      },
    ]);
    const opened = await worker()?.evaluate(async () => {
      const scope = globalThis as unknown as {
        registration: ServiceWorkerRegistration;
        clients: { openWindow(path: string): Promise<null> };
        NotificationEvent: new (type: string, init: { notification: Notification | undefined }) => Event;
      };
      const [notification] = await scope.registration.getNotifications();
      // Only a person's own click may open a window.
      return new Promise<string>((resolve) => {
        scope.clients.openWindow = async (path) => {
          resolve(path);
          return null;
        };
        dispatchEvent(new scope.NotificationEvent('notificationclick', { notification }));
      });
    });
    expect(opened).toBe('/authenticator/');
    expect(await shown()).toEqual([]);

    await cdp.send('ServiceWorker.deliverPushMessage', { origin: server.baseUrl, registrationId, data });
    await expect.poll(async () => (await shown())?.length).toBe(1);
    await app.open();
    await page.getByRole('heading', { name: 'Are you signing in?' }).waitFor();
    await expect.poll(() => notifications(page)).toEqual([]);
    await scene.close();
  });

  it('is told of where the browser has no push service, and the app goes on without', async () => {
    const scene = await authenticatorScene(browser, server);
    const page = await openApp({ permissions: ['notifications'] });
    await scene.signIn();
    await app.add(await scene.linkToEnrol());
    await page.locator('.offer', { hasText: 'Notifications could not be set up' }).waitFor();
    await scene.keepRecoveryCode();
    await scene.close();
  });

  it('is asked for by a button, and its address goes to the server', async () => {
    const scene = await authenticatorScene(browser, server);
    app = await openAuthenticator(browser, server);
    const { page } = app;
    await page.addInitScript(pretendPushService);
    await app.open();
    await scene.signIn();
    await app.add(await scene.linkToEnrol());
    await scene.keepRecoveryCode();
    await page.context().grantPermissions(['notifications']);
    const told = page.waitForRequest((request) => request.method() === 'PATCH');
    await page.getByRole('button', { name: 'Switch on notifications' }).click();
    const { push_credentials: push } = (await told).postDataJSON();
    expect(push.service).toBe('WEBPUSH');
    expect(JSON.parse(push.token)).toEqual({
      endpoint: 'https://push.example.net/send/1',
      keys: { p256dh: expect.stringMatching(/^[\w-]{87}$/), auth: expect.stringMatching(/^[\w-]{22}$/) },
    });
    await page.locator('.offer').waitFor({ state: 'detached' });
    await app.open('#settings');
    await page.locator('#slip').getByText('Notifications are on').waitFor();
    await scene.signIn();
    await scene.number();
    expect(await scene.login.getByText('Notifications don’t reach').isVisible()).toBe(false);

    await page.route(/device-accounts\/[^/]+$/, async (route) => {
      if (route.request().method() !== 'GET') return route.continue();
      const answer = await route.fetch();
      return route.fulfill({
        response: answer,
        json: { ...(await answer.json()), unreachable: 'endpoint_gone' },
      });
    });
    const again = page.waitForRequest((request) => request.method() === 'PATCH');
    await page.reload();
    expect((await again).postDataJSON().push_credentials.service).toBe('WEBPUSH');
    await scene.close();
  });
});

describe('the languages', () => {
  it.each([
    ['de-AT', 'Niemand meldet sich ohne Sie an'],
    ['es', 'Nadie inicia sesión sin ti'],
    ['fr-CA', 'Personne ne se connecte sans vous'],
    ['pt-BR', 'Ninguém entra sem você'],
    ['ja', '確認なしのサインインを防ぎます'],
  ])('%s is that of the browser, and fits a window of 320 px', async (locale, title) => {
    const page = await openApp({ locale, viewport: { width: 320, height: 640 } });
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe(locale.slice(0, 2));
    await app.add(codesLink);
    for (const address of ['#', '#add', '#link', '#settings']) {
      await app.open(address);
      expect(await overflowOf(page), address).toBe(0);
      expect(await accessibilityFaultsOf(page), address).toEqual([]);
    }
  });

  it('can be switched, for good', async () => {
    const page = await openApp({ locale: 'xx' });
    await app.open('#settings');
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    await page.selectOption('#language', 'fr');
    await page.getByRole('heading', { level: 1, name: 'Réglages' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('language');
    await app.open();
    await page.getByRole('heading', { level: 1, name: 'Personne ne se connecte sans vous' }).waitFor();
  });
});

it('says so where the browser lets it keep nothing', async () => {
  app = await openAuthenticator(browser, server);
  await app.page.addInitScript(() => {
    indexedDB.open = () => {
      throw new DOMException('Denied', 'SecurityError');
    };
  });
  await app.open();
  await app.page.getByRole('heading', { level: 1, name: 'This app can’t work here' }).waitFor();
  await app.page.getByText('Open it in an ordinary one.').waitFor();
});

describe('a QR code', () => {
  it('is read by the camera', async () => {
    app = await openAuthenticator(browser, server);
    const { page } = app;
    const { default: encodeQR } = await import('qr');
    const modules = encodeQR(codesLink, 'raw', { border: 4 });
    await page.addInitScript(pretendCamera, modules);
    await app.open('#scan');
    await page.getByRole('heading', { name: 'Add this account?' }).waitFor();
    expect(await page.textContent('.facts')).toContain('Codeberg');
    await page.getByRole('button', { name: 'Add account' }).click();
    await page.getByRole('heading', { name: 'Your codes are ready' }).waitFor();
  });

  it('is read from a picture where there is no camera, and one for something else is said to be so', async () => {
    const page = await openApp();
    await app.open('#scan');
    await page.getByText('No camera was found.').waitFor();
    const { default: encodeQR } = await import('qr');
    const picture = (text: string) => ({
      name: 'code.gif',
      mimeType: 'image/gif',
      buffer: Buffer.from(encodeQR(text, 'gif', { scale: 6 })),
    });
    await page.setInputFiles('input[type="file"]', picture('https://example.com/'));
    await page.getByText('That QR code is not for an authenticator.').waitFor();
    await page.setInputFiles('input[type="file"]', picture(codesLink));
    await page.getByRole('heading', { name: 'Add this account?' }).waitFor();
  });
});

/** Serves the app alone, until `upgrade` in another version. */
async function serveUpgradable() {
  const logger = pino({ level: 'silent' });
  const serving = createApp({
    publicUrl: 'http://localhost/',
    trustedProxies: [],
    isDevelopment: true,
    logger,
  });
  let isNext = false;
  serving.addHook('onSend', async ({ url }, _reply, payload) => {
    if (!isNext || url !== '/authenticator/shellWorker.js') return payload;
    return String(payload).replace(/"version":"[\w-]+"/, '"version":"next"');
  });
  await registerAuthenticator(serving, { isDevelopment: true });
  await serving.listen({ port: 0 });
  const { port } = serving.server.address() as AddressInfo;
  return {
    baseUrl: `http://localhost:${port}`,
    upgrade() {
      isNext = true;
    },
    close: () => serving.close(),
  };
}

/** Runs in the page: a push service that gives out an address, as headless browsers have none. */
function pretendPushService(): void {
  const bytes = (length: number, first: number) => {
    const made = new Uint8Array(length).fill(7);
    made[0] = first;
    return btoa(String.fromCharCode(...made))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '');
  };
  const endpoint = 'https://push.example.net/send/1';
  const known = new WeakMap<PushManager, object>();
  PushManager.prototype.getSubscription = async function (this: PushManager) {
    return (known.get(this) ?? null) as PushSubscription | null;
  };
  PushManager.prototype.subscribe = async function (this: PushManager) {
    const keys = { p256dh: point, auth: bytes(16, 1) };
    const made = { endpoint, options: { applicationServerKey: null }, toJSON: () => ({ endpoint, keys }) };
    known.set(this, { ...made, unsubscribe: async () => true });
    return made as unknown as PushSubscription;
  };
  // The generator of P-256, which is a point of the curve.
  const point = 'BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU';
}

/** Runs in the page: a camera before which somebody holds a QR code. */
function pretendCamera(modules: boolean[][]): void {
  const canvas = document.createElement('canvas');
  const scale = 8;
  canvas.width = 640;
  canvas.height = 480;
  const context = canvas.getContext('2d');
  const draw = () => {
    if (!context) return;
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = '#000';
    modules.forEach((row, y) => {
      row.forEach((isDark, x) => {
        if (isDark) context.fillRect(120 + x * scale, 60 + y * scale, scale, scale);
      });
    });
    requestAnimationFrame(draw);
  };
  draw();
  navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(10);
}
