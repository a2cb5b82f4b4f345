import { beforeAll, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import type { FormBrowser } from '../../test/support/formBrowser.ts';
import { consoleStarter, type TestConsole } from '../../test/support/operatorConsole.ts';
import { readTenantSettings } from '../tenant/tenantSettings.ts';

forEachDatabase((_engine, open) => {
  describe('the forms of the console', () => {
    const start = consoleStarter(open);
    let house: TestConsole;
    let browser: FormBrowser;
    let user: string;

    beforeAll(async () => {
      house = await start();
      await house.addOperator();
      user = `/operator/users/${encodeURIComponent(await house.addPerson('ann@example.com'))}`;
      ({ browser } = await house.signIn());
    });

    const posts = (): [path: string, fields: Record<string, string>][] => [
      ['/operator/multi-factor/policy', { policy: 'always', counts: 'any' }],
      ['/operator/multi-factor/passkey-sign-in', { to: 'on' }],
      ['/operator/multi-factor/otp/settings', { window: '2' }],
      ['/operator/multi-factor/recovery-code', { to: 'off' }],
      [`${user}/block`, {}],
      [`${user}/send-password-reset`, {}],
      ['/operator/sign-out', {}],
    ];

    const state = async () => {
      const { db } = house.house.database;
      return JSON.stringify([
        await readTenantSettings(db),
        await db.selectFrom('users').select(['id', 'blocked']).orderBy('id').execute(),
        await db.selectFrom('messages').select('id').orderBy('id').execute(),
        await db.selectFrom('operator_sessions').select('id').orderBy('id').execute(),
        (await house.events()).length,
      ]);
    };

    const tokenOf = (body = '') => /name="csrf" value="([^"]+)"/.exec(body)?.[1] ?? '';

    it('S-87 count only with the token of this session, and change nothing otherwise', async () => {
      const other = house.browser();
      await house.addOperator('other@example.com');
      const foreign = tokenOf((await house.signIn('other@example.com')).browser.page?.body);
      await other.get('/operator');
      const before = await state();
      for (const [path, fields] of posts()) {
        for (const csrf of [undefined, '', 'x', foreign]) {
          const answer = await browser.post(path, { ...fields, ...(csrf !== undefined && { csrf }) });
          expect(answer, `${path} ${csrf}`).toMatchObject({
            status: 403,
            heading: 'This form was not accepted',
          });
        }
      }
      expect(await state()).toBe(before);
    });

    it('S-87 count only from our own origin', async () => {
      const csrf = tokenOf((await browser.get('/operator')).body);
      const before = await state();
      for (const [path, fields] of posts()) {
        for (const headers of [
          ['origin', 'https://evil.example'],
          ['origin', 'http://login.example.com'],
          ['sec-fetch-site', 'cross-site'],
          ['sec-fetch-site', 'same-site'],
          ['sec-fetch-site', 'none'],
        ] as const) {
          const answer = await browser.post(path, { ...fields, csrf }, Object.fromEntries([headers]));
          expect(answer.status, `${path} ${headers.join(': ')}`).toBe(403);
        }
      }
      expect(await state()).toBe(before);
    });

    it('S-107 are answered to nobody who is not signed in', async () => {
      const csrf = tokenOf((await browser.get('/operator')).body);
      const before = await state();
      for (const [path, fields] of posts()) {
        expect((await house.browser().post(path, { ...fields, csrf })).status, path).toBe(401);
      }
      expect(await state()).toBe(before);
    });

    it('S-89 S-90 take their own values only', async () => {
      const csrf = tokenOf((await browser.get('/operator')).body);
      const before = await state();
      const answers = [
        await browser.post('/operator/multi-factor/policy', { csrf }),
        await browser.post('/operator/multi-factor/policy', { csrf, policy: 'sometimes', counts: 'any' }),
        await browser.post('/operator/multi-factor/policy', { csrf, policy: 'always', counts: 'some' }),
        await browser.post('/operator/multi-factor/policy', { csrf, policy: '__proto__', counts: 'any' }),
        await browser.post('/operator/multi-factor/passkey-sign-in', { csrf, to: 'maybe' }),
        await browser.post('/operator/multi-factor/otp/settings', { csrf, algorithm: 'MD5' }),
        await browser.post('/operator/multi-factor/recovery-code/settings', { csrf, codes: '5' }),
        await browser.post('/operator/multi-factor/otp', { csrf, to: 'maybe' }),
        await browser.post('/operator/multi-factor/constructor', { csrf, to: 'off' }),
        await browser.post('/operator/users/nobody/block', { csrf }),
        await browser.post(`${user}/toString`, { csrf }),
        await browser.post(`${user}/unblock`, { csrf }),
        await browser.post('/operator/multi-factor/policy', { csrf }, { 'content-type': 'application/json' }),
        await browser.post('/operator/multi-factor/policy', { csrf, policy: 'x'.repeat(70_000) }),
      ];
      expect(answers.map(({ status }) => status)).toEqual([
        400, 400, 400, 400, 400, 400, 400, 400, 404, 404, 404, 303, 400, 413,
      ]);
      expect(answers.at(-1)?.heading).toBe('This did not work');
      expect(await state()).toBe(before);
    });
  });
});
