import { describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { callback, createTestOidc, type TestOidc } from '../../test/support/oidc.ts';

const burst = 1000;

forEachDatabase((_engine, open) => {
  describe('authorization requests of strangers', () => {
    async function setUp() {
      const house = await createTestOidc(await open());
      const { client } = await house.addClient({ appType: 'spa' });
      const push = (fields: Record<string, string>) =>
        house.post('/oauth/par', { response_type: 'code', redirect_uri: callback, ...fields, ...pkce });
      return { house, client, push };
    }

    it('S-23 one address has a budget of those that are kept, over processes, and is told when to come back', async () => {
      const { house, client, push } = await setUp();
      await leave(house, 2);
      const other = await house.restart();
      expect((await house.browser().authorize(client.clientId)).status).toBe(303);
      expect((await push({ client_id: client.clientId })).status).toBe(201);
      const kept = await countRecords(house);

      for (const node of [house, other]) {
        const refused = await node.browser().authorize(client.clientId);
        expect([refused.status, refused.body]).toEqual([429, 'rate limited']);
        expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
        expect(refused.location).toBeUndefined();
        expect(refused.headers['set-cookie']).toBeUndefined();
      }
      const pushed = await push({ client_id: client.clientId });
      expect([pushed.status, pushed.body.error]).toEqual([429, 'too_many_requests']);
      expect(Number(pushed.headers['retry-after'])).toBeGreaterThan(0);
      expect(await countRecords(house)).toBe(kept);
    });

    it('leaves out whoever is signed in, silent requests and applications that prove who they are', async () => {
      const { house, client, push } = await setUp();
      const userId = await house.addUser();
      const browser = house.browser();
      await browser.finish((await browser.authorize(client.clientId)).location, userId);
      const web = await house.addClient({ grantTypes: ['authorization_code'] });
      await leave(house, 0);

      const signedIn = await browser.authorize(client.clientId);
      expect(signedIn.location?.searchParams.get('code')).toBeTruthy();
      const silent = await house.browser().authorize(client.clientId, { prompt: 'none' });
      expect(silent.location?.searchParams.get('error')).toBe('login_required');
      const message = { prompt: 'none', response_mode: 'web_message' };
      expect((await house.browser().authorize(client.clientId, message)).body).toContain('login_required');
      const credentials = { client_id: web.client.clientId, client_secret: web.clientSecret };
      expect((await push(credentials)).status).toBe(201);
    });

    it('S-23 failures are logged up to a budget of the address', async () => {
      const { house, client } = await setUp();
      const key = 'logged-failure:127.0.0.1';
      await house.database.db
        .insertInto('throttles')
        .values({ key, arrival: Date.now() + (burst - 2) * 1000 })
        .execute();
      for (let i = 0; i < 5; i += 1) {
        await house.browser().authorize(client.clientId, { prompt: 'none' });
        const form = {
          grant_type: 'authorization_code',
          client_id: client.clientId,
          code: 'x',
          redirect_uri: callback,
        };
        expect((await house.token({ ...form, code_verifier: 'x'.repeat(43) })).status).toBe(403);
      }
      expect((await house.events()).length).toBeLessThan(5);
      expect((await house.events()).length).toBeGreaterThan(0);
    });
  });
});

const pkce = { code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' };

/** Leaves the address of the tests so many more requests. */
async function leave({ database }: TestOidc, more: number): Promise<void> {
  const arrival = Date.now() + (burst - more) * 1000;
  await database.db
    .insertInto('throttles')
    .values({ key: 'authorization-request:127.0.0.1', arrival })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ arrival }))
    .execute();
}

async function countRecords({ database }: TestOidc): Promise<number> {
  return (await database.db.selectFrom('oidc_records').select('model').execute()).length;
}
