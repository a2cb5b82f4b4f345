import type { Clock } from '../config/clock.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../database/database.ts';
import { accountClientId } from './accountClientId.ts';
import { type Client, type ClientDraft, grantTypes } from './client.ts';
import { createClientOnce, findClient, updateClient } from './clients.ts';

/** Its tokens live in memory, and a reload asks silently for new ones, so it has no use for refresh tokens. */
const application: ClientDraft = {
  name: 'My account',
  description: 'The page where people look after their own sign-in. Part of this server.',
  appType: 'spa',
  isFirstParty: true,
  grantTypes: [grantTypes.authorizationCode],
  tokenEndpointAuthMethod: 'none',
};

/**
 * Makes the application of the account page where it is missing, and lets it follow the public address when
 * that changed. Whatever else was changed on it, its name for instance, stays.
 *
 * One database transaction; safe to repeat at every start, and to race with another node's.
 */
export async function ensureAccountClient(parts: {
  database: Database;
  vault: Vault;
  clock: Clock;
  /** The public address with its slash. */
  issuer: string;
}): Promise<void> {
  const { database, vault, clock, issuer } = parts;
  const addresses = addressesAt(issuer);
  await database.transaction(async (trx) => {
    const existing = await findClient(trx, accountClientId);
    if (!existing) {
      await createClientOnce(trx, vault, clock, accountClientId, { ...application, ...addresses });
    } else if (!isAt(existing, addresses)) {
      await updateClient(trx, clock, accountClientId, addresses);
    }
  });
}

type Addresses = Pick<Client, 'callbacks' | 'allowedLogoutUrls' | 'webOrigins'>;

function addressesAt(issuer: string): Addresses {
  const page = `${issuer}account`;
  return { callbacks: [page], allowedLogoutUrls: [page], webOrigins: [new URL(issuer).origin] };
}

function isAt(client: Client, { callbacks, allowedLogoutUrls, webOrigins }: Addresses): boolean {
  const holds = (all: readonly string[], wanted: readonly string[]) =>
    wanted.every((address) => all.includes(address));
  return (
    holds(client.callbacks, callbacks) &&
    holds(client.allowedLogoutUrls, allowedLogoutUrls) &&
    holds(client.webOrigins, webOrigins)
  );
}
