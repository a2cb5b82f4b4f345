import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { consoleStarter, operator, type TestConsole } from '../../test/support/operatorConsole.ts';

const welcome = 'Welcome to the operator console';
const { password } = operator;

forEachDatabase((_engine, open) => {
  describe('an operator’s one-time link', () => {
    const start = consoleStarter(open);
    let house: TestConsole;
    let email: string;
    let count = 0;

    beforeAll(async () => {
      house = await start();
    });
    beforeEach(() => {
      count += 1;
      email = `operator-${count}@example.com`;
    });

    async function openLink() {
      const browser = house.browser();
      const link = await house.invite(email);
      await browser.get(link);
      return { browser, link };
    }

    it('shows whose account it is and asks for a password, twice', async () => {
      const { browser } = await openLink();
      expect(browser.page).toMatchObject({ status: 200, heading: welcome });
      expect(browser.page?.body).toContain(email);
    });

    it('sends the operator on to sign in, and signs nobody in (S-107)', async () => {
      const { browser } = await openLink();
      const answer = await browser.submit({ password, repeated: password });
      expect(answer).toMatchObject({ status: 200, heading: 'Your password is set' });
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect((await browser.get('/operator')).location).toMatch(/^\/u\/login\?state=op-/);
    });

    it('S-67 is used up by the password only, and works once', async () => {
      const { browser, link } = await openLink();
      await browser.get(link);
      expect((await browser.submit({ password, repeated: 'other' })).status).toBe(400);
      expect(browser.page?.body).toContain('The two passwords are not the same.');
      expect((await browser.submit({ password: 'password', repeated: 'password' })).body).toContain(
        'among the first that a guesser tries',
      );
      expect((await browser.submit({})).body).toContain('Choose a password.');
      expect((await browser.submit({ password, repeated: password })).status).toBe(200);
      const again = await house.browser().get(link);
      expect(again).toMatchObject({ status: 400, heading: 'This link no longer works' });
      expect(again.body).toContain('countersign operator invite');
    });

    it('S-67 a form kept open is refused once the link was used', async () => {
      const { browser, link } = await openLink();
      const second = house.browser();
      await second.get(link);
      await browser.submit({ password, repeated: password });
      expect(
        await second.submit({ password: 'another green apple', repeated: 'another green apple' }),
      ).toMatchObject({
        status: 400,
        heading: 'This link no longer works',
      });
    });

    it.each(['', '?ticket=', '?ticket=made-up', '?ticket=%3Cscript%3E'])('refuses %j', async (query) => {
      const answer = await house.browser().get(`/operator/welcome${query}`);
      expect(answer).toMatchObject({ status: 400, heading: 'This link no longer works' });
      expect(answer.body).not.toContain('<script>');
    });

    it('S-87 takes no form from elsewhere, and the link still works', async () => {
      const { browser, link } = await openLink();
      const ticket = new URLSearchParams(link.split('?')[1]).get('ticket') ?? '';
      const fields = { ticket, password, repeated: password };
      expect((await browser.post('/operator/welcome', fields)).status).toBe(403);
      expect((await browser.post('/operator/welcome', { ...fields, csrf: 'x' })).status).toBe(403);
      for (const [name, value] of [
        ['origin', 'https://evil.example'],
        ['sec-fetch-site', 'cross-site'],
      ] as const) {
        browser.headers = { 'user-agent': 'test', [name]: value };
        await browser.get(link);
        expect((await browser.submit({ password, repeated: password })).status).toBe(403);
        browser.headers = { 'user-agent': 'test' };
      }
      await browser.get(link);
      expect((await browser.submit({ password, repeated: password })).status).toBe(200);
    });

    it('S-86 is stored nowhere, framed nowhere and tells nobody where it was', async () => {
      const { browser } = await openLink();
      expect(browser.page?.headers).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      });
      expect(String(browser.page?.headers['content-security-policy'])).not.toMatch(/unsafe|\*|https:/);
    });
  });
});
