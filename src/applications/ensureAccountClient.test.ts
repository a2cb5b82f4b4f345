import { expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { systemClock as clock } from '../config/clock.ts';
import { generateMasterKey } from '../crypto/masterKey.ts';
import { openVault } from '../crypto/vault.ts';
import { accountClientId } from './accountClientId.ts';
import { deleteClient, findClient, listClients, updateClient } from './clients.ts';
import { ensureAccountClient } from './ensureAccountClient.ts';
import { InvalidApplicationError } from './invalidApplicationError.ts';

const issuer = 'https://login.example.com/';

forEachDatabase((_engine, open) => {
  async function openParts() {
    const database = await open();
    return { database, vault: await openVault(database, generateMasterKey(), clock), clock, issuer };
  }

  it('makes a first-party application that keeps no secret and gets no refresh tokens', async () => {
    const parts = await openParts();
    await ensureAccountClient(parts);
    expect(await findClient(parts.database.db, accountClientId)).toMatchObject({
      appType: 'spa',
      isFirstParty: true,
      grantTypes: ['authorization_code'],
      tokenEndpointAuthMethod: 'none',
      callbacks: ['https://login.example.com/account'],
      allowedLogoutUrls: ['https://login.example.com/account'],
      webOrigins: ['https://login.example.com'],
    });
  });

  it('makes one, however many nodes start at once', async () => {
    const parts = await openParts();
    await Promise.all([1, 2, 3].map(() => ensureAccountClient(parts)));
    await ensureAccountClient(parts);
    expect(await listClients(parts.database.db)).toHaveLength(1);
  });

  it('follows another public address and keeps what else was changed', async () => {
    const parts = await openParts();
    const { database } = parts;
    await ensureAccountClient(parts);
    await database.transaction((trx) => updateClient(trx, clock, accountClientId, { name: 'Your profile' }));
    await ensureAccountClient({ ...parts, issuer: 'https://id.example.com/' });
    expect(await findClient(database.db, accountClientId)).toMatchObject({
      name: 'Your profile',
      callbacks: ['https://id.example.com/account'],
      webOrigins: ['https://id.example.com'],
    });
  });

  it('is part of the server and can’t be deleted', async () => {
    const parts = await openParts();
    const { database } = parts;
    await ensureAccountClient(parts);
    const deletion = database.transaction((trx) => deleteClient(trx, accountClientId));
    await expect(deletion).rejects.toBeInstanceOf(InvalidApplicationError);
    expect(await findClient(database.db, accountClientId)).toBeDefined();
  });
});
