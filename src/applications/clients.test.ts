import { exportJWK, generateKeyPair } from 'jose';
import { expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { systemClock } from '../config/clock.ts';
import { generateMasterKey } from '../crypto/masterKey.ts';
import { openVault } from '../crypto/vault.ts';
import {
  createClient,
  deleteClient,
  findClient,
  listClients,
  readClientSecret,
  rotateClientSecret,
  updateClient,
} from './clients.ts';
import { InvalidApplicationError } from './invalidApplicationError.ts';

forEachDatabase((_engine, open) => {
  async function openStore() {
    const database = await open();
    const vault = await openVault(database, generateMasterKey(), systemClock);
    const create = (draft: Parameters<typeof createClient>[3]) =>
      createClient(database.db, vault, systemClock, draft);
    return { database, db: database.db, vault, create };
  }

  it('gives a new application an id, a secret and the defaults of its type', async () => {
    const { db, create, vault } = await openStore();
    const { client, clientSecret } = await create({ name: 'Shop', appType: 'spa' });
    expect(client.clientId).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(clientSecret).toMatch(/^[A-Za-z0-9_-]{64}$/);
    expect(client).toMatchObject({
      tokenEndpointAuthMethod: 'none',
      grantTypes: ['authorization_code', 'refresh_token'],
      refreshToken: { rotationType: 'rotating', expirationType: 'expiring', leewaySeconds: 0 },
      signingAlg: 'RS256',
      isFirstParty: true,
    });
    expect(await findClient(db, client.clientId)).toEqual(client);
    expect(await readClientSecret(db, vault, client.clientId)).toBe(clientSecret);
  });

  it('makes no secret that a program would take for an option', async () => {
    const { db, create, vault } = await openStore();
    const { client } = await create({ name: 'Shop' });
    for (let i = 0; i < 300; i += 1) {
      const secret = await rotateClientSecret(db, vault, systemClock, client.clientId);
      expect(secret).toMatch(/^[A-Za-z0-9][A-Za-z0-9_-]{63}$/);
    }
  });

  it('S-80 keeps the secret out of the application and out of the table', async () => {
    const { db, create } = await openStore();
    const { client, clientSecret } = await create({ name: 'Shop' });
    const rows = await db.selectFrom('clients').selectAll().execute();
    expect(JSON.stringify([client, await listClients(db), rows])).not.toContain(clientSecret);
  });

  it('S-103 refuses a secret that was moved to another application', async () => {
    const { db, vault, create } = await openStore();
    const [one, other] = [await create({ name: 'One' }), await create({ name: 'Other' })];
    const { client_secret_encrypted } = await db
      .selectFrom('clients')
      .select('client_secret_encrypted')
      .where('client_id', '=', other.client.clientId)
      .executeTakeFirstOrThrow();
    await db
      .updateTable('clients')
      .set({ client_secret_encrypted })
      .where('client_id', '=', one.client.clientId)
      .execute();
    await expect(readClientSecret(db, vault, one.client.clientId)).rejects.toThrow();
  });

  it('S-38 shows a change to the next reader', async () => {
    const { database, db, create } = await openStore();
    const { client } = await create({ name: 'Shop', appType: 'spa' });
    const callbacks = ['https://app.example.com/callback'];
    await database.transaction((trx) => updateClient(trx, systemClock, client.clientId, { callbacks }));
    expect((await findClient(db, client.clientId))?.callbacks).toEqual(callbacks);
  });

  it('replaces a secret', async () => {
    const { db, vault, create } = await openStore();
    const { client, clientSecret } = await create({ name: 'Shop' });
    const fresh = await rotateClientSecret(db, vault, systemClock, client.clientId);
    expect(fresh).not.toBe(clientSecret);
    expect(await readClientSecret(db, vault, client.clientId)).toBe(fresh);
    expect(await rotateClientSecret(db, vault, systemClock, 'nobody')).toBeUndefined();
  });

  it('deletes an application with its tokens, and nothing of others', async () => {
    const { database, db, create } = await openStore();
    const { client } = await create({ name: 'Shop' });
    const { client: other } = await create({ name: 'Other shop' });
    for (const { clientId } of [client, other]) {
      for (const model of ['Grant', 'RefreshToken', 'AccessToken', 'AuthorizationCode']) {
        const payload = JSON.stringify({ iat: 1, clientId, scope: 'openid' });
        await db
          .insertInto('oidc_records')
          .values({ model, id_hash: `${model} ${clientId}`, payload })
          .execute();
      }
    }
    const deletion = () => database.transaction((trx) => deleteClient(trx, client.clientId));
    expect(await deletion()).toBe(true);
    expect(await deletion()).toBe(false);
    expect(await findClient(db, client.clientId)).toBeUndefined();
    const left = await db.selectFrom('oidc_records').select('id_hash').execute();
    expect(left).toHaveLength(4);
    for (const { id_hash } of left) expect(id_hash).toContain(other.clientId);
  });

  it('names everything that is wrong at once', async () => {
    const { db, create } = await openStore();
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const failure = create({
      name: '<b>',
      appType: 'spa',
      callbacks: ['https://app.example.com/#'],
      webOrigins: ['https://app.example.com/'],
      grantTypes: ['client_credentials', 'sorcery'],
      publicKeys: { keys: [await exportJWK(privateKey)] },
      idTokenLifetimeSeconds: 0,
    });
    await expect(failure).rejects.toBeInstanceOf(InvalidApplicationError);
    const { problems } = (await failure.catch((error: unknown) => error)) as InvalidApplicationError;
    for (const field of [
      'name',
      'callbacks',
      'web_origins',
      'client_credentials',
      'sorcery',
      'public key',
      'lifetime',
    ]) {
      expect(problems.join('\n')).toContain(field);
    }
    expect(await listClients(db)).toEqual([]);
  });
});
