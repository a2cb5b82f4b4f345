import { expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { systemClock } from '../config/clock.ts';
import { generateMasterKey } from '../crypto/masterKey.ts';
import { openVault } from '../crypto/vault.ts';
import { createClientGrant, findClientGrant, scopesOfClient, updateClientGrant } from './clientGrants.ts';
import { createClient } from './clients.ts';
import { InvalidApplicationError } from './invalidApplicationError.ts';
import {
  createResourceServer,
  deleteResourceServer,
  findResourceServer,
  listResourceServers,
  updateResourceServer,
} from './resourceServers.ts';

const issuer = 'https://login.example.com/';
const orders = {
  identifier: 'https://api.example.com/orders',
  scopes: [
    { value: 'read:orders', description: 'Read' },
    { value: 'refund:orders', description: 'Refund' },
  ],
  stepUpScopes: ['refund:orders'],
};

forEachDatabase((_engine, open) => {
  async function openStore() {
    const database = await open();
    const create = (draft: Parameters<typeof createResourceServer>[3]) =>
      createResourceServer(database.db, issuer, systemClock, draft);
    return { database, db: database.db, create };
  }

  it('stores an API and finds it by its exact identifier', async () => {
    const { db, create } = await openStore();
    const api = await create(orders);
    expect(api).toMatchObject({
      tokenLifetimeSeconds: 86_400,
      signingAlg: 'RS256',
      clientAccess: 'allow_all',
    });
    expect(await findResourceServer(db, issuer, orders.identifier)).toEqual(api);
    expect(await findResourceServer(db, issuer, `${orders.identifier}/`)).toBeUndefined();
  });

  it('has the MFA API built in, for ten minutes, and never changes it', async () => {
    const { database, db, create } = await openStore();
    const mfa = await findResourceServer(db, issuer, `${issuer}mfa/`);
    expect(mfa).toMatchObject({
      isSystem: true,
      tokenLifetimeSeconds: 600,
      clientAccess: 'require_client_grant',
    });
    expect(mfa?.scopes.map((scope) => scope.value)).toEqual([
      'enroll',
      'read:authenticators',
      'remove:authenticators',
    ]);
    expect(await findResourceServer(db, issuer, `${issuer}mfa`)).toBeUndefined();
    const change = (identifier: string) =>
      database.transaction((trx) =>
        updateResourceServer(trx, issuer, systemClock, identifier, { tokenLifetimeSeconds: 60 }),
      );
    expect(await change(`${issuer}mfa/`)).toBeUndefined();
    await expect(create({ identifier: `${issuer}mfa/` })).rejects.toBeInstanceOf(InvalidApplicationError);
  });

  it('refuses a second API with the same identifier', async () => {
    const { create } = await openStore();
    await create(orders);
    await expect(create(orders)).rejects.toThrow(/exists already/);
  });

  it.each([
    [{ identifier: '' }],
    [{ identifier: 'with space' }],
    [{ identifier: 'x'.repeat(601) }],
    [{ identifier: 'a', scopes: [{ value: 'openid', description: '' }] }],
    [{ identifier: 'a', scopes: [{ value: 'two words', description: '' }] }],
    [{ identifier: 'a', stepUpScopes: ['unknown'] }],
    [{ identifier: 'a', tokenLifetimeSeconds: 0 }],
    [{ identifier: 'a', name: '<i>' }],
  ])('refuses %j', async (draft) => {
    const { create } = await openStore();
    await expect(create(draft)).rejects.toBeInstanceOf(InvalidApplicationError);
  });

  it('changes and deletes, and lists the built-in ones first', async () => {
    const { database, db, create } = await openStore();
    await create(orders);
    const changed = await database.transaction((trx) =>
      updateResourceServer(trx, issuer, systemClock, orders.identifier, { tokenLifetimeSeconds: 60 }),
    );
    expect(changed?.tokenLifetimeSeconds).toBe(60);
    expect((await listResourceServers(db, issuer)).map((api) => api.identifier)).toEqual([
      `${issuer}mfa/`,
      `${issuer}me/`,
      `${issuer}api/v2/`,
      orders.identifier,
    ]);
    expect(await database.transaction((trx) => deleteResourceServer(trx, orders.identifier))).toBe(true);
    expect(await findResourceServer(db, issuer, orders.identifier)).toBeUndefined();
  });

  it('decides which scopes an application may have by itself', async () => {
    const { database, db, create } = await openStore();
    const vault = await openVault(database, generateMasterKey(), systemClock);
    const open = await create(orders);
    const closed = await create({ ...orders, identifier: 'closed', clientAccess: 'require_client_grant' });
    const { client } = await createClient(db, vault, systemClock, { name: 'Ours' });
    const { client: foreign } = await createClient(db, vault, systemClock, {
      name: 'Theirs',
      isFirstParty: false,
    });

    expect(await scopesOfClient(db, client, open)).toEqual(['read:orders', 'refund:orders']);
    expect(await scopesOfClient(db, foreign, open)).toBeUndefined();
    expect(await scopesOfClient(db, client, closed)).toBeUndefined();
    const grant = await createClientGrant(db, systemClock, client.clientId, closed, ['read:orders']);
    expect(await scopesOfClient(db, client, closed)).toEqual(['read:orders']);
    await updateClientGrant(db, grant.id, closed, []);
    expect(await scopesOfClient(db, client, closed)).toEqual([]);
  });

  it('refuses a client grant with a scope that the API lacks, or a second one', async () => {
    const { db, create } = await openStore();
    const api = await create(orders);
    await expect(createClientGrant(db, systemClock, 'c', api, ['unknown'])).rejects.toThrow(/not a scope/);
    await createClientGrant(db, systemClock, 'c', api, []);
    await expect(createClientGrant(db, systemClock, 'c', api, [])).rejects.toThrow(/already/);
    expect(await findClientGrant(db, 'c', api.identifier)).toMatchObject({
      id: expect.stringMatching(/^cgr_/),
    });
  });
});
