import { registerManagementApi } from '../../src/api/management/index.ts';
import { createClientGrant } from '../../src/applications/clientGrants.ts';
import { type ManagementScope, managementScopes } from '../../src/applications/managementScopes.ts';
import { managementAudience } from '../../src/applications/resourceServer.ts';
import { findResourceServer } from '../../src/applications/resourceServers.ts';
import { type Clock, systemClock } from '../../src/config/clock.ts';
import { AccessTokenVerifier } from '../../src/crypto/accessTokens.ts';
import { findProviderDefinition } from '../../src/delivery/providers/providers.ts';
import type { TestDatabase } from './databases.ts';
import { type Answer, createTestOidc, issuer, type TestOidc } from './oidc.ts';
import { providerTools } from './providerTools.ts';

export { type Answer, issuer, password } from './oidc.ts';
export const audience = managementAudience(issuer);

/** Every scope of the API. */
export const everyScope = Object.keys(managementScopes) as ManagementScope[];

/** An application by itself. */
export interface Machine {
  clientId: string;
  clientSecret: string;
  /** Of its client grant for the API. */
  grantId: string;
}

/** The Management API over the real engine, accounts and storage. */
export interface TestManagement extends TestOidc {
  /** An application with a client grant of these scopes. */
  machine(scopes?: readonly string[]): Promise<Machine>;
  /** Gives an application these scopes; returns the id of its client grant. */
  grant(clientId: string, scopes: readonly string[]): Promise<string>;
  /** An access token of its own; `changes` go into the request for it. */
  tokenOf(machine: Machine, changes?: Record<string, string>): Promise<string>;
  /** Calls below `/api/v2` with these headers; a body that is a text is sent as it stands. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Calls with a token of every scope, or of those that are named. */
  call(method: string, path: string, body?: unknown, scopes?: readonly string[]): Promise<Answer>;
  /** The changes that the log tells of, the oldest first. */
  changes(): Promise<LoggedChange[]>;
}

/** A change by an application. */
export interface LoggedChange {
  clientId: string | null;
  userId: string | null;
  description: string;
  details: Record<string, unknown>;
}

/** `clock` counts budgets alone. */
export async function createTestManagement(
  testDatabase: TestDatabase,
  { clock = systemClock }: { clock?: Clock } = {},
): Promise<TestManagement> {
  const house = await createTestOidc(testDatabase);
  const { database, vault, engine, accounts, app } = house;
  const tools = providerTools({ clock: systemClock, isDevelopment: false });
  await registerManagementApi(app, {
    ...{ engine, accounts, database, vault, clock, issuer },
    accessTokens: new AccessTokenVerifier(database.db, vault, systemClock, issuer),
    delivery: {
      ...{ vault, tools, publicUrl: issuer },
      findDefinition: async (channel, name) => findProviderDefinition(channel, name),
    },
  });
  const tokens = new Map<string, Promise<string>>();

  const grant: TestManagement['grant'] = async (clientId, scopes) => {
    const api = await findResourceServer(database.db, issuer, audience);
    if (!api) throw new Error('The Management API is built in.');
    return (await createClientGrant(database.db, systemClock, clientId, api, [...scopes])).id;
  };

  const machine: TestManagement['machine'] = async (scopes = everyScope) => {
    const { client, clientSecret } = await house.addClient({ appType: 'non_interactive' });
    const { clientId } = client;
    return { clientId, clientSecret, grantId: await grant(clientId, scopes) };
  };

  const tokenOf: TestManagement['tokenOf'] = async ({ clientId, clientSecret }, changes = {}) => {
    const credentials = { client_id: clientId, client_secret: clientSecret };
    const asked = { grant_type: 'client_credentials', audience, ...credentials, ...changes };
    return (await house.token(asked)).body.access_token;
  };

  const send: TestManagement['send'] = async (method, path, body, headers = {}) => {
    const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const response = await app.inject({
      method: method as 'GET',
      url: `/api/v2${path}`,
      headers: {
        host: 'login.example.com',
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(payload === undefined ? {} : { payload }),
    });
    const text = response.body;
    const answered = text === '' ? undefined : JSON.parse(text);
    return { status: response.statusCode, headers: response.headers, body: answered };
  };

  return {
    ...house,
    machine,
    grant,
    tokenOf,
    send,
    async call(method, path, body, scopes = everyScope) {
      const key = scopes.join(' ');
      const token = tokens.get(key) ?? machine(scopes).then((one) => tokenOf(one));
      tokens.set(key, token);
      return send(method, path, body, { authorization: `Bearer ${await token}` });
    },
    async changes() {
      const rows = await database.db
        .selectFrom('logs')
        .select(['client_id', 'user_id', 'description', 'details'])
        .where('type', '=', 'sapi')
        .orderBy('log_id')
        .execute();
      return rows.map(({ client_id: clientId, user_id: userId, description, details }) => ({
        clientId,
        userId,
        description: description ?? '',
        details: JSON.parse(details),
      }));
    },
  };
}
