import { beforeAll, describe, expect, it } from 'vitest';
import { databaseOpener } from '../../test/support/databases.ts';
import type { FormBrowser } from '../../test/support/formBrowser.ts';
import { consoleStarter, operator, type TestConsole } from '../../test/support/operatorConsole.ts';
import { updateTenantSettings } from '../tenant/tenantSettings.ts';

describe('a temporary pass at the console', () => {
  const start = consoleStarter(databaseOpener('sqlite'));
  let house: TestConsole;
  let browser: FormBrowser;
  let operatorId: string;
  let id: string;
  const email = 'ann@example.com';

  const set = (enabled: boolean) =>
    house.house.database.transaction((trx) =>
      updateTenantSettings(trx, house.clock.now, (settings) => ({
        ...settings,
        factors: { ...settings.factors, 'temporary-pass': { enabled } },
      })),
    );
  const pathOf = (user = id) => `/operator/users/${encodeURIComponent(user)}`;
  const handOut = async (fields: Record<string, string>) => {
    await browser.get(`${pathOf()}/temporary-pass`);
    return browser.submit({ reason: 'Lost phone', minutes: '60', ...fields }, 'pass');
  };

  beforeAll(async () => {
    house = await start();
    operatorId = await house.addOperator();
    ({ browser } = await house.signIn());
    id = await house.addPerson(email);
  });

  it('is not offered while it is switched off, nor to oneself', async () => {
    expect((await browser.get(pathOf())).body).not.toContain('temporary-pass');
    expect((await browser.get(`${pathOf()}/temporary-pass`)).location).toBe(pathOf());
    await set(true);
    expect((await browser.get(pathOf())).body).toContain(`${pathOf()}/temporary-pass`);
    expect((await browser.get(`${pathOf(operatorId)}/temporary-pass`)).location).toBe(pathOf(operatorId));
    expect((await browser.get(`${pathOf('auth0|nobody')}/temporary-pass`)).status).toBe(404);
  });

  it('S-45 S-108 asks for a reason, shows the pass once, tells the person and names the operator', async () => {
    const answer = await handOut({});
    expect([answer.status, answer.heading]).toEqual([200, 'Temporary pass']);
    const pass = /<code>([A-Z1-9]{4}-[A-Z1-9]{4}-[A-Z1-9]{4})<\/code>/.exec(answer.body)?.[1];
    expect(pass).toBeDefined();
    const account = await browser.get(pathOf());
    expect(account.body).toContain('Temporary pass');
    expect(account.body).not.toContain(pass);
    const [message] = await house.outbox(email);
    expect(message?.subject).toContain('temporary pass');
    expect(message?.text).toContain('https://login.example.com/u/undo-change?ticket=');
    expect(message?.text).not.toContain(pass);
    const event = (await house.events()).at(-1);
    expect(event).toMatchObject({ type: 'sapi', user_id: id });
    expect(event?.details).toMatchObject({
      actor: `${operator.email} (operator console)`,
      reason: 'Lost phone',
    });
    expect(JSON.stringify(event)).not.toContain(pass);
  });

  it.each([
    [{ reason: '' }, 'Give a reason'],
    [{ reason: 'x'.repeat(201) }, 'Give a reason'],
    [{ minutes: '' }, 'Give a number of minutes'],
    [{ minutes: '1441' }, 'Give a number of minutes'],
    [{ minutes: '-5' }, 'Give a number of minutes'],
    [{ minutes: '1e3' }, 'Give a number of minutes'],
  ])('says what is wrong with %j', async (fields, text) => {
    const answer = await handOut(fields);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(text);
  });

  it('says when there were too many', async () => {
    let answer = await handOut({});
    for (let count = 0; count < 5; count += 1) answer = await handOut({});
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('Too many passes in a day.');
  });
});
