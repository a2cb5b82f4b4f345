import { DatabaseUnavailableError } from '../../src/database/unavailable.ts';
import type { App } from '../../src/http/createApp.ts';
import { defaultTenantSettings, type TenantSettings } from '../../src/tenant/tenantSettings.ts';
import { forEver } from '../../src/ui/browserFiles.ts';
import { readAccountFiles } from './accountFiles.ts';
import { accountHeaders } from './accountHeaders.ts';
import { accountPage } from './accountPage.ts';

export interface AccountPageOptions {
  /** The public address with its slash. */
  issuer: string;
  clientId: string;
  readSettings: () => Promise<TenantSettings>;
}

const schema = { hide: true };

/**
 * Serves the account page at `/account`: where people look after their own factors, codes, browsers and
 * sessions. It signs in with Auth0's SDK as an application of its own and does everything through the My
 * Account API.
 */
export async function registerAccountPage(
  app: App,
  { issuer, clientId, readSettings }: AccountPageOptions,
): Promise<void> {
  const { folder, files, modules } = readAccountFiles();
  await app.register(async (account) => {
    account.addHook('onRequest', async (_request, reply) => {
      reply.headers(accountHeaders);
    });
    account.get('/account', { schema }, async (_request, reply) => {
      const {
        friendlyName: name,
        enabledLocales: locales,
        ...settings
      } = await readSettings().catch(orDefault);
      const { supportEmail, supportUrl } = settings;
      const config = { issuer, clientId, name, locales, supportEmail, supportUrl };
      return reply.type('text/html; charset=utf-8').send(accountPage(config, folder, modules));
    });
    account.get('/account/', { schema }, (_request, reply) => reply.redirect('/account', 308));
    for (const [name, { type, content }] of files) {
      account.get(`${folder}/${name}`, { schema }, (_request, reply) =>
        reply.type(type).header('cache-control', forEver).send(content),
      );
    }
  });
}

/** Without its database the server can still send the page, whose script says that nothing works just now. */
function orDefault(error: unknown): TenantSettings {
  if (error instanceof DatabaseUnavailableError) return defaultTenantSettings;
  throw error;
}
