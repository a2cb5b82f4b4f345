import type { Logger } from 'pino';
import { registerDbConnections } from './api/authentication/dbconnections.ts';
import { registerMfaApi } from './api/authentication/mfa/index.ts';
import { isRegisteredOrigin } from './applications/registeredOrigins.ts';
import type { Settings } from './config/settings.ts';
import { AccessTokenVerifier } from './crypto/accessTokens.ts';
import { prune } from './database/prune.ts';
import { startDispatcher } from './delivery/dispatcher.ts';
import { missingTransport } from './delivery/missingTransport.ts';
import { outboxTransport } from './delivery/outboxTransport.ts';
import { createEmailRenderer } from './delivery/templates/renderEmail.ts';
import type { MailTransport } from './delivery/transport.ts';
import type { House } from './house.ts';
import { houseAccounts } from './houseAccounts.ts';
import { registerApiDocs } from './http/apiDocs.ts';
import { registerCors } from './http/cors.ts';
import { type App, createApp } from './http/createApp.ts';
import { registerHealth } from './http/health.ts';
import { registerMetrics } from './http/metrics.ts';
import { joinInteractions } from './joinInteractions.ts';
import { registerOidc } from './oidc/mount.ts';
import { createOidc } from './oidc/oidc.ts';
import { openApiPaths } from './oidc/openApiPaths.ts';
import { createOperatorConsole } from './operator/operatorConsole.ts';
import { registerOperator } from './operator/registerOperator.ts';
import { registerOutbox } from './outbox/registerOutbox.ts';
import { registerPages } from './pages/registerPages.ts';
import { repeat } from './repeat.ts';
import { readTenantSettings } from './tenant/tenantSettings.ts';

export interface ServerOptions {
  logger: Logger;
  /** PEM; without it the server speaks plain http. */
  tls?: { cert: string; key: string } | undefined;
}

/** The HTTP server with its background work. */
export interface Server {
  app: App;
  /** Starts accepting connections. */
  listen(): Promise<void>;
  /** Turns new requests away, finishes those under way and the background work. The house stays open. */
  close(): Promise<void>;
}

const pruneEveryMs = 5 * 60 * 1000;

/** Puts every surface onto one HTTP server. The only place that knows them all. */
export async function createServer(house: House, { logger, tls }: ServerOptions): Promise<Server> {
  const { settings, database, vault, clock, engine } = house;
  const { publicUrl, trustedProxies, dev: isDevelopment } = settings;
  const { db } = database;
  const reportFault = (err: unknown) => logger.error({ err }, 'background work failed');

  const accounts = houseAccounts(house, () => dispatcher.kick());
  const render = createEmailRenderer({ publicUrl, sender: () => readTenantSettings(db) });
  const dispatcher = startDispatcher({
    database,
    vault,
    clock,
    transport: await chooseTransport(settings),
    render,
    handlers: accounts.requestHandlers,
    onFault: reportFault,
  });
  const pruning = repeat(pruneEveryMs, () => prune(db, clock), reportFault);

  const app = createApp({ publicUrl, trustedProxies, isDevelopment, logger, tls });
  registerCors(app, (origin) => isRegisteredOrigin(db, origin));
  registerMetrics(app, settings.metricsFrom);
  registerApiDocs(app, publicUrl, openApiPaths);
  registerHealth(app, database);
  const oidc = createOidc({ publicUrl, database, vault, clock, engine, accounts });
  const operatorConsole = createOperatorConsole({ publicUrl, database, vault, clock, engine, accounts });
  const pages = await registerPages(app, {
    publicUrl,
    clock,
    vault,
    engine,
    accounts,
    interactions: joinInteractions(operatorConsole.signIns, oidc.interactions),
    readSettings: () => readTenantSettings(db),
  });
  registerOidc(app, oidc, pages);
  await registerOperator(app, operatorConsole);
  const accessTokens = new AccessTokenVerifier(db, vault, clock, publicUrl);
  registerMfaApi(app, { engine, accessTokens, db, vault, clock, issuer: publicUrl });
  registerDbConnections(app, { database, clock, accounts });
  if (isDevelopment) {
    registerOutbox(app, { database, vault, render, drain: dispatcher.drain });
    await registerDemoApplication(app, house);
  }
  await app.ready();

  return {
    app,
    async listen() {
      await app.listen({ host: settings.host, port: settings.port });
    },
    async close() {
      await app.close();
      await Promise.all([dispatcher.stop(), pruning.stop()]);
    },
  };
}

async function registerDemoApplication(app: App, { settings, database, vault, clock }: House): Promise<void> {
  const { ensureDemo, registerDemo } = await import('../web/demo/server.ts');
  const issuer = settings.publicUrl;
  await registerDemo(app, { issuer, clock, ...(await ensureDemo({ database, vault, clock, issuer })) });
}

async function chooseTransport({ smtpUrl, mailFrom, dev }: Settings): Promise<MailTransport> {
  if (smtpUrl !== undefined) {
    const { createSmtpTransport } = await import('./delivery/smtp.ts');
    return createSmtpTransport({ url: smtpUrl, from: mailFrom });
  }
  return dev ? outboxTransport : missingTransport;
}
