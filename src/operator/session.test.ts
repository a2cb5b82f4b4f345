import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import type { FormBrowser } from '../../test/support/formBrowser.ts';
import { consoleStarter, operator, type TestConsole } from '../../test/support/operatorConsole.ts';
import { blockUser } from '../accounts/blockUser.ts';
import { deleteUser } from '../accounts/deleteUser.ts';
import { updateTenantSettings } from '../tenant/tenantSettings.ts';

const minute = 60;
const context = { ip: '192.0.2.7', userAgent: 'test' };
const signInPage = /^\/u\/login\?state=op-/;

forEachDatabase((_engine, open) => {
  describe('a session of the console', () => {
    const start = consoleStarter(open);
    let house: TestConsole;
    let operatorId: string;
    let browser: FormBrowser;

    beforeEach(async () => {
      house = await start();
      operatorId = await house.addOperator();
      ({ browser } = await house.signIn());
    });

    const overview = () => browser.get('/operator');
    const isOpen = async () => (await overview()).status === 200;
    const change = (work: Parameters<TestConsole['house']['database']['transaction']>[0]) =>
      house.house.database.transaction(work);

    it('S-78 ends after thirty minutes without a request, and after twelve hours in any case', async () => {
      house.clock.advance(29 * minute);
      expect(await isOpen()).toBe(true);
      house.clock.advance(29 * minute);
      expect(await isOpen()).toBe(true);
      house.clock.advance(31 * minute);
      expect((await overview()).location).toMatch(signInPage);

      const again = await house.givePassword();
      expect(again.page?.heading).toBe('Confirm it’s you');
    });

    it('S-78 ends after twelve hours, however busy it was', async () => {
      for (let elapsed = 0; elapsed < 12 * 60 - 25; elapsed += 25) {
        house.clock.advance(25 * minute);
        expect(await isOpen(), `${elapsed} minutes`).toBe(true);
      }
      house.clock.advance(25 * minute);
      expect((await overview()).location).toMatch(signInPage);
    });

    it('has its own times, however short a second factor counts for applications', async () => {
      await change((trx) =>
        updateTenantSettings(trx, house.clock.now, (settings) => ({ ...settings, proofMinutes: 5 })),
      );
      house.clock.advance(20 * minute);
      expect(await isOpen()).toBe(true);
    });

    it('ends at sign-out, on the server too', async () => {
      const cookie = browser.cookies.get('__Host-cs_operator') ?? '';
      expect(await browser.submit({}, 'sign-out')).toMatchObject({
        status: 200,
        heading: 'You are signed out',
      });
      browser.cookies.set('__Host-cs_operator', cookie);
      expect((await overview()).location).toMatch(signInPage);
      expect((await house.events()).at(-1)).toMatchObject({ type: 'slo', user_id: operatorId });
    });

    it('S-79 ends when the operator is blocked or removed', async () => {
      await change((trx) => blockUser(trx, house.house.clock, operatorId));
      expect((await overview()).location).toMatch(signInPage);
      await change((trx) => deleteUser(trx, house.house.clock, operatorId));
      expect((await overview()).location).toMatch(signInPage);
    });

    it('S-38 is judged at each request: blocked, or no operator any more, is a plain 403', async () => {
      const users = house.house.database.db.updateTable('users').where('id', '=', operatorId);
      for (const lost of [{ blocked: 1 as const }, { connection: 'Username-Password-Authentication' }]) {
        const { browser: other } = await signInAgain();
        await users.set(lost).execute();
        expect(await other.get('/operator/users')).toMatchObject({
          status: 403,
          heading: 'No access to the console',
        });
        await users.set({ blocked: 0, connection: 'Countersign-Operators' }).execute();
        // What was refused once is over.
        expect((await other.get('/operator')).location).toMatch(signInPage);
      }
    });

    it('S-28 ends when the second factor that opened it is taken away, or no longer offered', async () => {
      await house.house.engine.resetUser(operatorId, { kind: 'operator', id: 'cli' }, context);
      expect((await overview()).location).toMatch(signInPage);

      ({ browser } = await house.signIn());
      expect(await isOpen()).toBe(true);
      await change((trx) =>
        updateTenantSettings(trx, house.clock.now, (settings) => ({
          ...settings,
          factors: { otp: { enabled: false } },
        })),
      );
      expect((await overview()).location).toMatch(signInPage);
    });

    it('ends when the password changes', async () => {
      await house.accounts.replacePassword({ userId: operatorId, password: operator.password });
      expect((await overview()).location).toMatch(signInPage);
    });

    it('a form that comes after the end changes nothing and says so', async () => {
      await browser.get('/operator/multi-factor');
      house.clock.advance(31 * minute);
      expect(await browser.submit({ policy: 'always' }, 'policy')).toMatchObject({
        status: 401,
        heading: 'Your session has ended',
      });
      expect((await house.events()).map(({ type }) => type)).not.toContain('gd_tenant_update');
    });

    it.each(['made-up', 'x'.repeat(5000), ''])('S-76 a cookie of nobody’s opens nothing', async (value) => {
      const stranger = house.browser();
      stranger.cookies.set('__Host-cs_operator', value);
      stranger.cookies.set('__Host-cs_operator_sign_in', `${value}.${value}`);
      expect((await stranger.get('/operator')).location).toMatch(signInPage);
    });

    async function signInAgain() {
      await house.house.engine.resetUser(operatorId, { kind: 'operator', id: 'cli' }, context);
      return house.signIn();
    }
  });
});
