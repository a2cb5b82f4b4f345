import { beforeAll, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { codeOf } from '../../test/support/engine.ts';
import { consoleStarter, operator, publicUrl, type TestConsole } from '../../test/support/operatorConsole.ts';
import { createOperatorConsole } from './operatorConsole.ts';

const forbidden = { status: 403, heading: 'No access to the console' };

forEachDatabase((_engine, open) => {
  describe('signing in to the console', () => {
    const start = consoleStarter(open);
    let house: TestConsole;
    let operatorId: string;
    let personId: string;
    let secret: string;

    beforeAll(async () => {
      house = await start();
      operatorId = await house.addOperator();
      personId = await house.addPerson('ann@example.com');
    });

    const sessions = () => house.house.database.db.selectFrom('operator_sessions').selectAll().execute();
    const challenged = async () => {
      const browser = await house.givePassword();
      return { browser, answer: await browser.submit({ code: await codeOf(secret, house.clock.now) }) };
    };

    it('S-107 S-25 the password alone opens nothing, whatever the tenant’s policy says', async () => {
      const browser = await house.givePassword();
      expect(browser.page?.heading).toBe('Protect your account');
      expect(await sessions()).toEqual([]);
      for (const path of ['/operator', '/operator/users', '/operator/logs']) {
        expect((await browser.get(path)).location, path).toMatch(/^\/u\/login\?state=op-/);
      }
      expect([...browser.cookies.keys()]).toEqual(['__Host-cs_operator_sign_in']);
      const callback = await browser.get(`/operator/callback?state=${stateOf(browser)}`);
      expect(callback).toMatchObject(forbidden);
    });

    it('S-107 opens with an enrolled second factor', async () => {
      const signedIn = await house.signIn();
      secret = signedIn.secret;
      expect(signedIn.browser.page).toMatchObject({ status: 200, heading: 'Overview' });
      expect(signedIn.browser.page?.body).toContain(operator.email);
      expect(await house.events()).toContainEqual(
        expect.objectContaining({ type: 's', user_id: operatorId, client_id: 'operator-console' }),
      );
    });

    it('S-76 the session’s cookie is new, the browser’s own, and stored as a hash', async () => {
      const { browser, answer } = await challenged();
      const callback = await browser.get(answer.location ?? '');
      const cookies = [callback.headers['set-cookie']].flat().map(String);
      expect(cookies[0]).toMatch(/^__Host-cs_operator=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
      const value = browser.cookies.get('__Host-cs_operator') ?? '';
      const rows = JSON.stringify(await sessions());
      expect(rows).not.toContain(value);
      house.clock.advance(30);
    });

    it('S-37 the result of a sign-in goes to the browser that began it, once', async () => {
      const { browser, answer } = await challenged();
      const address = answer.location ?? '';
      expect(await house.browser().get(address)).toMatchObject({
        status: 400,
        heading: 'This sign-in is over',
      });
      const cookie = browser.cookies.get('__Host-cs_operator_sign_in') ?? '';
      expect((await browser.get(address)).location).toBe('/operator');
      const replay = house.browser();
      replay.cookies.set('__Host-cs_operator_sign_in', cookie);
      expect((await replay.get(address)).location).toBe('/operator');
      expect(replay.cookies.has('__Host-cs_operator')).toBe(false);
      house.clock.advance(30);
    });

    it('S-37 a result that nobody fetched is void after five minutes', async () => {
      const { browser, answer } = await challenged();
      house.clock.advance(5 * 60);
      await browser.get(answer.location ?? '');
      expect((await browser.get('/operator')).location).toMatch(/^\/u\/login/);
    });

    it('a sign-in that took too long begins anew', async () => {
      const browser = house.browser();
      const first = (await browser.get('/operator')).location;
      expect((await browser.get('/operator')).location).toBe(first);
      house.clock.advance(30 * 60);
      expect(await browser.get(first ?? '')).toMatchObject({ status: 400 });
      expect((await browser.get('/operator')).location).not.toBe(first);
    });

    it('S-107 no remembered browser stands in for the second factor', async () => {
      const browser = await house.givePassword();
      expect(browser.page?.heading).toBe('Confirm it’s you');
      expect(browser.page?.body).not.toContain('rememberBrowser');
    });

    it('knows nobody but operators: the same address and password elsewhere is another account', async () => {
      const browser = await house.givePassword('ann@example.com');
      expect(browser.page).toMatchObject({ status: 400, heading: 'Sign in' });
      expect(browser.page?.body).not.toContain('/u/signup');
      const { uid } = await beginAt(browser);
      expect((await browser.get(`/u/signup?state=${uid}`)).location).toBe(`/u/login?state=${uid}`);
    });

    it('S-107 whatever the pages report, nobody gets in who is no operator or proved no second factor', async () => {
      const { house: parts, accounts } = house;
      const { signIns } = createOperatorConsole({
        ...parts,
        publicUrl,
        accounts,
        defaultWay: () => 'outbox',
      });
      const password = { factor: 'password', at: house.clock.now };
      const otp = { factor: 'otp', methodId: 'x', at: house.clock.now };
      const before = (await sessions()).length;
      for (const [userId, proofs] of [
        [personId, [password, otp]],
        ['auth0|nobody', [password, otp]],
        [operatorId, [password]],
        [operatorId, [password, { ...otp, isWaived: true }]],
        [operatorId, []],
      ] as const) {
        const browser = house.browser();
        const { uid } = await beginAt(browser);
        const address = await signIns.finish(uid, { userId, proofs: [...proofs] });
        expect(await browser.get(new URL(address).pathname + new URL(address).search)).toMatchObject(
          forbidden,
        );
        expect((await browser.get('/operator')).location).toMatch(/^\/u\/login/);
      }
      expect(await sessions()).toHaveLength(before);
      expect(await house.events()).toContainEqual(
        expect.objectContaining({ type: 'f', user_id: personId, client_id: 'operator-console' }),
      );
    });

    it('S-37 a sign-in takes one result', async () => {
      const { house: parts, accounts } = house;
      const { signIns } = createOperatorConsole({
        ...parts,
        publicUrl,
        accounts,
        defaultWay: () => 'outbox',
      });
      const { uid } = await beginAt(house.browser());
      const result = { userId: operatorId, proofs: [{ factor: 'otp', at: house.clock.now }] };
      const outcomes = await Promise.allSettled([signIns.finish(uid, result), signIns.finish(uid, result)]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { name: 'InteractionOverError' },
      });
      await expect(signIns.grantConsent()).rejects.toThrow();
      await expect(signIns.reject()).rejects.toThrow();
    });

    it('an operator’s account opens no application', async () => {
      const login = { connection: 'Username-Password-Authentication', identifier: operator.email };
      const context = { ip: '192.0.2.7', userAgent: 'test' };
      const { password } = operator;
      expect(await house.accounts.checkPassword({ ...login, password, context })).toEqual({
        outcome: 'refused',
      });
    });

    it('a forgotten password is replaced by a link, which replaces no second factor (S-64)', async () => {
      const browser = house.browser();
      const { uid } = await beginAt(browser);
      await browser.get(`/u/reset-password/request?state=${uid}`);
      expect((await browser.submit({ email: operator.email })).status).toBe(200);
      const [message] = await house.outbox(operator.email);
      const link = new URL(
        /https:\/\/\S+reset-password\/change\?ticket=[\w-]+/.exec(message?.text ?? '')?.[0] ?? '',
      );
      await browser.get(link.pathname + link.search);
      const chosen = { password: operator.password, 're-password': operator.password };
      expect((await browser.submit(chosen)).status).toBe(200);
      expect((await browser.get('/operator')).location).toMatch(/^\/u\/login/);
      expect((await house.givePassword()).page?.heading).toBe('Confirm it’s you');
    });

    async function beginAt(browser: ReturnType<TestConsole['browser']>): Promise<{ uid: string }> {
      const { location } = await browser.get('/operator');
      return { uid: new URLSearchParams(location?.split('?')[1]).get('state') ?? '' };
    }
  });
});

function stateOf(browser: ReturnType<TestConsole['browser']>): string {
  return browser.cookies.get('__Host-cs_operator_sign_in')?.split('.')[0] ?? '';
}
