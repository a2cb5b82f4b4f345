import { access, constants, stat } from 'node:fs/promises';
import type { Clock } from '../config/clock.ts';
import { findUnsafeSettings } from '../config/safety.ts';
import type { Settings } from '../config/settings.ts';
import { createSmtpFromSetting } from '../delivery/providers/smtpSetting.ts';
import { checkPublicAddress } from './checkPublicAddress.ts';
import { checkStorage } from './checkStorage.ts';
import { type Finding, guard } from './finding.ts';

/**
 * Every check, in order; one that fails doesn't keep the others from running. Nothing is changed.
 *
 * @param besideServer the settings with the address that a server here was last reached at.
 */
export async function runChecks(
  settings: Settings,
  clock: Clock,
  besideServer: (servedAddress: string | undefined) => Promise<Settings>,
): Promise<Finding[]> {
  const storage = await checkStorage(settings, clock);
  const addressed = await besideServer(storage.servedAddress);
  return [
    ...(await checkSettings(settings)),
    await guard('data folder', () => checkDataFolder(settings)),
    ...storage.findings,
    ...(storage.hasMailProvider ? [] : [await guard('e-mail', () => checkEmail(settings))]),
    await guard('public address', () => checkPublicAddress(addressed)),
  ];
}

async function checkSettings(settings: Settings): Promise<Finding[]> {
  const name = 'settings';
  const faults: Finding[] = [];
  const verdict = await guard(name, async () => {
    const advice =
      'docs/settings.md explains each setting. On a laptop, give --dev, as the server has it there.';
    for (const { message } of findUnsafeSettings(settings)) {
      faults.push({ name, status: 'failed', message, advice });
    }
    return { name, status: 'ok', message: 'complete and safe' };
  });
  return faults.length > 0 ? faults : [verdict];
}

async function checkDataFolder({ data }: Settings): Promise<Finding> {
  const name = 'data folder';
  const { mode } = await stat(data);
  await access(data, constants.R_OK | constants.W_OK | constants.X_OK);
  if ((mode & 0o077) === 0) return { name, status: 'ok', message: data };
  return {
    name,
    status: 'warning',
    message: `${data} can be opened by other users of the machine`,
    advice: `chmod 700 ${data}`,
  };
}

async function checkEmail({ smtpUrl, mailFrom, dev }: Settings): Promise<Finding> {
  const name = 'e-mail';
  if (smtpUrl === undefined) {
    if (dev) return { name, status: 'ok', message: 'development outbox at /dev/outbox' };
    return {
      name,
      status: 'warning',
      message: 'no mail server is set: nobody can verify an address or reset a password',
      advice: 'Set COUNTERSIGN_SMTP_URL, or a provider with "countersign provider set email".',
    };
  }
  const smtp = createSmtpFromSetting({ url: smtpUrl, from: mailFrom });
  try {
    await smtp.check(AbortSignal.timeout(20_000));
  } catch (error) {
    // What the server or the network said helps whoever mends it.
    throw (error as Error).cause ?? error;
  } finally {
    smtp.close();
  }
  return { name, status: 'ok', message: `${new URL(smtpUrl).host} accepts the login` };
}
