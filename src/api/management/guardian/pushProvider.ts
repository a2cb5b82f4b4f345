import { type Static, Type } from 'typebox';
import type { App } from '../../../http/createApp.ts';
import { registerCall } from '../call.ts';
import type { ManagementDependencies } from '../dependencies.ts';
import { oneOf } from '../schemas.ts';
import { changeProviders, namedProvider, providerOf } from './providers.ts';

const provider = oneOf(
  ['guardian', 'sns', 'direct'],
  '`guardian`: no service of your own, so that this server’s authenticator alone is woken. `direct`: those of Apple ' +
    'and Google. `sns`: AWS SNS.',
);
const choice = Type.Object({ provider }, { additionalProperties: false });

type Choice = Static<typeof provider>;

const channels = ['apns', 'fcm'] as const;

/** The provider of each channel by the choice. */
const namesOf: Readonly<Record<Exclude<Choice, 'guardian'>, Record<(typeof channels)[number], string>>> = {
  sns: { apns: 'aws-sns', fcm: 'aws-sns' },
  direct: { apns: 'apns', fcm: 'fcm' },
};

/** `/guardian/factors/push-notification/selected-provider`: by what applications with Guardian's library are woken. */
export function registerPushProvider(app: App, dependencies: ManagementDependencies): void {
  const path = '/guardian/factors/push-notification/selected-provider';

  registerCall(app, dependencies, {
    ...{ method: 'GET', path, scopes: ['read:guardian_factors'] },
    summary: 'Read by what devices are woken',
    ...{ status: 200, answer: choice },
    handle: async () => ({ answer: { provider: await selected(dependencies) } }),
  });

  registerCall(app, dependencies, {
    ...{ method: 'PUT', path, scopes: ['update:guardian_factors'] },
    summary: 'Choose by what devices are woken',
    description:
      'Setting a provider up chooses it too. A provider that another takes the place of is forgotten, with its ' +
      'credentials; one that isn’t set up yet wakes nobody.',
    body: choice,
    ...{ status: 200, answer: choice },
    async handle(asked) {
      const wanted = asked.body.provider;
      if (wanted === (await selected(dependencies))) return { answer: asked.body };
      const changes = channels.map(async (channel) => ({
        channel,
        provider:
          wanted === 'guardian'
            ? undefined
            : await namedProvider(dependencies, channel, namesOf[wanted][channel]),
      }));
      await changeProviders(dependencies, asked, await Promise.all(changes));
      return { answer: asked.body };
    },
  });
}

async function selected(dependencies: ManagementDependencies): Promise<Choice> {
  const set = await Promise.all(channels.map((channel) => providerOf(dependencies, channel)));
  const names = set.flatMap((one) => one?.name ?? []);
  if (names.length === 0) return 'guardian';
  return names.includes('aws-sns') ? 'sns' : 'direct';
}
