import { beforeAll, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import type { FormBrowser } from '../../test/support/formBrowser.ts';
import { consoleStarter, type TestConsole } from '../../test/support/operatorConsole.ts';
import { listTemplates } from '../delivery/templates/storedTemplates.ts';

const sms = '/operator/messages/sms/verification';
const reset = '/operator/messages/email/reset_email';

forEachDatabase((_engine, open) => {
  describe('the words of messages in the console', () => {
    const start = consoleStarter(open);
    let house: TestConsole;
    let browser: FormBrowser;

    beforeAll(async () => {
      house = await start();
      await house.addOperator();
      ({ browser } = await house.signIn());
    });

    const stored = () => listTemplates(house.house.database.db);
    const preview = async (path: string, fields: Record<string, string>) => {
      const csrf = /name="csrf" value="([^"]+)"/.exec((await browser.get(path)).body)?.[1] ?? '';
      return browser.post(`${path}/preview`, { csrf, ...fields });
    };

    it('begin as ours, in the language of the page', async () => {
      expect((await browser.get('/operator/messages')).body).toContain(`href="${sms}/all"`);
      const { body } = await browser.get(`${sms}/de`);
      expect(body).toContain('Ihr Code für {{ friendly_name }}');
      expect(body).toContain('our words');
      expect(body).not.toContain('/remove"');
      expect((await browser.get(`${reset}/all`)).body).toContain('&lt;!doctype html&gt;');
    });

    it('are saved, named in the list and the log, and removed after a question', async () => {
      await browser.get(`${sms}/de`);
      const saved = await browser.submit({ text: 'Hallo\r\n{{ code }}' }, 'words');
      expect(saved.location).toBe(`${sms}/de?done=saved`);
      expect((await browser.follow(saved)).body).toContain('Saved. These words are sent');
      expect(await stored()).toMatchObject([{ language: 'de', parts: { text: 'Hallo\n{{ code }}' } }]);
      expect((await browser.get('/operator/messages')).body).toContain('German');
      await browser.get(`${sms}/de/remove`);
      expect(browser.page?.heading).toBe('Go back to our words?');
      expect(await stored()).toHaveLength(1);
      const removed = await browser.follow(await browser.submit({}, 'question'));
      expect(removed.body).toContain('Your words were removed');
      expect(await stored()).toEqual([]);
      const acts = (await house.events()).filter(({ type }) => type === 'sapi').slice(-2);
      expect(acts.map(({ description }) => description)).toEqual([
        'Set a message template',
        'Remove a message template',
      ]);
      expect(acts[0]?.details).toMatchObject({ channel: 'sms', template: 'verification', language: 'de' });
      expect(acts[0]?.details.actor).toContain('operator console');
    });

    it('that are wrong stay in the form, with line, column and problem', async () => {
      await browser.get(`${sms}/all`);
      const { status, body } = await browser.submit({ text: '{{ code }}\n{{ user.name }}' }, 'words');
      expect(status).toBe(400);
      expect(body).toContain('text, line 2, column 4: unknown variable &quot;user.name&quot;');
      expect(body).toContain('{{ code }}\n{{ user.name }}</textarea>');
      expect(await stored()).toEqual([]);
    });

    it('of a long e-mail get through, and its plain text may be left out', async () => {
      await browser.get(`${reset}/all`);
      const html = `<p>{{ url }}</p><!-- ${'%'.repeat(90_000)} -->`;
      expect((await browser.submit({ subject: 'Hi', html, text: ' ' }, 'words')).status).toBe(303);
      expect((await stored())[0]?.parts).toEqual({ subject: 'Hi', html });
      await browser.get(`${reset}/all/remove`);
      await browser.submit({}, 'question');
    });

    it('of an e-mail may name a sender, which is checked, shown and previewed', async () => {
      const words = { subject: 'Hi', html: '<p>{{ url }}</p>', text: '' };
      await browser.get(`${reset}/all`);
      const wrong = await browser.submit({ ...words, from: 'Acme' }, 'words');
      expect(wrong.status).toBe(400);
      expect(wrong.body).toContain('from: expected an address, or a name and an address');
      await browser.submit({ ...words, from: 'Acme <a@acme.example>' }, 'words');
      expect((await stored())[0]?.parts).toMatchObject({ from: 'Acme <a@acme.example>' });
      expect((await browser.get(`${reset}/all`)).body).toContain('Acme &lt;a@acme.example&gt;</textarea>');
      const shown = await preview(`${reset}/all`, { ...words, from: 'Acme <a@acme.example>' });
      expect(shown.body).toContain('<small>Sender</small> Acme &lt;a@acme.example&gt;');
      await browser.get(`${reset}/all`);
      await browser.submit({ ...words, from: ' ' }, 'words');
      expect((await stored())[0]?.parts).not.toHaveProperty('from');
      await browser.get(`${reset}/all/remove`);
      await browser.submit({}, 'question');
    });

    it('S-86 a preview runs nothing and is shown in a frame of ours only', async () => {
      const hostile = '<script>alert(1)</script><img src=x onerror=alert(1)>{{ url }}';
      const { headers, body } = await preview(`${reset}/all`, { subject: '<b>Hi', html: hostile });
      expect(body).toContain('srcdoc="&lt;script&gt;');
      expect(body).not.toContain('<script>');
      expect(body).toContain('<b>&lt;b&gt;Hi</b>');
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toMatch(/; sandbox$/);
      expect(policy).toContain("frame-ancestors 'self'");
      expect(headers['x-frame-options']).toBe('SAMEORIGIN');
      const editor = await browser.get(`${reset}/all`);
      expect(editor.headers['content-security-policy']).toContain("frame-src 'self'");
      expect(editor.headers['content-security-policy']).not.toContain('unsafe-inline');
    });

    it('have a preview that stores nothing, or says what is wrong', async () => {
      const text = await preview(`${sms}/all`, { text: '{{ code }} {{ application.name }}' });
      expect(text.body).toContain('123456 Example Shop');
      expect(text.body).toContain('1 part');
      const call = await preview('/operator/messages/voice/enrolment/pt', { text: 'Olá {{ code }}' });
      expect(call.body).toContain('<li>Olá 1 2 3 4 5 6 <small>2 s pause</small></li>');
      const wrong = await preview(`${sms}/all`, { text: '{{ code' });
      expect(wrong.body).toContain('text, line 1, column 1');
      expect(await stored()).toEqual([]);
    });

    it.each([
      'sms/reset_email/all',
      'sms/verification/*',
      'sms/verification/de-DE',
      'sms/verification/all/remove',
    ])('there is nothing at %s', async (path) => {
      expect((await browser.get(`/operator/messages/${path}`)).status).toBe(404);
    });
  });
});
