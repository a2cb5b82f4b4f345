import { pino } from 'pino';
import { type Accounts, createAccounts } from '../../src/accounts/accounts.ts';
import { findLandingPage } from '../../src/applications/findLandingPage.ts';
import { systemClock } from '../../src/config/clock.ts';
import { openDatabase } from '../../src/database/database.ts';
import { migrate } from '../../src/database/migrate.ts';
import { startDispatcher } from '../../src/delivery/dispatcher.ts';
import { type OutboxMail, readOutbox } from '../../src/delivery/readOutbox.ts';
import { outboxRoute } from '../../src/delivery/route.ts';
import { createEmailRenderer } from '../../src/delivery/templates/renderEmail.ts';
import { createCodeWording } from '../../src/delivery/templates/wordCode.ts';
import { createPushWording } from '../../src/delivery/templates/wordPush.ts';
import { Errands } from '../../src/errands/errands.ts';
import { type App, createApp } from '../../src/http/createApp.ts';
import { joinInteractions } from '../../src/joinInteractions.ts';
import type { Factor } from '../../src/mfa/factor.ts';
import type { EngineDependencies } from '../../src/mfa/parts.ts';
import { registerHome } from '../../src/pages/registerHome.ts';
import { registerPages } from '../../src/pages/registerPages.ts';
import type { StandalonePages } from '../../src/pages/standalonePages.ts';
import { readTenantSettings } from '../../src/tenant/tenantSettings.ts';
import { createTestEngine, type TestEngine } from './engine.ts';
import { findFreePort } from './freePort.ts';
import { type MadeUpInteractions, madeUpInteractions } from './madeUpInteractions.ts';

const connection = 'Username-Password-Authentication';

/** The hosted pages over the real engine and accounts in memory; only the authorization requests are made up. */
export interface TestPages extends Pick<MadeUpInteractions, 'begin' | 'outcomeOf'> {
  app: App;
  publicUrl: string;
  house: TestEngine;
  accounts: Accounts;
  /** The pages that other surfaces show. */
  standalone: StandalonePages;
  /** Adds a person with a verified address. */
  addPerson(email: string, password: string): Promise<string>;
  /** Works off the queue; then the messages to this address, newest first. */
  outbox(email: string): Promise<OutboxMail[]>;
  /** Works off the queue; then the path and query of the link in the newest message to this address. */
  linkFor(email: string): Promise<string>;
  close(): Promise<void>;
}

export interface TestPagesOptions {
  /** Listens on a free port; otherwise requests are injected. */
  isServed?: boolean;
  factors?: readonly Factor[];
  /** The way out to services that people are sent to; nowhere when absent. */
  connect?: EngineDependencies['connect'];
}

export async function createTestPages({
  isServed = false,
  factors,
  connect,
}: TestPagesOptions = {}): Promise<TestPages> {
  const target = { file: ':memory:' };
  const database = Object.assign(await openDatabase(target), { target });
  await migrate(database, systemClock);
  const port = isServed ? await findFreePort() : 3000;
  const publicUrl = `http://localhost:${port}/`;
  const house = await createTestEngine(database, factors, undefined, new URL(publicUrl).origin, connect);
  const { engine, vault } = house;
  const clock = () => house.clock.now;
  const accounts = createAccounts({
    database,
    vault,
    clock,
    onPasswordChanged: [(trx, userId) => engine.browsers.forgetWith(trx, userId)],
    afterQueueing: () => {},
  });
  const sender = async () => ({ friendlyName: 'Countersign' });
  const render = createEmailRenderer({ publicUrl, sender });
  const wordCode = createCodeWording({ publicUrl, sender, renderEmail: render });
  const wordPush = createPushWording({ publicUrl, sender });
  const dispatcher = startDispatcher({
    database,
    vault,
    clock,
    routes: async (channel) => [outboxRoute(channel)],
    render,
    wordCode,
    wordPush,
    handlers: accounts.requestHandlers,
    onFault: (error) => {
      throw error;
    },
    pollMs: 0,
  });
  const app = createApp({
    publicUrl,
    trustedProxies: [],
    isDevelopment: true,
    logger: pino({ level: 'silent' }),
  });
  const madeUp = madeUpInteractions(publicUrl);
  const errands = new Errands({ publicUrl, database, vault, clock, engine, accounts });
  const standalone = await registerPages(app, {
    publicUrl,
    clock,
    vault,
    engine,
    errands,
    interactions: joinInteractions([errands], madeUp.interactions),
    accounts,
    readSettings: () => readTenantSettings(database.db),
    findLandingPage: (clientId) => findLandingPage(database.db, clientId),
  });
  madeUp.registerResume(app);
  registerHome(app, standalone);
  const outbox = async (email: string) => {
    await dispatcher.drain();
    const messages = await readOutbox({ db: database.db, vault, render, wordCode, wordPush }, { to: email });
    return messages.filter((message) => message.channel === 'email');
  };
  if (isServed) await app.listen({ port, host: 'localhost' });

  return {
    app,
    publicUrl,
    house,
    accounts,
    standalone,
    begin: madeUp.begin,
    outcomeOf: madeUp.outcomeOf,
    async addPerson(email, password) {
      const created = await accounts.createUser({ connection, email, password, emailVerified: true });
      if (created.outcome !== 'created') throw new Error(`No user was created: ${created.outcome}.`);
      return created.user.id;
    },
    outbox,
    async linkFor(email) {
      const [newest] = await outbox(email);
      const [link] = newest?.links.filter((url) => url.includes('ticket=')) ?? [];
      if (!link) throw new Error(`No link was sent to ${email}.`);
      const { pathname, search } = new URL(link);
      return pathname + search;
    },
    async close() {
      await dispatcher.stop();
      await app.close();
      await database.close();
    },
  };
}
