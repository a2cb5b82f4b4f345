import { type Static, Type } from 'typebox';
import { callProvider, type ErrorKinds, errorKinds, refusalOf, unreadableAnswer } from '../callProvider.ts';
import { baseUrl, secret } from '../fields.ts';
import { joinUrl } from '../joinUrl.ts';
import type { HandOver, ProviderConfig, ProviderTools } from '../provider.ts';
import { readJson } from '../readJson.ts';

const standardUrl = 'https://api.twilio.com';

/** What texts and calls need alike. */
export const accountSettings = {
  accountSid: Type.String({
    pattern: '^AC[0-9a-fA-F]{32}$',
    description: 'Account SID, which begins with AC.',
  }),
  apiKeySid: Type.Optional(
    Type.String({
      pattern: '^SK[0-9a-fA-F]{32}$',
      description: 'SID of an API key, which begins with SK; without it the auth token signs in.',
    }),
  ),
  baseUrl: baseUrl(standardUrl),
};

export const accountCredentials = Type.Object(
  {
    authToken: secret('Auth token of the account: receipts are signed with it.'),
    apiKeySecret: Type.Optional(secret('Secret of the API key.')),
  },
  { additionalProperties: false },
);

const accountSchema = Type.Object(accountSettings);
export type TwilioConfig = ProviderConfig<Static<typeof accountSchema>, Static<typeof accountCredentials>>;

/**
 * Codes that say more than their status, which is mostly 400: this message can't be sent. Countries that the
 * account may not reach stay there: whoever picks the numbers must not make the provider look broken.
 * https://www.twilio.com/docs/api/errors
 */
const kinds: ErrorKinds = errorKinds({
  configuration: [
    '10001', // account is not active
    '20003', // wrong credentials
    '20005', // account is not active
    '21210', // From is not verified
    '21212', // invalid From
    '21213', // From is missing
    '21401', // From takes no texts
    '21601', // From takes no texts
    '21603', // From is missing
    '21606', // From doesn't belong to the account
    '21609', // invalid StatusCallback
    '21659', // From is none of Twilio's numbers
    '21660', // From and account don't match
    '21705', // invalid messaging service
    '63038', // daily limit of the account
  ],
  retry: [
    '20429', // too many requests
    '21611', // the queue of From is full
  ],
});

const accepted = Type.Object({
  sid: Type.String({ pattern: '^(SM|MM|CA)[0-9a-fA-F]{32}$' }),
  price: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  price_unit: Type.Optional(Type.Union([Type.String(), Type.Null()])),
});
const refused = Type.Object({ code: Type.Integer() });

/**
 * Creates a resource below the account: one message or one call.
 *
 * @throws DeliveryError
 */
export async function createResource(
  { settings, credentials }: TwilioConfig,
  { http, clock }: ProviderTools,
  resource: 'Messages' | 'Calls',
  form: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<HandOver> {
  const { accountSid, apiKeySid } = settings;
  const user = apiKeySid ?? accountSid;
  const password = apiKeySid === undefined ? credentials.authToken : (credentials.apiKeySecret ?? '');
  const answer = await callProvider(http, {
    method: 'POST',
    url: joinUrl(settings.baseUrl ?? standardUrl, `2010-04-01/Accounts/${accountSid}/${resource}.json`),
    headers: {
      authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    },
    body: new URLSearchParams(form).toString(),
    signal,
  });
  if (answer.status !== 200 && answer.status !== 201) {
    const code = readJson(answer.body, refused)?.code;
    throw refusalOf(answer, clock(), code?.toString(), kinds);
  }
  const created = readJson(answer.body, accepted);
  if (!created) throw unreadableAnswer();
  return { providerMessageId: created.sid, ...costOf(created) };
}

/** Prices are negative there: what they do to the balance. */
function costOf({ price, price_unit }: Static<typeof accepted>): Pick<HandOver, 'cost'> {
  const amount = /^-?(\d+(?:\.\d+)?)$/.exec(price ?? '')?.[1];
  return amount !== undefined && price_unit ? { cost: { amount, currency: price_unit } } : {};
}
