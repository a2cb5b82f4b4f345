import { expect, it } from 'vitest';
import { findClient, listClients, updateClient } from '../../src/applications/clients.ts';
import { findResourceServer, listResourceServers } from '../../src/applications/resourceServers.ts';
import { systemClock as clock } from '../../src/config/clock.ts';
import { generateMasterKey } from '../../src/crypto/masterKey.ts';
import { openVault } from '../../src/crypto/vault.ts';
import { forEachDatabase } from '../../test/support/databases.ts';
import { ensureDemo } from './ensureDemo.ts';

const issuer = 'http://localhost:3000/';

forEachDatabase((_engine, open) => {
  async function openParts() {
    const database = await open();
    return { database, vault: await openVault(database, generateMasterKey(), clock), clock, issuer };
  }

  it('makes the application and its API', async () => {
    const parts = await openParts();
    const { clientId, audience } = await ensureDemo(parts);
    expect(await findClient(parts.database.db, clientId)).toMatchObject({
      appType: 'spa',
      isFirstParty: true,
      tokenEndpointAuthMethod: 'none',
      callbacks: ['http://localhost:3000/demo'],
      allowedLogoutUrls: ['http://localhost:3000/demo'],
      webOrigins: ['http://localhost:3000'],
      refreshToken: { rotationType: 'rotating' },
    });
    expect(await findResourceServer(parts.database.db, issuer, audience)).toMatchObject({
      scopes: [{ value: 'read:account' }, { value: 'transfer:money' }],
      stepUpScopes: ['transfer:money'],
      allowOfflineAccess: true,
    });
  });

  it('makes them once', async () => {
    const parts = await openParts();
    const first = await ensureDemo(parts);
    expect(await ensureDemo(parts)).toEqual(first);
    expect(await listClients(parts.database.db)).toHaveLength(1);
    const stored = await listResourceServers(parts.database.db, issuer);
    expect(stored.filter(({ isSystem }) => !isSystem)).toHaveLength(1);
  });

  it('follows another public address and keeps what else was changed', async () => {
    const parts = await openParts();
    const { clientId } = await ensureDemo(parts);
    await parts.database.transaction((trx) => updateClient(trx, clock, clientId, { mfaPolicy: 'always' }));
    await ensureDemo({ ...parts, issuer: 'https://localhost:3443/' });
    expect(await findClient(parts.database.db, clientId)).toMatchObject({
      callbacks: ['https://localhost:3443/demo'],
      webOrigins: ['https://localhost:3443'],
      mfaPolicy: 'always',
    });
  });
});
