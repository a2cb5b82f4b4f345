import { type Static, Type } from 'typebox';
import { smsSegments } from '../../templates/smsSegments.ts';
import { callProvider, errorKinds, refusalOf, unreadableAnswer } from '../callProvider.ts';
import { baseUrl, secret } from '../fields.ts';
import { joinUrl } from '../joinUrl.ts';
import { DeliveryError, type HandOver, type ProviderDefinition } from '../provider.ts';
import { readJson } from '../readJson.ts';
import { readVonageSmsReceipt } from './readVonageSmsReceipt.ts';
import { apiKey, currency, signatureSecret } from './vonageAccount.ts';

const standardUrl = 'https://rest.nexmo.com';

const settings = Type.Object(
  {
    apiKey: apiKey('API key of the account.'),
    from: Type.String({
      pattern: '^[0-9A-Za-z ]{1,15}$',
      description: 'The sender: a number of the account without plus sign, or an alphanumeric sender.',
    }),
    currency,
    signatureMethod: Type.Optional(
      Type.Union([Type.Literal('sha256hmac'), Type.Literal('sha512hmac')], {
        description: 'How the account signs receipts, as its dashboard has it. Default sha256hmac.',
      }),
    ),
    baseUrl: baseUrl(standardUrl),
  },
  { additionalProperties: false },
);

const credentials = Type.Object(
  {
    apiSecret: secret('API secret of the account.'),
    signatureSecret,
  },
  { additionalProperties: false },
);

export type VonageSmsConfig = {
  settings: Static<typeof settings>;
  credentials: Static<typeof credentials>;
};

/** https://developer.vonage.com/en/messaging/sms/guides/troubleshooting-sms */
const kinds = errorKinds({
  retry: ['1', '5', '10'],
  final: ['3', '6', '7', '12', '15', '22', '29', '33'],
  configuration: ['2', '4', '8', '9', '11', '14', '23', '32'],
});

const answered = Type.Object({
  messages: Type.Array(
    Type.Object({
      status: Type.String(),
      'message-id': Type.Optional(Type.String({ maxLength: 100 })),
      'message-price': Type.Optional(Type.String()),
    }),
    { minItems: 1, maxItems: 100 },
  ),
});

/** Texts through Vonage's SMS API, which answers 200 whatever happened. https://developer.vonage.com/en/api/sms */
export const vonageSms: ProviderDefinition<'sms', typeof settings, typeof credentials> = {
  name: 'vonage',
  title: 'Vonage',
  channel: 'sms',
  settings,
  credentials,
  create: (config, { http, clock, callbackUrl }) => ({
    async send({ id, to, text }, signal) {
      const { apiKey, from, currency = 'EUR' } = config.settings;
      const form = new URLSearchParams({
        api_key: apiKey,
        api_secret: config.credentials.apiSecret,
        from,
        to: to.slice(1),
        text,
        type: smsSegments(text).encoding === 'GSM-7' ? 'text' : 'unicode',
        'client-ref': id,
      });
      if (callbackUrl !== undefined && config.credentials.signatureSecret !== undefined) {
        form.set('callback', callbackUrl);
      }
      const answer = await callProvider(http, {
        method: 'POST',
        url: joinUrl(config.settings.baseUrl ?? standardUrl, 'sms/json'),
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
        body: form.toString(),
        signal,
      });
      if (answer.status !== 200) throw refusalOf(answer, clock());
      const parts = readJson(answer.body, answered)?.messages;
      if (!parts) throw unreadableAnswer();
      return handOverOf(parts, currency);
    },
  }),
  readReceipt: (request, config, { clock }) =>
    Promise.resolve(readVonageSmsReceipt(request, config, clock())),
};

/** A long text is several parts, each taken or refused on its own. */
function handOverOf(parts: Static<typeof answered>['messages'], currency: string): HandOver {
  const refused = parts.find(({ status }) => status !== '0');
  if (refused) {
    const isPartial = parts.some(({ status }) => status === '0');
    throw new DeliveryError(isPartial ? 'unknown' : (kinds.get(refused.status) ?? 'final'), refused.status);
  }
  const providerMessageId = parts[0]?.['message-id'];
  if (providerMessageId === undefined) throw unreadableAnswer();
  const prices = parts.map((part) => Number(part['message-price'] ?? Number.NaN));
  const total = prices.reduce((sum, price) => sum + price, 0);
  return {
    providerMessageId,
    ...(total >= 0 && { cost: { amount: total.toFixed(8), currency } }),
  };
}
