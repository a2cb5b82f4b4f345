import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connection, context, createTestAccounts, type TestAccounts } from '../../test/support/accounts.ts';
import { databaseOpener } from '../../test/support/databases.ts';
import { createEmailRenderer } from '../delivery/templates/renderEmail.ts';
import { type App, createApp } from '../http/createApp.ts';
import { registerOutbox } from './registerOutbox.ts';

const publicUrl = 'http://localhost:3000/';
const hostile = '<script>alert(1)</script> & co';

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
      render: createEmailRenderer({
        publicUrl: 'https://login.example.com/',
        sender: async () => ({ friendlyName: hostile }),
      }),
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
      expect(headers['content-security-policy']).not.toContain('script-src');
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['referrer-policy']).toBe('no-referrer');
    }
    const { headers } = await get(`/dev/outbox/${id}/html`);
    expect(headers['content-security-policy']).toContain('sandbox allow-popups');
    expect(headers['x-frame-options']).toBe('SAMEORIGIN');
  });

  it.each(['/dev/outbox/none', '/dev/outbox/none/html', '/dev/outbox/%00'])(
    'has no message %s',
    async (url) => {
      expect((await get(url)).statusCode).toBeGreaterThanOrEqual(400);
    },
  );

  it('brings its own styles', async () => {
    const { headers, body } = await get('/dev/outbox/outbox.css');
    expect(headers['content-type']).toContain('text/css');
    expect(body).toContain('color-scheme');
  });
});
