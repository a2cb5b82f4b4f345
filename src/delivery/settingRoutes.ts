import type { Settings } from '../config/settings.ts';
import type { Channel, MessageOf } from './channel.ts';
import { defaultConcurrency } from './providerStore.ts';
import type { Provider, WebPushTools } from './providers/provider.ts';
import { missingRoute, outboxRoute, providerRoute, type Route } from './route.ts';

/** Where messages of a channel go while no provider is stored for it. */
export type DefaultWay = 'mail server' | 'push services' | 'outbox' | 'none';

/**
 * E-mail through the mail server of the settings; pushes to browsers to the services that these named, for which
 * nothing has to be set; what is left to the outbox of `--dev`, or to none.
 */
export function defaultWay(
  { smtpUrl, dev }: Pick<Settings, 'smtpUrl' | 'dev'>,
  channel: Channel,
): DefaultWay {
  if (channel === 'email' && smtpUrl !== undefined) return 'mail server';
  if (channel === 'webpush') return 'push services';
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
  tools: WebPushTools,
): Promise<SettingRoutes> {
  const { smtpUrl, mailFrom, dev } = settings;
  const mail = smtpUrl === undefined ? undefined : await mailRoute(smtpUrl, mailFrom);
  const webPush = webPushRoute(tools, dev);
  const withoutProvider = dev ? outboxRoute : missingRoute;
  return {
    of(channel) {
      if (channel === 'email' && mail) return mail.route;
      return channel === 'webpush' ? webPush : withoutProvider(channel);
    },
    close: () => mail?.close(),
  };
}

async function mailRoute(url: string, from: string): Promise<{ route: Route; close: () => void }> {
  const { createSmtpFromSetting } = await import('./providers/smtpSetting.ts');
  const smtp = createSmtpFromSetting({ url, from });
  const of = { id: 'smtp-setting', name: 'smtp', channel: 'email', concurrency: defaultConcurrency } as const;
  return { route: providerRoute(of, smtp), close: () => smtp.close() };
}

/** Each push has a connection of its own, to a service that may be slow. */
const webPushConcurrency = 30;

/** Set up when the first push leaves: many installations have none. In development the outbox shows them too. */
function webPushRoute(tools: WebPushTools, dev: boolean): Route {
  let provider: Promise<Provider<MessageOf['webpush']>> | undefined;
  const of = { id: 'webpush-built-in', name: 'webpush', channel: 'webpush' } as const;
  const route: Route<'webpush'> = {
    ...of,
    concurrency: webPushConcurrency,
    isWatched: false,
    keepsContent: dev,
    async send(message, signal) {
      provider ??= builtInWebPush(tools);
      return (await provider).send(message, signal);
    },
  };
  return route;
}

/** The provider that wakes browsers while none is stored. */
export async function builtInWebPush(tools: WebPushTools): Promise<Provider<MessageOf['webpush']>> {
  const { webPush } = await import('./providers/webPush.ts');
  return webPush.create({ settings: {}, credentials: {} }, tools);
}
