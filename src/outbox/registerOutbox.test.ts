import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connection, context, createTestAccounts, type TestAccounts } from '../../test/support/accounts.ts';
import { databaseOpener } from '../../test/support/databases.ts';
import { type CodeMessage, enqueueCode } from '../delivery/codeMessages.ts';
import { enqueuePush, type PushRequest } from '../delivery/push/pushMessages.ts';
import { createEmailRenderer } from '../delivery/templates/renderEmail.ts';
import { samplePushRequest } from '../delivery/templates/sampleMessages.ts';
import { createCodeWording } from '../delivery/templates/wordCode.ts';
import { createPushWording } from '../delivery/templates/wordPush.ts';
import { type App, createApp } from '../http/createApp.ts';
import { registerOutbox } from './registerOutbox.ts';

const publicUrl = 'http://localhost:3000/';
const hostile = '<script>alert(1)</script> & co';

function wordsOf(url: string, friendlyName: string) {
  const words = { publicUrl: url, sender: async () => ({ friendlyName }) };
  const render = createEmailRenderer(words);
  return {
    render,
    wordCode: createCodeWording({ ...words, renderEmail: render }),
    wordPush: createPushWording(words),
  };
}

describe('the outbox of --dev', () => {
  const open = databaseOpener('sqlite');
  let house: TestAccounts;
  let app: App;
  const get = (url: string) => app.inject({ url, headers: { host: 'localhost:3000' } });

  beforeEach(async () => {
    house = await createTestAccounts(await open());
    app = createApp({
      publicUrl,
      trustedProxies: [],
      isDevelopment: true,
      logger: pino({ level: 'silent' }),
    });
    registerOutbox(app, {
      database: house.database,
      vault: house.vault,
      ...wordsOf('https://login.example.com/', hostile),
      drain: () => house.dispatcher.drain(),
    });
    await house.addUser('ann@example.com');
    await house.addUser('bob@example.com');
  });

  afterEach(() => app.close());

  const ask = (email: string) => house.accounts.requestPasswordReset({ connection, email, context });
  const firstId = async () => (await get('/dev/outbox.json')).json()[0].id as string;

  it('says so when there is nothing yet', async () => {
    const { statusCode, body } = await get('/dev/outbox');
    expect(statusCode).toBe(200);
    expect(body).toContain('No messages yet');
    expect((await get('/dev/outbox.json')).json()).toEqual([]);
  });

  it('has what was asked for a moment ago', async () => {
    await ask('ann@example.com');
    house.clock.advance(1);
    await ask('bob@example.com');
    const messages = (await get('/dev/outbox.json')).json();
    expect(messages.map(({ to }: { to: string }) => to)).toEqual(['bob@example.com', 'ann@example.com']);
    expect(Object.keys(messages[0]).sort()).toEqual(
      ['id', 'channel', 'to', 'subject', 'text', 'html', 'links', 'createdAt'].sort(),
    );
    expect(messages[0].links[0]).toMatch(
      /^https:\/\/login\.example\.com\/u\/reset-password\/change\?ticket=/,
    );
    expect((await get('/dev/outbox.json?to=ann%40example.com')).json()).toHaveLength(1);
  });

  it('shows a message that was written before the server moved to another address, with a link that works', async () => {
    // The accounts of this test know the address `https://login.example.com/`, this outbox another one.
    const moved = createApp({
      publicUrl,
      trustedProxies: [],
      isDevelopment: true,
      logger: pino({ level: 'silent' }),
    });
    const { database, vault, dispatcher } = house;
    registerOutbox(moved, {
      database,
      vault,
      ...wordsOf(publicUrl, 'Acme'),
      drain: () => dispatcher.drain(),
    });
    await ask('ann@example.com');
    const answer = await moved.inject({ url: '/dev/outbox.json', headers: { host: 'localhost:3000' } });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()[0].links[0]).toMatch(/^http:\/\/localhost:3000\/u\/reset-password\/change\?ticket=/);
    await moved.close();
  });

  it('lists messages and shows each in both forms', async () => {
    await ask('ann@example.com');
    const id = await firstId();
    expect((await get('/dev/outbox')).body).toContain(`href="/dev/outbox/${id}"`);
    const page = (await get(`/dev/outbox/${id}`)).body;
    expect(page).toContain('ann@example.com');
    expect(page).toMatch(/<a href="https:\/\/login\.example\.com\/u\/reset-password\/change\?ticket=/);
    expect(page).toContain(`src="/dev/outbox/${id}/html"`);
    expect((await get(`/dev/outbox/${id}/html`)).body).toContain('<base target="_blank">');
  });

  it('S-88 escapes what others wrote, and S-86 lets a message run nothing', async () => {
    await ask('ann@example.com');
    const id = await firstId();
    for (const url of ['/dev/outbox', `/dev/outbox/${id}`, `/dev/outbox/${id}/html`]) {
      const { body, headers } = await get(url);
      expect(body).not.toContain('<script>');
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).toMatch(
        url.endsWith('/html') ? /^(?!.*script-src)/ : /script-src 'self';/,
      );
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['referrer-policy']).toBe('no-referrer');
    }
    const { headers } = await get(`/dev/outbox/${id}/html`);
    expect(headers['content-security-policy']).toContain('sandbox allow-popups');
    expect(headers['x-frame-options']).toBe('SAMEORIGIN');
  });

  describe('with codes', () => {
    const send = async (change: Partial<CodeMessage>) => {
      house.clock.advance(1);
      await house.database.transaction((trx) =>
        enqueueCode(trx, house.vault, () => house.clock.now, {
          channel: 'sms',
          to: '+4930123456',
          userId: 'auth0|1',
          purpose: 'verification',
          code: '024681',
          clientName: 'Shop',
          requestInfo: { ip: '192.0.2.7', userAgent: '' },
          challengeId: `chl_${house.clock.now}`,
          expiresAt: house.clock.now + 300_000,
          ...change,
        }),
      );
    };

    it('has texts, calls and e-mails for tests, newest first, each with its code', async () => {
      await send({});
      await send({ channel: 'voice', locale: 'fr' });
      await send({ channel: 'email', to: 'ann@example.com' });
      await ask('bob@example.com');
      const messages = (await get('/dev/outbox.json')).json();
      const withCode = messages.filter(({ code }: { code?: string }) => code === '024681');
      expect(withCode.map(({ channel }: { channel: string }) => channel)).toEqual(['email', 'voice', 'sms']);
      expect(withCode[2]).toMatchObject({ to: '+4930123456', links: [] });
      expect(withCode[2].text).toContain('@login.example.com #024681');
      expect(withCode[1].language).toBe('fr');
      expect(withCode[1].text.split('\n')).toHaveLength(withCode[1].phrases.length);
      expect((await get('/dev/outbox.json?to=%2B4930123456')).json()).toHaveLength(2);
    });

    it('shows a text as a bubble, a call as its words, an e-mail in a frame, each code to copy', async () => {
      await send({});
      await send({ channel: 'voice' });
      await send({ channel: 'email', to: 'ann@example.com' });
      const { body } = await get('/dev/outbox');
      expect(body).toMatch(/<p class="bubble">024681 is your/);
      expect(body).toMatch(/1 part, \d+ characters of GSM-7/);
      expect(body).toContain('<span class="said">0 2 4 6 8 1.</span>');
      expect(body.match(/data-copy="024681"/g)).toHaveLength(3);
      expect(body.match(/<iframe /g)).toHaveLength(1);
      for (const { id, channel } of (await get('/dev/outbox.json')).json()) {
        const page = await get(`/dev/outbox/${id}`);
        expect(page.statusCode).toBe(200);
        expect(page.body).toContain('class="sent-code">024681<');
        expect((await get(`/dev/outbox/${id}/html`)).statusCode).toBe(channel === 'email' ? 200 : 404);
      }
    });

    it('narrows the list to one recipient', async () => {
      await send({});
      await send({ channel: 'email', to: 'ann@example.com' });
      const { body } = await get('/dev/outbox?to=ann%40example.com');
      expect(body).not.toContain('class="bubble"');
      expect(body).toContain('<option value="ann@example.com" selected>');
      expect(body).toContain('<option value="+4930123456">');
      expect((await get('/dev/outbox?to=nobody%3Cb%3E')).body).toContain('nobody&lt;b&gt;');
    });

    it('tells a script which messages there are, and gives each as an item', async () => {
      await send({});
      await send({ channel: 'voice' });
      const ids: string[] = (await get('/dev/outbox/ids.json')).json();
      expect(ids).toHaveLength(2);
      expect((await get('/dev/outbox/ids.json?to=nobody')).json()).toEqual([]);
      const item = await get(`/dev/outbox/${ids[1]}/item`);
      expect(item.body).toMatch(new RegExp(`^<li class="item" id="${ids[1]}" `));
      expect(item.headers['content-security-policy']).toContain("default-src 'none'");
      expect((await get('/dev/outbox/none/item')).statusCode).toBe(404);
    });
  });

  describe('with requests to devices', () => {
    const push = async (change: Partial<PushRequest> = {}) => {
      house.clock.advance(1);
      const ann = house.database.db.selectFrom('users').select('id').where('email', '=', 'ann@example.com');
      const { id } = await ann.executeTakeFirstOrThrow();
      await house.database.transaction((trx) =>
        enqueuePush(trx, house.vault, () => house.clock.now, {
          ...samplePushRequest({ channel: 'fcm', target: 'canary-registration-token' }),
          userId: id,
          requestToken: 'canary-request-token',
          challenge: 'canary-challenge',
          challengeId: `chl_${house.clock.now}`,
          expiresAt: house.clock.now + 120_000,
          ...change,
        }),
      );
    };

    it('shows each as a locked telephone does, for the person it is for', async () => {
      await push();
      await push({ userId: 'auth0|gone', locale: 'de' });
      const messages = (await get('/dev/outbox.json')).json();
      expect(messages).toMatchObject([
        { channel: 'fcm', to: 'dev_sample', text: expect.stringContaining('Melden Sie sich') },
        { channel: 'fcm', to: 'ann@example.com', application: 'Example Shop', links: [] },
      ]);
      const { body } = await get('/dev/outbox?to=ann%40example.com');
      expect(body).toContain('<p>Are you logging in? Open the app to answer.</p>');
      expect(body).not.toContain('Example Shop');
      const page = (await get(`/dev/outbox/${messages[1].id}`)).body;
      expect(page).toContain('As a locked telephone shows it');
      expect(page).toContain('Example Shop');
    });

    it('S-52 lets nobody answer one: neither bearer nor challenge is in it', async () => {
      await push();
      const [{ id }] = (await get('/dev/outbox.json')).json();
      for (const url of ['/dev/outbox', '/dev/outbox.json', `/dev/outbox/${id}`, `/dev/outbox/${id}/item`]) {
        expect((await get(url)).body).not.toContain('canary');
      }
    });
  });

  it.each(['/dev/outbox/none', '/dev/outbox/none/html', '/dev/outbox/%00'])(
    'has no message %s',
    async (url) => {
      expect((await get(url)).statusCode).toBeGreaterThanOrEqual(400);
    },
  );

  it('looks like the other pages, and leads to the demo and the console', async () => {
    const { body } = await get('/dev/outbox');
    const style = await get(/href="(\/dev\/outbox\/assets\/style\.[^"]+)"/.exec(body)?.[1] ?? '');
    expect(style.headers['content-type']).toContain('text/css');
    const font = /url\("(\/dev\/outbox\/assets\/sans-latin\.[^"]+)"\)/.exec(style.body)?.[1] ?? '';
    expect((await get(font)).headers['content-type']).toBe('font/woff2');
    for (const path of ['/demo', '/operator', '/docs']) expect(body).toContain(`href="${path}"`);
  });
});
