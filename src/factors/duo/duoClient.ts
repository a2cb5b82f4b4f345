import type { Client } from '@duosecurity/duo_universal';
import type { ServiceContext } from '../../mfa/redirects/redirectFactor.ts';
import { sendThrough } from './sendThrough.ts';
import type { DuoSettings } from './settings.ts';

/** Longest time for one question. */
const timeoutMs = 4000;

/** What is asked of Duo. */
export type DuoClient = Pick<
  Client,
  'healthCheck' | 'createAuthUrl' | 'exchangeAuthorizationCodeFor2FAResult'
>;

/**
 * Duo's own client, which speaks to Duo's host through the guarded way out (S-92), and to no other authorities than
 * Duo names. Loaded when it is used: most servers never do.
 *
 * @throws DuoException where the settings have the wrong form.
 */
export async function openDuo({
  settings: { ikey, skey, host },
  redirectUri,
  unseal,
  connect,
}: ServiceContext<DuoSettings>): Promise<DuoClient> {
  const duo = await import('@duosecurity/duo_universal');
  const client = new duo.Client({
    clientId: ikey,
    clientSecret: unseal(skey),
    apiHost: host,
    redirectUrl: redirectUri,
  });
  sendThrough(client, connect(duo.constants.DUO_PINNED_CERT), timeoutMs);
  return client;
}
