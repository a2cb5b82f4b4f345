import type { Logger } from 'pino';
import { registerAccountPage } from '../web/account/server.ts';
import { registerAuthenticator } from '../web/authenticator/server.ts';
import { registerDbConnections } from './api/authentication/dbconnections.ts';
import { registerMfaApi } from './api/authentication/mfa/index.ts';
import { registerReceipts } from './api/delivery/receipts.ts';
import { registerGuardianApi } from './api/guardian/index.ts';
import { guardianPaths } from './api/guardian/mounts.ts';
import { registerManagementApi } from './api/management/index.ts';
import { registerMyAccountApi } from './api/my-account/index.ts';
import { accountClientId } from './applications/accountClientId.ts';
import { ensureAccountClient } from './applications/ensureAccountClient.ts';
import { findLandingPage } from './applications/findLandingPage.ts';
import { isRegisteredOrigin } from './applications/registeredOrigins.ts';
import { AccessTokenVerifier } from './crypto/accessTokens.ts';
import { prune } from './database/prune.ts';
import { DatabaseUnavailableError } from './database/unavailable.ts';
import { type OutageWatch, watchOutages } from './database/watchOutages.ts';
import { DeliveryMeter, type DeliveryOutcome } from './delivery/deliveryMeter.ts';
import { startDispatcher } from './delivery/dispatcher.ts';
import { vapidKeys } from './delivery/push/vapidKeys.ts';
import { defaultWay } from './delivery/settingRoutes.ts';
import { createEmailRenderer } from './delivery/templates/renderEmail.ts';
import { storedTemplateSource } from './delivery/templates/storedTemplateSource.ts';
import { createCodeWording } from './delivery/templates/wordCode.ts';
import { createPushWording } from './delivery/templates/wordPush.ts';
import { Errands } from './errands/errands.ts';
import type { House } from './house.ts';
import { houseAccounts } from './houseAccounts.ts';
import { deliveryMetrics, houseRoutes, providerSetUp } from './houseDelivery.ts';
import { registerApiDocs } from './http/apiDocs.ts';
import { registerCors } from './http/cors.ts';
import { type App, createApp } from './http/createApp.ts';
import { registerHealth } from './http/health.ts';
import { registerMetrics } from './http/metrics.ts';
import { joinInteractions } from './joinInteractions.ts';
import { pruneLog } from './logs/pruneLog.ts';
import { findVoidCodes } from './mfa/sends/findVoidCodes.ts';
import { registerOidc } from './oidc/mount.ts';
import { createOidc } from './oidc/oidc.ts';
import { openApiPaths } from './oidc/openApiPaths.ts';
import { createOperatorConsole } from './operator/operatorConsole.ts';
import { registerOperator } from './operator/registerOperator.ts';
import { registerOutbox } from './outbox/registerOutbox.ts';
import { registerHome } from './pages/registerHome.ts';
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
  const outages = logOutages(house, logger);
  const reportFault = (err: unknown) => {
    if (!(err instanceof DatabaseUnavailableError)) logger.error({ err }, 'background work failed');
  };

  const accounts = houseAccounts(house, () => dispatcher.kick());
  const sender = () => readTenantSettings(db);
  const words = { publicUrl, sender, templates: storedTemplateSource(db, clock) };
  const render = createEmailRenderer(words);
  const wordCode = createCodeWording({ ...words, renderEmail: render });
  const wordPush = createPushWording(words);
  const routes = await houseRoutes(house);
  const meter = new DeliveryMeter();
  const dispatcher = startDispatcher({
    database,
    vault,
    clock,
    routes: (channel) => routes.of(channel),
    findVoidCodes: (trx, challengeIds) => findVoidCodes(trx, clock, challengeIds),
    onEndpointGone: (trx, gone) => engine.devices.markUnreachable(trx, gone, 'endpoint_gone'),
    render,
    wordCode,
    wordPush,
    handlers: accounts.requestHandlers,
    onFault: reportFault,
    onOutcome: (told) => meter.note(told),
    isPaused: outages.isLost,
  });
  house.onQueued(() => dispatcher.kick());
  const pruneUnlessLost = async () => {
    if (outages.isLost()) return;
    await prune(db, clock);
    await pruneLog(db, clock, (await readTenantSettings(db)).logRetentionDays);
  };
  const pruning = repeat(pruneEveryMs, pruneUnlessLost, reportFault);

  const app = createApp({ publicUrl, trustedProxies, isDevelopment, logger, tls });
  registerCors(app, (origin) => isRegisteredOrigin(db, origin), guardianPaths);
  registerMetrics(app, settings.metricsFrom, deliveryMetrics(house, meter));
  registerApiDocs(app, publicUrl, openApiPaths);
  registerHealth(app, database);
  const oidc = createOidc({ publicUrl, database, vault, clock, engine, accounts });
  const operatorConsole = createOperatorConsole({
    ...{ publicUrl, database, vault, clock, engine, accounts },
    defaultWay: (channel) => defaultWay(settings, channel),
  });
  const errands = new Errands({ publicUrl, database, vault, clock, engine, accounts });
  const pages = await registerPages(app, {
    publicUrl,
    clock,
    vault,
    engine,
    accounts,
    errands,
    interactions: joinInteractions([operatorConsole.signIns, errands], oidc.interactions),
    readSettings: () => readTenantSettings(db),
    findLandingPage: (clientId) => findLandingPage(db, clientId),
  });
  registerOidc(app, oidc, pages);
  await registerOperator(app, operatorConsole);
  const accessTokens = new AccessTokenVerifier(db, vault, clock, publicUrl);
  registerMfaApi(app, { engine, accessTokens, db, vault, clock, issuer: publicUrl });
  await registerMyAccountApi(app, { engine, accounts, accessTokens, database, clock, issuer: publicUrl });
  await registerManagementApi(app, {
    ...{ engine, accounts, accessTokens, database, vault, clock, issuer: publicUrl },
    delivery: providerSetUp(db, house),
  });
  registerDbConnections(app, { database, clock, accounts });
  const vapidPublicKey = async () => (await vapidKeys(db, vault, clock)).publicKey;
  await registerGuardianApi(app, { engine, db, vault, clock, publicUrl, vapidPublicKey });
  const onReceipt = (told: DeliveryOutcome) => meter.note(told);
  await registerReceipts(app, { ...providerSetUp(db, house), database, clock, onReceipt });
  await ensureAccountClient({ database, vault, clock, issuer: publicUrl });
  await registerAccountPage(app, {
    issuer: publicUrl,
    clientId: accountClientId,
    readSettings: () => readTenantSettings(db),
  });
  await registerAuthenticator(app, { isDevelopment });
  if (isDevelopment) {
    registerOutbox(app, { database, vault, render, wordCode, wordPush, drain: dispatcher.drain });
    await registerDemoApplication(app, house);
  } else {
    registerHome(app, pages);
  }
  await app.ready();

  return {
    app,
    async listen() {
      await app.listen({ host: settings.host, port: settings.port });
    },
    async close() {
      // Whoever waits for a device is answered now, or the server would wait for them.
      engine.devices.stop();
      await app.close();
      outages.stop();
      await Promise.all([dispatcher.stop(), pruning.stop()]);
      routes.close();
    },
  };
}

/** One line when the database is lost and one when it is back, however many requests fail in between. */
function logOutages({ database, clock }: House, logger: Logger): OutageWatch {
  return watchOutages(database, clock, {
    onLost: ({ message }) => logger.error({ reason: message }, 'database lost'),
    onRegained: (seconds) => logger.warn({ seconds }, 'database is back'),
  });
}

async function registerDemoApplication(app: App, { settings, database, vault, clock }: House): Promise<void> {
  const { ensureDemo, registerDemo } = await import('../web/demo/server.ts');
  const issuer = settings.publicUrl;
  await registerDemo(app, { issuer, clock, ...(await ensureDemo({ database, vault, clock, issuer })) });
}
