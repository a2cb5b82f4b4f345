import type { Client } from './applications/client.ts';
import { createClient, findClientWithSecret, listClients, updateClient } from './applications/clients.ts';
import { createResourceServer, findResourceServer } from './applications/resourceServers.ts';
import type { Db } from './database/database.ts';
import type { House } from './house.ts';

/** What the demo application is registered as. */
export interface DemoApplication {
  clientId: string;
  clientSecret: string;
  /** Identifier of an API with a scope that needs a second factor. */
  audience: string;
  scopes: readonly string[];
  stepUpScope: string;
}

const marker = { countersign: 'demo' };
const audience = 'https://demo.countersign.example/';
const stepUpScope = 'approve:transfers';
const scopes = [
  { value: 'read:accounts', description: 'See your demo accounts' },
  { value: stepUpScope, description: 'Approve transfers between them' },
];

/**
 * Registers the demo application and its API unless they are there, and lets the application return to
 * the present public address. For development only.
 */
export async function ensureDemoApplication(house: House): Promise<DemoApplication> {
  const { database, clock, settings } = house;
  const { publicUrl } = settings;
  return database.transaction(async (trx) => {
    if (!(await findResourceServer(trx, publicUrl, audience))) {
      await createResourceServer(trx, publicUrl, clock, {
        identifier: audience,
        name: 'Demo API',
        scopes,
        stepUpScopes: [stepUpScope],
        allowOfflineAccess: true,
      });
    }
    const { clientId, clientSecret } = await ensureClient(trx, house, publicUrl);
    return { clientId, clientSecret, audience, scopes: scopes.map(({ value }) => value), stepUpScope };
  });
}

async function ensureClient(trx: Db, { vault, clock }: House, publicUrl: string) {
  const callback = `${publicUrl}demo/callback`;
  const home = `${publicUrl}demo`;
  const demo = (await listClients(trx)).find(({ metadata }) => metadata.countersign === marker.countersign);
  if (!demo) {
    const { client, clientSecret } = await createClient(trx, vault, clock, {
      name: 'Demo application',
      appType: 'regular_web',
      callbacks: [callback],
      allowedLogoutUrls: [home],
      metadata: marker,
    });
    return { clientId: client.clientId, clientSecret };
  }
  await updateClient(trx, clock, demo.clientId, {
    callbacks: withValue(demo.callbacks, callback),
    allowedLogoutUrls: withValue(demo.allowedLogoutUrls, home),
  });
  const found = await findClientWithSecret(trx, vault, demo.clientId);
  if (!found?.clientSecret) throw new Error('The demo application has no secret.');
  return { clientId: demo.clientId, clientSecret: found.clientSecret };
}

function withValue(values: Client['callbacks'], value: string): string[] {
  return values.includes(value) ? values : [...values, value];
}
