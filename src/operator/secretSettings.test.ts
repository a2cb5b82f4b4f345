import { beforeEach, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import type { FormBrowser } from '../../test/support/formBrowser.ts';
import { consoleStarter, operator, type TestConsole } from '../../test/support/operatorConsole.ts';
import { unsealSetting } from '../mfa/settings/secretSettings.ts';
import { readTenantSettings } from '../tenant/tenantSettings.ts';

const path = '/operator/multi-factor/duo/settings';
const [first, second] = ['a'.repeat(40), 'B'.repeat(40)];
const untouched = {
  ikey: 'DIAAAAAAAAAAAAAAAAAA',
  skey: '',
  host: 'api-12ab34cd.duosecurity.com',
  username: 'email',
  fail_mode: 'closed',
};

forEachDatabase((_engine, open) => {
  const start = consoleStarter(open);
  let house: TestConsole;
  let browser: FormBrowser;

  beforeEach(async () => {
    house = await start();
    await house.addOperator();
    ({ browser } = await house.signIn());
  });

  const stored = async () => {
    const { factors } = await readTenantSettings(house.house.database.db);
    return factors.duo?.settings as { skey?: string; host?: string } | undefined;
  };
  const save = async (fields: Record<string, string>) => {
    await browser.get(path);
    return browser.submit({ ...untouched, ...fields }, 'settings');
  };
  const lastChange = async () => (await house.events()).at(-1)?.details as Record<string, unknown>;

  it('S-105 a secret is sealed, and no page and no event shows it', async () => {
    expect((await browser.get(path)).body).toContain('It isn’t set.');
    expect((await save({ skey: first })).status).toBe(303);
    const sealed = (await stored())?.skey ?? '';
    expect(sealed).not.toContain(first);
    expect(unsealSetting(house.house.vault, 'duo', sealed)).toBe(first);
    const page = await browser.get(path);
    expect(page.body).toContain('It is set. Leave this empty to keep it.');
    for (const text of [page.body, JSON.stringify(await house.events())]) {
      expect(text).not.toContain(first);
      expect(text).not.toContain(sealed);
    }
    expect(await lastChange()).toMatchObject({
      actor: `${operator.email} (operator console)`,
      from: { skey: 'not set', host: '' },
      to: { skey: 'set', host: untouched.host },
    });
  });

  it('an empty field keeps it, another value replaces it', async () => {
    await save({ skey: first });
    const sealed = (await stored())?.skey;
    await save({ host: 'api-99.duosecurity.com' });
    expect(await stored()).toMatchObject({ skey: sealed, host: 'api-99.duosecurity.com' });
    await save({ skey: second });
    expect(await lastChange()).toMatchObject({ from: { skey: 'set' }, to: { skey: 'replaced' } });
    expect(unsealSetting(house.house.vault, 'duo', (await stored())?.skey ?? '')).toBe(second);
  });

  it('S-92 takes a host and nothing else, and shows no refused secret again', async () => {
    const refused = [
      ['skey', 'short'],
      ['skey', `${'a'.repeat(39)}!`],
      ['ikey', 'diaaaaaaaaaaaaaaaaaa'],
      ['host', 'https://api-12ab34cd.duosecurity.com'],
      ['host', 'api-12ab34cd.duosecurity.com/path'],
      ['host', 'api-12ab34cd.duosecurity.com:8443'],
      ['host', 'user@api-12ab34cd.duosecurity.com'],
      ['host', 'localhost'],
      ['host', 'api-1'],
    ] as const;
    for (const [name, value] of refused) {
      const answer = await save({ [name]: value });
      expect(answer.status).toBe(400);
      if (name === 'skey') expect(answer.body).not.toContain(value);
    }
    expect(await stored()).toBeUndefined();
  });

  it('what isn’t set up yet is no reason to switch the last other factor off', async () => {
    await browser.get('/operator/multi-factor/duo');
    await browser.submit({ to: 'on' }, 'question');
    expect((await browser.get('/operator/multi-factor/otp')).heading).toContain('stays on');
    await save({ skey: first });
    expect((await browser.get('/operator/multi-factor/otp')).heading).toContain('Switch off');
  });
});
