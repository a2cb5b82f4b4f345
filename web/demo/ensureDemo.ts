import { type Client, type ClientDraft, grantTypes } from '../../src/applications/client.ts';
import { createClient, listClients, updateClient } from '../../src/applications/clients.ts';
import { createResourceServer, findResourceServer } from '../../src/applications/resourceServers.ts';
import type { Clock } from '../../src/config/clock.ts';
import type { Vault } from '../../src/crypto/vault.ts';
import type { Database, Db } from '../../src/database/database.ts';
import { demoScopes } from './api/demoScopes.ts';

export interface EnsureDemoParts {
  database: Database;
  vault: Vault;
  clock: Clock;
  /** The public address with its slash. */
  issuer: string;
}

const audience = 'https://api.harbour-bank.example/';
const purpose = 'countersign-demo';

/**
 * Makes the demo's application and API if they are not there, and lets the application follow the public
 * address when that changed. Whatever else was changed on them, a policy for instance, stays.
 *
 * One database transaction; safe to repeat at every start.
 */
export async function ensureDemo({ database, vault, clock, issuer }: EnsureDemoParts): Promise<{
  clientId: string;
  audience: string;
}> {
  return database.transaction(async (trx) => {
    await ensureApi(trx, issuer, clock);
    const addresses = addressesAt(issuer);
    const existing = (await listClients(trx)).find(({ metadata }) => metadata.purpose === purpose);
    if (!existing) {
      const { client } = await createClient(trx, vault, clock, { ...application, ...addresses });
      return { clientId: client.clientId, audience };
    }
    if (!isAt(existing, addresses)) await updateClient(trx, clock, existing.clientId, addresses);
    return { clientId: existing.clientId, audience };
  });
}

const application: ClientDraft = {
  name: 'Harbour Bank (demo)',
  description: 'The demo application that runs at /demo in development.',
  appType: 'spa',
  isFirstParty: true,
  grantTypes: [
    grantTypes.authorizationCode,
    grantTypes.refreshToken,
    grantTypes.mfaOtp,
    grantTypes.mfaOob,
    grantTypes.mfaRecoveryCode,
  ],
  tokenEndpointAuthMethod: 'none',
  metadata: { purpose },
};

async function ensureApi(trx: Db, issuer: string, clock: Clock): Promise<void> {
  if (await findResourceServer(trx, issuer, audience)) return;
  await createResourceServer(trx, issuer, clock, {
    identifier: audience,
    name: 'Harbour Bank API (demo)',
    scopes: [
      { value: demoScopes.readAccount, description: 'See your account' },
      { value: demoScopes.transferMoney, description: 'Send money from your account' },
    ],
    stepUpScopes: [demoScopes.transferMoney],
    tokenLifetimeSeconds: 15 * 60,
    allowOfflineAccess: true,
  });
}

type Addresses = Pick<Client, 'callbacks' | 'allowedLogoutUrls' | 'webOrigins'>;

function addressesAt(issuer: string): Addresses {
  const page = `${issuer}demo`;
  return { callbacks: [page], allowedLogoutUrls: [page], webOrigins: [new URL(issuer).origin] };
}

function isAt(client: Client, { callbacks, allowedLogoutUrls, webOrigins }: Addresses): boolean {
  const holds = (all: readonly string[], [address]: readonly string[]) => all.includes(address as string);
  return (
    holds(client.callbacks, callbacks) &&
    holds(client.allowedLogoutUrls, allowedLogoutUrls) &&
    holds(client.webOrigins, webOrigins)
  );
}
