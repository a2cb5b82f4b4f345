import { Type } from 'typebox';
import type { App } from '../../../http/createApp.ts';
import { type Asked, registerCall } from '../call.ts';
import type { ManagementDependencies } from '../dependencies.ts';
import { nullable } from '../schemas.ts';
import {
  changeProviders,
  given,
  namedProvider,
  type ProviderChange,
  providerOf,
  providerProblem,
} from './providers.ts';
import { shownSecret } from './shownSecret.ts';

const text = (maxLength: number, description: string) => nullable(Type.String({ maxLength, description }));

const body = Type.Object(
  {
    from: text(64, 'The sender: a number of the account in E.164, or a name. Calls need a number.'),
    messaging_service_sid: text(1000, 'Messaging service that chooses the sender of texts.'),
    auth_token: text(
      1000,
      'Auth token of the account. In answers in clear for who may set it; else asterisks.',
    ),
    sid: text(1000, 'Account SID, which begins with AC.'),
  },
  { additionalProperties: false },
);

const names = {
  accountSid: 'sid',
  authToken: 'auth_token',
  from: 'from',
  messagingServiceSid: 'messaging_service_sid',
};

const isNumber = /^\+[1-9]\d{6,14}$/;

/** `/guardian/factors/phone/providers/twilio` and its older twin below `sms`. */
export function registerTwilio(app: App, dependencies: ManagementDependencies): void {
  for (const name of ['phone', 'sms'] as const) register(app, dependencies, name);
}

function register(app: App, dependencies: ManagementDependencies, name: 'phone' | 'sms'): void {
  const path = `/guardian/factors/${name}/providers/twilio`;
  const age = name === 'sms' ? { isDeprecated: true as const } : {};

  const current = async (asked: Pick<Asked, 'scopes'>) => {
    const { settings, credentials } = await namedProvider(dependencies, 'sms', 'twilio');
    const { authToken } = credentials;
    const answer = given({
      from: settings.from,
      messaging_service_sid: settings.messagingServiceSid,
      auth_token: typeof authToken === 'string' ? shownSecret(asked, authToken) : undefined,
      sid: settings.accountSid,
    });
    return { answer };
  };

  registerCall(app, dependencies, {
    ...{ method: 'GET', path, scopes: ['read:guardian_factors', 'update:guardian_factors'], ...age },
    summary: 'Read what Twilio is used with',
    ...{ status: 200, answer: body },
    handle: current,
  });

  registerCall(app, dependencies, {
    ...{ method: 'PUT', path, scopes: ['update:guardian_factors'], ...age },
    summary: 'Send texts and calls through Twilio',
    description:
      'It takes the place of the provider of texts, and of that of calls where that was Twilio or none. What is left ' +
      'out is unset; without anything Twilio is used no more.',
    body,
    ...{ status: 200, answer: body },
    async handle(asked) {
      const changes = await changesFor(dependencies, asked.body);
      for (const { channel, provider } of changes) {
        const problem = provider && (await providerProblem(dependencies, channel, provider, names));
        if (problem) return { problem };
      }
      await changeProviders(dependencies, asked, changes);
      return current(asked);
    },
  });
}

type Body = Partial<Record<'from' | 'messaging_service_sid' | 'auth_token' | 'sid', string | null>>;

/** Both channels'. What only the command line sets stays, as long as it is the same account. */
async function changesFor(
  dependencies: ManagementDependencies,
  { from, messaging_service_sid: messagingServiceSid, auth_token: authToken, sid }: Body,
): Promise<ProviderChange[]> {
  const isUnset = Object.keys(given({ from, messagingServiceSid, authToken, sid })).length === 0;
  const channels = ['sms', 'voice'] as const;
  const changes = channels.map(async (channel): Promise<ProviderChange[]> => {
    const before = await providerOf(dependencies, channel);
    const isTwilio = before?.name === 'twilio';
    const isVoice = channel === 'voice';
    if (isUnset || (isVoice && !isNumber.test(from ?? '')))
      return isTwilio ? [{ channel, provider: undefined }] : [];
    if (isVoice && before && !isTwilio) return [];
    const kept = isTwilio && before.settings.accountSid === sid ? before : undefined;
    const { apiKeySid, baseUrl } = kept?.settings ?? {};
    const sender = isVoice ? { from } : { from, messagingServiceSid };
    const provider = {
      name: 'twilio',
      settings: given({ accountSid: sid, apiKeySid, baseUrl, ...sender }),
      credentials: given({ authToken, apiKeySecret: kept?.credentials.apiKeySecret }),
    };
    return [{ channel, provider }];
  });
  return (await Promise.all(changes)).flat();
}
