import type { Settings } from '../config/settings.ts';
import type { Channel } from './channel.ts';
import { defaultConcurrency } from './providerStore.ts';
import { missingRoute, outboxRoute, providerRoute, type Route } from './route.ts';

/** Where messages of a channel go while no provider is stored for it. */
export type DefaultWay = 'mail server' | 'outbox' | 'none';

/** E-mail through the mail server of the settings; without one, or for texts and calls, the outbox of `--dev` or none. */
export function defaultWay(
  { smtpUrl, dev }: Pick<Settings, 'smtpUrl' | 'dev'>,
  channel: Channel,
): DefaultWay {
  if (channel === 'email' && smtpUrl !== undefined) return 'mail server';
  return dev ? 'outbox' : 'none';
}

/** The ways out of channels for which no provider is stored. */
export interface SettingRoutes {
  of(channel: Channel): Route;
  close(): void;
}

/** Sets up what `defaultWay` names. */
export async function settingRoutes(
  settings: Pick<Settings, 'smtpUrl' | 'mailFrom' | 'dev'>,
): Promise<SettingRoutes> {
  const { smtpUrl, mailFrom, dev } = settings;
  const withoutProvider = dev ? outboxRoute : missingRoute;
  if (smtpUrl === undefined) return { of: withoutProvider, close: () => {} };
  const { createSmtpFromSetting } = await import('./providers/smtpSetting.ts');
  const smtp = createSmtpFromSetting({ url: smtpUrl, from: mailFrom });
  const mail = providerRoute(
    { id: 'smtp-setting', name: 'smtp', channel: 'email', concurrency: defaultConcurrency },
    smtp,
  );
  return {
    of: (channel) => (defaultWay(settings, channel) === 'mail server' ? mail : withoutProvider(channel)),
    close: () => smtp.close(),
  };
}
