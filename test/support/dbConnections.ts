import { pino } from 'pino';
import { registerDbConnections } from '../../src/api/authentication/dbconnections.ts';
import { createClient } from '../../src/applications/clients.ts';
import type { Database } from '../../src/database/database.ts';
import { type App, createApp } from '../../src/http/createApp.ts';
import { createTestAccounts, publicUrl, type TestAccounts } from './accounts.ts';

/** `/dbconnections/*` over accounts of the test's own, with one application and the person `owner`. */
export interface TestDbConnections {
  house: TestAccounts;
  app: App;
  clientId: string;
  /** Posts to `/dbconnections/ROUTE`; text is sent as it is, anything else as JSON. */
  post(route: string, payload: unknown, headers?: Record<string, string>): ReturnType<typeof answerOf>;
}

export const owner = 'ann@example.com';

export async function createTestDbConnections(database: Database): Promise<TestDbConnections> {
  const house = await createTestAccounts(database);
  await house.addUser(owner);
  const clock = () => house.clock.now;
  const draft = { name: 'Test', appType: 'spa' as const };
  const { client } = await createClient(house.database.db, house.vault, clock, draft);
  const logger = pino({ level: 'silent' });
  const app = createApp({ publicUrl, trustedProxies: [], isDevelopment: false, logger });
  registerDbConnections(app, { database: house.database, clock, accounts: house.accounts });
  return {
    house,
    app,
    clientId: client.clientId,
    post: (route, payload, headers = {}) => answerOf(app, route, payload, headers),
  };
}

function answerOf(app: App, route: string, payload: unknown, headers: Record<string, string>) {
  return app.inject({
    method: 'POST',
    url: `/dbconnections/${route}`,
    headers: { host: 'login.example.com', 'content-type': 'application/json', ...headers },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  });
}
