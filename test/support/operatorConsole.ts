import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pino } from 'pino';
import { afterAll } from 'vitest';
import type { Accounts } from '../../src/accounts/accounts.ts';
import { inviteOperator, operatorConnection } from '../../src/accounts/operators.ts';
import { findUserByEmail } from '../../src/accounts/users.ts';
import { readSettings } from '../../src/config/readSettings.ts';
import { type House, openHouse } from '../../src/house.ts';
import { houseAccounts } from '../../src/houseAccounts.ts';
import type { App } from '../../src/http/createApp.ts';
import { createServer } from '../../src/server.ts';
import type { OpenTestDatabase } from './databases.ts';
import { codeOf } from './engine.ts';
import { FormBrowser } from './formBrowser.ts';
import { shownCode } from './pageFlows.ts';

export const publicUrl = 'https://login.example.com/';
export const operator = { email: 'olga@example.com', password: 'seven orange apples' };
export const directory = 'Username-Password-Authentication';

const midday = Date.UTC(2026, 0, 15, 12);

/** The whole server of `serve --dev`, in this process, with a clock that only the test moves. */
export interface TestConsole {
  app: App;
  house: House;
  accounts: Accounts;
  clock: { now: number; advance(seconds: number): void };
  /** A fresh browser without cookies. */
  browser(): FormBrowser;
  /** Path and query of a one-time link. */
  invite(email?: string): Promise<string>;
  /** Adds an operator who has chosen a password; gives the id. */
  addOperator(email?: string): Promise<string>;
  /** Adds a person to the directory; gives the id. */
  addPerson(email: string): Promise<string>;
  /** A browser in which an operator is at the page after the password. */
  givePassword(email?: string): Promise<FormBrowser>;
  /** A browser in which an operator enrolled one-time passwords and is at the overview. */
  signIn(email?: string): Promise<{ browser: FormBrowser; secret: string }>;
  /** Messages sent so far to this address, newest first. */
  outbox(to: string): Promise<{ subject: string; text: string }[]>;
  /** The tenant log, oldest first. */
  events(): Promise<LoggedRow[]>;
}

export interface LoggedRow {
  type: string;
  description: string | null;
  user_id: string | null;
  client_id: string | null;
  ip: string | null;
  details: Record<string, unknown>;
}

/** Builds servers over databases of the test's own; call it inside a `describe`. They end after the suite. */
export function consoleStarter(open: OpenTestDatabase): () => Promise<TestConsole> {
  const closers: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const close of closers) await close();
  });
  return async () => {
    const { target } = await open({ migrated: false });
    const isFile = 'file' in target;
    const settings = await readSettings({
      flags: {
        dev: true,
        publicUrl,
        data: isFile ? dirname(target.file) : mkdtempSync(join(tmpdir(), 'countersign-console-')),
        ...(isFile ? {} : { databaseUrl: target.url }),
      },
      environment: {},
    });
    const clock = {
      now: midday,
      advance(seconds: number) {
        this.now += seconds * 1000;
      },
    };
    const house = await openHouse(settings, () => clock.now);
    const server = await createServer(house, { logger: pino({ level: process.env.TEST_LOG ?? 'silent' }) });
    closers.push(async () => {
      await server.close();
      await house.close();
    });
    return createTestConsole(server.app, house, clock);
  };
}

function createTestConsole(app: App, house: House, clock: TestConsole['clock']): TestConsole {
  const { database, vault } = house;
  const accounts = houseAccounts(house);
  const parts = { vault, clock: house.clock, publicUrl };
  const console: TestConsole = {
    app,
    house,
    accounts,
    clock,
    browser: () => new FormBrowser(app),
    async invite(email = operator.email) {
      const invited = await database.transaction((trx) => inviteOperator(trx, parts, email));
      if (invited.outcome !== 'invited') throw new Error(`Nobody was invited: ${invited.outcome}.`);
      const { pathname, search } = new URL(invited.url);
      return pathname + search;
    },
    async addOperator(email = operator.email) {
      const ticket = new URLSearchParams((await console.invite(email)).split('?')[1]).get('ticket') ?? '';
      const context = { ip: '192.0.2.7', userAgent: 'test' };
      const { password } = operator;
      const { outcome } = await accounts.acceptInvitation({ ticket, password, context });
      if (outcome !== 'accepted') throw new Error(`The invitation was not accepted: ${outcome}.`);
      return (await findUserByEmail(database.db, operatorConnection, email))?.id ?? '';
    },
    async addPerson(email) {
      const input = { connection: directory, email, password: operator.password, emailVerified: true };
      const created = await accounts.createUser(input);
      if (created.outcome !== 'created') throw new Error(`No user was created: ${created.outcome}.`);
      return created.user.id;
    },
    async givePassword(email = operator.email) {
      const browser = console.browser();
      await browser.follow(await browser.get('/operator'));
      await browser.follow(await browser.submit({ username: email, password: operator.password }));
      return browser;
    },
    async signIn(email = operator.email) {
      const browser = await console.givePassword(email);
      await browser.follow(await browser.submit({ action: 'toggle-view' }));
      const secret = shownCode(browser.page?.body ?? '');
      await browser.follow(await browser.submit({ code: await codeOf(secret, clock.now) }));
      await browser.follow(await browser.submit({ saved: 'on' }));
      clock.advance(30);
      return { browser, secret };
    },
    async outbox(to) {
      const answer = await app.inject({ url: `/dev/outbox.json?to=${encodeURIComponent(to)}` });
      return answer.json();
    },
    async events() {
      const rows = await database.db.selectFrom('logs').selectAll().orderBy('log_id').execute();
      return rows.map((row) => ({ ...row, details: JSON.parse(row.details) }));
    },
  };
  return console;
}
