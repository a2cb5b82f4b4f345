import { readFile } from 'node:fs/promises';
import { flushCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { systemClock } from '../config/clock.ts';
import { SettingsError } from '../config/readSettings.ts';
import { findUnsafeSettings } from '../config/safety.ts';
import { hasFlag, settingNames } from '../config/settingDefinitions.ts';
import type { Settings } from '../config/settings.ts';
import { listProviders } from '../delivery/providerStore.ts';
import type { House } from '../house.ts';
import { createLogger } from '../http/createLogger.ts';
import { findFreePort } from '../http/freePort.ts';
import { createServer } from '../server.ts';
import { developmentCertificate } from '../tls/developmentCertificate.ts';
import { enableDevelopmentFactors } from './developmentFactors.ts';
import { inviteFirstOperator } from './firstOperator.ts';
import { type CommonOptions, settingOption, storageSettings, withCommonOptions } from './options.ts';
import { createOutput } from './output.ts';
import type { RegisterCommand } from './program.ts';
import { serveAlone } from './serveAlone.ts';
import { rememberServedAddress } from './servedAddress.ts';
import { stopRequested } from './stopRequested.ts';
import { type ServedCertificate, welcome } from './welcome.ts';
import { openInstallation, settingsOf } from './withHouse.ts';

/** `serve`: runs the server until it is asked to stop. */
export const register: RegisterCommand = (program, io) => {
  const command = withCommonOptions(program.command('serve')).description('run the server');
  const ownOptions = settingNames.filter((name) => hasFlag(name) && !storageSettings.has(name));
  for (const name of ownOptions) command.addOption(settingOption(name));
  command.action(async (options: CommonOptions) => {
    const settings = await settlePort(await settingsOf(options, io));
    refuseUnsafe(settings);
    const letGo = serveAlone(settings);
    try {
      await serve(settings, (answer, text) => createOutput(io, options.json === true).print(answer, text));
    } finally {
      letGo();
    }
  });
};

/** @throws SettingsError (S-111) */
function refuseUnsafe(settings: Settings): void {
  const faults = findUnsafeSettings(settings);
  if (faults.length === 0) return;
  const developmentMends = findUnsafeSettings({ ...settings, dev: true }).length === 0;
  throw new SettingsError(
    faults,
    developmentMends ? 'To try it on a laptop, nobody else’s logins on it: add --dev.' : undefined,
  );
}

/** @param tell called once, when connections are accepted. */
async function serve(settings: Settings, tell: (answer: object, text: string) => void): Promise<void> {
  const house = await openInstallation(settings);
  try {
    const tls = await certificateOf(settings);
    if (settings.dev) await enableDevelopmentFactors(house);
    const invitation = settings.dev ? await inviteFirstOperator(house) : undefined;
    const logger = createLogger(settings.logLevel);
    for (const warning of await warningsOf(house)) logger.warn(warning);
    const server = await createServer(house, { logger, tls });
    try {
      await server.listen();
      await rememberServedAddress(house.database.db, house.clock, settings.publicUrl);
      settleIn();
      tell({ url: settings.publicUrl, pid: process.pid }, welcome({ settings, tls, invitation }));
      await stopRequested();
    } finally {
      await server.close();
    }
  } finally {
    await house.close();
  }
}

/** What works, but not as the operator may think. */
async function warningsOf({ settings, database }: House): Promise<string[]> {
  const { dev, host, smtpUrl } = settings;
  const isPrivate = host === 'localhost' || host === '::1' || host.startsWith('127.');
  return [
    ...(dev && !isPrivate
      ? ['other machines may be able to read the outbox, and so to open every account']
      : []),
    ...(dev || smtpUrl !== undefined || (await listProviders(database.db, 'email')).length > 0
      ? []
      : ['no mail server is set (smtpUrl): messages wait, and fail after a day']),
  ];
}

/** Ends the economies of the start (bin/countersign.js): keeps what was compiled, lets the heap grow under load. */
function settleIn(): void {
  flushCompileCache();
  setFlagsFromString('--semi-space-growth-factor=2');
}

/** Port 0 means any free one; it is chosen now, since the public address may hold it. */
async function settlePort(settings: Settings): Promise<Settings> {
  if (settings.port !== 0) return settings;
  const port = await findFreePort(settings.host);
  return { ...settings, port, publicUrl: settings.publicUrl.replace(/:0\/$/, `:${port}/`) };
}

async function certificateOf({
  https,
  data,
  tlsCert,
  tlsKey,
}: Settings): Promise<ServedCertificate | undefined> {
  if (tlsCert !== undefined && tlsKey !== undefined) {
    return { cert: await readFile(tlsCert, 'utf8'), key: await readFile(tlsKey, 'utf8') };
  }
  return https ? developmentCertificate(data, systemClock) : undefined;
}
