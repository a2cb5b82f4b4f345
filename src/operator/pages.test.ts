import { beforeAll, describe, expect, it } from 'vitest';
import { databaseOpener, forEachDatabase } from '../../test/support/databases.ts';
import type { FormBrowser } from '../../test/support/formBrowser.ts';
import { consoleStarter, directory, operator, type TestConsole } from '../../test/support/operatorConsole.ts';
import { insertUser } from '../accounts/users.ts';
import { createClient, listClients } from '../applications/clients.ts';
import { recordEvent } from '../logs/tenantLog.ts';

const hostile = '"><script>alert(1)</script>';

forEachDatabase((_engine, open) => {
  describe('the pages of the console', () => {
    const start = consoleStarter(open);
    let house: TestConsole;
    let browser: FormBrowser;
    let personId: string;
    let clientId: string;
    let clientSecret: string;

    beforeAll(async () => {
      house = await start();
      await house.addOperator();
      ({ browser } = await house.signIn());
      const { database, vault, clock } = house.house;
      house.clock.advance(60);
      for (let number = 1; number <= 30; number += 1) {
        house.clock.advance(1);
        const user = await insertUser(database.db, clock, {
          connection: directory,
          email: `person-${number}@example.com`,
          emailVerified: number > 1,
          passwordHash: null,
          profile: { name: hostile },
        });
        if (number === 1) personId = user?.id ?? '';
      }
      for (let number = 1; number <= 60; number += 1) {
        await recordEvent(database.db, clock, {
          type: number === 1 ? 'gd_auth_failed' : 's',
          userId: personId,
          userName: 'person-1@example.com',
          userAgent: hostile,
          clientName: 'Payroll',
          details: { note: hostile },
        });
      }
      const created = await createClient(database.db, vault, clock, {
        name: 'Payroll',
        callbacks: ['https://payroll.example.com/callback'],
        mfaPolicy: 'always',
        proofMinutes: 480,
        rememberBrowserDays: 0,
      });
      ({ clientId } = created.client);
      ({ clientSecret } = created);
    });

    const get = async (path: string) => (await browser.get(path)).body;
    const personPath = () => `/operator/users/${encodeURIComponent(personId)}`;
    const rows = (body: string) => body.match(/<th scope="row">/g)?.length ?? 0;

    it('the overview counts', async () => {
      const body = (await get('/operator')).replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
      expect(body).toContain('30 Users');
      expect(body).toContain('0 With a second factor');
      // Sixty made up, one of them failed, and the operator's own.
      expect(body).toContain('60 Sign-ins today');
      expect(body).toContain('1 Failed second factors today');
      expect(body).toContain('0 Locked second factors');
    });

    it('multi-factor tells what each policy means for the people there are', async () => {
      const body = await get('/operator/multi-factor');
      expect(body).toContain('30 of 30 people have none yet');
      expect(body).toContain('Payroll</a> has a policy of its own: it always asks for a second factor.');
    });

    it('an application tells for how long earlier proofs and remembered browsers count there', async () => {
      const body = (await get(`/operator/applications/${clientId}`)).replaceAll(/<[^>]+>/g, ' ');
      expect(body).toMatch(/A second factor counts\s+8 hours\s/);
      expect(body).toMatch(/A remembered browser counts\s+not at all\s/);
    });

    it('users are listed in pages, newest first, and found by a part of their address', async () => {
      const first = await get('/operator/users');
      expect(rows(first)).toBe(25);
      expect(first).toContain('Older accounts');
      expect(first).not.toContain('Newer accounts');
      const second = await get('/operator/users?page=2');
      expect(second).toContain('person-1@example.com');
      expect(second).toContain('Newer accounts');
      expect(second).not.toContain('Older accounts');
      expect(rows(await get('/operator/users?q=PERSON-2'))).toBe(11);
      // As many as the overview counts; the operator is listed apart.
      expect(rows(first) + rows(second)).toBe(30);
      const operators = await get('/operator/users?of=operators');
      expect(operators).toMatch(new RegExp(`<th scope="row"><a [^>]+>${operator.email}</a></th>`));
      expect(rows(operators)).toBe(1);
      expect(await get('/operator/users?q=nobody')).toContain('Nobody with such an address.');
      for (const page of ['0', '-1', 'x', '1e9', '99999']) {
        expect((await browser.get(`/operator/users?page=${page}`)).status, page).toBe(200);
      }
    });

    it('a user’s page shows how the account stands', async () => {
      const body = await get(personPath());
      expect(body).toContain('not verified');
      expect(body).toContain('may sign in');
      expect(body).toContain('No second factor is set up.');
      expect(rows(body)).toBe(10);
    });

    it('logs are listed newest first, filtered, in pages', async () => {
      const first = await get('/operator/logs');
      expect(rows(first)).toBe(50);
      const older = /href="(\/operator\/logs\?before=[^"]+)"/.exec(first)?.[1] ?? '';
      const second = await get(older);
      expect(rows(second)).toBeGreaterThan(10);
      expect(second).toContain('Newest events');
      expect(rows(await get('/operator/logs?type=gd_auth_failed'))).toBe(1);
      expect(rows(await get(`/operator/logs?user=${encodeURIComponent(operator.email)}`))).toBeGreaterThan(3);
      expect(rows(await get(`/operator/logs?type=s&user=${encodeURIComponent(personId)}`))).toBe(50);
      expect(await get('/operator/logs?user=nobody@example.com')).toContain('No events.');
    });

    it('an event is shown with all that the log has', async () => {
      const list = await get('/operator/logs?type=gd_auth_failed');
      const path = /href="(\/operator\/logs\/log_[^"]+)"/.exec(list)?.[1] ?? '';
      const body = await get(path);
      expect(body).toContain('Second factor failed');
      expect(body).toContain('Payroll');
      expect(body).toContain('&quot;note&quot;');
    });

    it('S-80 applications are shown with their settings, without their secrets', async () => {
      expect(await get('/operator/applications')).toContain(clientId);
      for (const client of await listClients(house.house.database.db)) {
        const body = await get(`/operator/applications/${client.clientId}`);
        expect(body).toContain(client.callbacks[0]);
        expect(body).not.toContain(clientSecret);
      }
    });

    it('S-88 what people and clients say about themselves is text', async () => {
      for (const path of ['/operator', '/operator/users', personPath(), '/operator/logs']) {
        expect(await get(path), path).not.toContain('<script>alert');
      }
      const query = encodeURIComponent(hostile);
      for (const path of [
        `/operator/users?q=${query}`,
        `/operator/logs?type=${query}&user=${query}`,
        `/operator/multi-factor?done=${query}`,
        `/operator/users/${query}`,
      ]) {
        expect(await get(path), path).not.toContain('<script>alert');
      }
    });

    const paths = () => [
      '/operator',
      '/operator/multi-factor',
      '/operator/multi-factor/otp',
      '/operator/multi-factor/otp/settings',
      '/operator/multi-factor/webauthn-roaming/settings',
      '/operator/multi-factor/passkey-sign-in',
      '/operator/multi-factor/models',
      '/operator/users',
      personPath(),
      `${personPath()}/block`,
      '/operator/logs',
      '/operator/applications',
      `/operator/applications/${clientId}`,
    ];

    it('S-107 nobody sees any of them without signing in', async () => {
      for (const path of [...paths(), '/operator/multi-factor/policy', '/operator/users/x/y']) {
        const answer = await house.browser().get(path);
        expect(answer.status, path).toBe(303);
        expect(answer.location, path).toMatch(/^\/u\/login\?state=op-/);
      }
    });

    it('S-86 carry the strict headers, run no inline script, and are kept nowhere', async () => {
      for (const path of [...paths(), '/operator/nothing/here/at/all']) {
        const { headers, body } = await browser.get(path);
        expect(headers, path).toMatchObject({
          'cache-control': 'no-store',
          'referrer-policy': 'no-referrer',
          'x-content-type-options': 'nosniff',
          'x-frame-options': 'DENY',
          'strict-transport-security': expect.any(String),
          'cross-origin-opener-policy': 'same-origin',
          'content-security-policy':
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        });
        expect(body, path).not.toMatch(/<script(?![^>]*src=)|style="|onclick=/);
      }
    });

    it('what is not there is said to be so', async () => {
      for (const path of [
        '/operator/users/nobody',
        '/operator/users/nobody/block',
        `${personPath()}/dance`,
        '/operator/logs/log_none',
        '/operator/applications/none',
        '/operator/multi-factor/none',
        '/operator/multi-factor/none/settings',
        '/operator/multi-factor/telepathy/settings',
        '/operator/nothing',
      ]) {
        expect(await browser.get(path), path).toMatchObject({
          status: 404,
          heading: 'There is nothing here',
        });
      }
    });
  });
});

describe('a fault in the console', () => {
  const start = consoleStarter(databaseOpener('sqlite'));

  it('S-91 shows nothing of what happened', async () => {
    const house = await start();
    await house.addOperator();
    const { browser } = await house.signIn();
    await house.house.database.db.schema.dropTable('second_factor_locks').execute();
    const answer = await browser.get('/operator');
    expect(answer).toMatchObject({ status: 500, heading: 'This did not work' });
    expect(answer.body).not.toMatch(/second_factor|sqlite|\.ts\b|\bat \w+ \(/i);
  });
});
