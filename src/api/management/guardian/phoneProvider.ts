import { type Static, Type } from 'typebox';
import type { App } from '../../../http/createApp.ts';
import { registerCall } from '../call.ts';
import type { ManagementDependencies } from '../dependencies.ts';
import { notSupported } from '../problem.ts';
import { oneOf } from '../schemas.ts';
import { changeProviders, namedProvider, type ProviderChange, providerOf } from './providers.ts';

const provider = oneOf(
  ['auth0', 'twilio', 'phone-message-hook'],
  '`auth0`: none of your own, which outside development sends nothing. `phone-message-hook`: another than Twilio, ' +
    'set at the command line: a webhook, Vonage, AWS SNS.',
);
const choice = Type.Object({ provider }, { additionalProperties: false });

/** `/guardian/factors/phone/selected-provider` and its older twin below `sms`: who takes texts and calls. */
export function registerPhoneProvider(app: App, dependencies: ManagementDependencies): void {
  for (const name of ['phone', 'sms'] as const) register(app, dependencies, name);
}

function register(app: App, dependencies: ManagementDependencies, name: 'phone' | 'sms'): void {
  const path = `/guardian/factors/${name}/selected-provider`;
  const age = name === 'sms' ? { isDeprecated: true as const } : {};

  registerCall(app, dependencies, {
    ...{ method: 'GET', path, scopes: ['read:guardian_factors'], ...age },
    summary: 'Read who takes texts and calls',
    ...{ status: 200, answer: choice },
    handle: async () => ({ answer: { provider: await selected(dependencies) } }),
  });

  registerCall(app, dependencies, {
    ...{ method: 'PUT', path, scopes: ['update:guardian_factors'], ...age },
    summary: 'Choose who takes texts and calls',
    description:
      'Setting a provider up chooses it too. A provider that another takes the place of is forgotten, with its ' +
      'credentials; Twilio sends nothing until it is set up.',
    body: choice,
    ...{ status: 200, answer: choice },
    async handle(asked) {
      const wanted = asked.body.provider;
      if (wanted === (await selected(dependencies))) return { answer: asked.body };
      if (wanted === 'phone-message-hook')
        return {
          problem: notSupported('No such provider is set. Set one at the command line: provider set.'),
        };
      const changes: ProviderChange[] =
        wanted === 'twilio'
          ? [{ channel: 'sms', provider: await namedProvider(dependencies, 'sms', 'twilio') }]
          : (['sms', 'voice'] as const).map((channel) => ({ channel, provider: undefined }));
      await changeProviders(dependencies, asked, changes);
      return { answer: asked.body };
    },
  });
}

async function selected(dependencies: ManagementDependencies): Promise<Static<typeof provider>> {
  const sms = await providerOf(dependencies, 'sms');
  const { name } = sms ?? (await providerOf(dependencies, 'voice')) ?? {};
  if (name === undefined) return 'auth0';
  return name === 'twilio' ? 'twilio' : 'phone-message-hook';
}
