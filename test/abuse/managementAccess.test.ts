import { beforeAll, describe, expect, it } from 'vitest';
import { forEachDatabase, type OpenTestDatabase } from '../support/databases.ts';
import {
  type Answer,
  audience,
  createTestManagement,
  everyScope,
  type Machine,
  password,
  type TestManagement,
} from '../support/management.ts';
import { listingRoutes, type Route } from './routes.ts';

const otherApi = 'https://api.example.com/';

forEachDatabase((_engine, open) => {
  describe('S-106 every call of the Management API', () => {
    let house: TestManagement;
    let routes: Route[];
    let before: string;
    let machine: Machine;

    beforeAll(async () => {
      ({ created: house, routes } = await listManagement(open));
      machine = await house.machine();
      await house.addApi({ identifier: otherApi });
      before = await stateOf(house);
    });

    /** Asks every route, and makes sure that nothing came of it. */
    async function everyRefusal(token: string | undefined): Promise<[route: string, answer: Answer][]> {
      const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const refusals: [string, Answer][] = [];
      for (const { method, url } of routes) {
        const path = url.slice('/api/v2'.length).replace(/:\w+/g, 'somebody');
        const body = method === 'GET' || method === 'DELETE' ? undefined : {};
        refusals.push([`${method} ${url}`, await house.send(method, path, body, headers)]);
      }
      expect(await stateOf(house)).toBe(before);
      return refusals;
    }

    /** That all were refused alike, in the contract's shape. */
    function expectAll(refusals: [string, Answer][], status: number, error: string): void {
      for (const [route, answer] of refusals)
        expect({ route, status: answer.status, body: answer.body }).toMatchObject({
          route,
          status,
          body: { statusCode: status, error, message: expect.any(String), errorCode: expect.any(String) },
        });
    }

    it('is among those that are looked at', () => {
      expect(routes.length).toBeGreaterThan(30);
      expect(routes).toContainEqual({ method: 'PUT', url: '/api/v2/guardian/factors/:name' });
    });

    it('answers 401 without a token', async () => {
      expectAll(await everyRefusal(undefined), 401, 'Unauthorized');
    });

    it('answers 401 to what is no token', async () => {
      expectAll(await everyRefusal('nonsense'), 401, 'Unauthorized');
    });

    it('answers 401 to the token of another installation', async () => {
      const other = await createTestManagement(await open());
      expectAll(await everyRefusal(await other.tokenOf(await other.machine())), 401, 'Unauthorized');
    });

    it('answers 401 to a token for another API', async () => {
      const token = await house.tokenOf(machine, { audience: otherApi });
      expect(token).toBeDefined();
      expectAll(await everyRefusal(token), 401, 'Unauthorized');
    });

    it('answers 403 to a token without scopes, and names those that it takes', async () => {
      const refusals = await everyRefusal(await house.tokenOf(await house.machine([])));
      expectAll(refusals, 403, 'Forbidden');
      for (const [route, { body }] of refusals) {
        const [text, scopes = ''] = body.message.split(': ');
        expect({ route, text }).toEqual({ route, text: 'Insufficient scope, expected any of' });
        expect(everyScope).toEqual(expect.arrayContaining(scopes.split(',')));
      }
    });

    it('answers 403 to a token with every scope but those that it takes', async () => {
      const asked = await everyRefusal(await house.tokenOf(await house.machine([])));
      const wanted = new Set(asked.map(([, { body }]) => body.message.split(': ')[1]));
      for (const scopes of wanted) {
        const others = everyScope.filter((scope) => !scopes.split(',').includes(scope));
        const token = await house.tokenOf(await house.machine(others));
        const [index] = asked.flatMap(([, { body }], i) => (body.message.endsWith(`: ${scopes}`) ? [i] : []));
        const { method, url } = routes[index ?? -1] as Route;
        const path = url.slice('/api/v2'.length).replace(/:\w+/g, 'somebody');
        const { status } = await house.send(method, path, undefined, { authorization: `Bearer ${token}` });
        expect({ url, status }).toEqual({ url, status: 403 });
      }
    });

    it('answers 403 to the token of a person, whatever the application may do', async () => {
      const { client, clientSecret } = await house.addClient({ grantTypes: ['password'] });
      await house.grant(client.clientId, everyScope);
      await house.addUser('kim@example.com');
      const { body } = await house.token({
        ...{ grant_type: 'password', username: 'kim@example.com', password, audience },
        scope: `openid ${everyScope.join(' ')}`,
        ...{ client_id: client.clientId, client_secret: clientSecret },
      });
      expect(body.scope).toBe('openid');
      before = await stateOf(house);
      expectAll(await everyRefusal(body.access_token), 403, 'Forbidden');
    });
  });
});

async function listManagement(open: OpenTestDatabase) {
  const database = await open();
  const { created, routes } = await listingRoutes(() => createTestManagement(database));
  return {
    created,
    routes: routes.filter(({ method, url }) => url.startsWith('/api/v2/') && method !== 'HEAD'),
  };
}

/** Everything that a call could change. Applications are made between. */
async function stateOf({ database: { db } }: TestManagement): Promise<string> {
  const tables = ['users', 'tenant_settings', 'delivery_providers', 'message_templates'] as const;
  const rows = await Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute()));
  const changes = await db.selectFrom('logs').selectAll().where('type', '=', 'sapi').execute();
  return JSON.stringify([...rows, changes]);
}
