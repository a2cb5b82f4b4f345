import { pino } from 'pino';
import { type Accounts, createAccounts } from '../../src/accounts/accounts.ts';
import { systemClock } from '../../src/config/clock.ts';
import { openDatabase } from '../../src/database/database.ts';
import { migrate } from '../../src/database/migrate.ts';
import { startDispatcher } from '../../src/delivery/dispatcher.ts';
import { outboxTransport } from '../../src/delivery/outboxTransport.ts';
import { type OutboxMessage, readOutbox } from '../../src/delivery/readOutbox.ts';
import { createEmailRenderer } from '../../src/delivery/templates/renderEmail.ts';
import { type App, createApp } from '../../src/http/createApp.ts';
import type { Factor } from '../../src/mfa/factor.ts';
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
  outbox(email: string): Promise<OutboxMessage[]>;
  /** Works off the queue; then the path and query of the link in the newest message to this address. */
  linkFor(email: string): Promise<string>;
  close(): Promise<void>;
}

export interface TestPagesOptions {
  /** Listens on a free port; otherwise requests are injected. */
  isServed?: boolean;
  factors?: readonly Factor[];
}

export async function createTestPages({
  isServed = false,
  factors,
}: TestPagesOptions = {}): Promise<TestPages> {
  const target = { file: ':memory:' };
  const database = Object.assign(await openDatabase(target), { target });
  await migrate(database, systemClock);
  const house = await createTestEngine(database, factors);
  const { engine, vault } = house;
  const clock = () => house.clock.now;
  const port = isServed ? await findFreePort() : 3000;
  const publicUrl = `http://localhost:${port}/`;
  const accounts = createAccounts({
    database,
    vault,
    clock,
    publicUrl,
    onPasswordChanged: [(trx, userId) => engine.forgetBrowsers(trx, userId)],
    afterQueueing: () => {},
  });
  const render = createEmailRenderer({ publicUrl, sender: async () => ({ friendlyName: 'Countersign' }) });
  const dispatcher = startDispatcher({
    database,
    vault,
    clock,
    transport: outboxTransport,
    render,
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
  const standalone = await registerPages(app, {
    publicUrl,
    clock,
    vault,
    engine,
    interactions: madeUp.interactions,
    accounts,
    readSettings: () => readTenantSettings(database.db),
  });
  madeUp.registerResume(app);
  const outbox = async (email: string) => {
    await dispatcher.drain();
    return readOutbox({ db: database.db, vault, render }, { to: email });
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
