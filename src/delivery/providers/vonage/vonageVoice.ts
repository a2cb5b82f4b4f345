import { createPrivateKey, type KeyObject, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { type Static, Type } from 'typebox';
import type { VoiceMessage } from '../../channel.ts';
import { callProvider, refusalOf, unreadableAnswer } from '../callProvider.ts';
import { closestLocale } from '../closestLocale.ts';
import { baseUrl } from '../fields.ts';
import { joinUrl } from '../joinUrl.ts';
import { DeliveryError, type ProviderDefinition } from '../provider.ts';
import { readJson } from '../readJson.ts';
import { readVonageCallReceipt } from './readVonageCallReceipt.ts';
import { apiKey, currency, signatureSecret } from './vonageAccount.ts';

const standardUrl = 'https://api.nexmo.com';

const settings = Type.Object(
  {
    applicationId: Type.String({
      pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$',
      description: 'Id of the application with the voice capability.',
    }),
    apiKey: Type.Optional(apiKey('API key of the account: receipts name it.')),
    from: Type.String({
      pattern: '^[1-9]\\d{6,14}$',
      description: 'The number that calls: one of the account, without plus sign.',
    }),
    currency,
    baseUrl: baseUrl(standardUrl),
  },
  { additionalProperties: false },
);

const credentials = Type.Object(
  {
    privateKey: Type.String({
      minLength: 100,
      maxLength: 10_000,
      description: 'Private key of the application, PEM (PKCS #8), as the dashboard gave it out.',
    }),
    signatureSecret,
  },
  { additionalProperties: false },
);

export type VonageVoiceConfig = {
  settings: Static<typeof settings>;
  credentials: Static<typeof credentials>;
};

/** https://developer.vonage.com/en/voice/voice-api/concepts/text-to-speech */
const locales = [
  ...['af-ZA', 'ar', 'bg-BG', 'bn-IN', 'ca-ES', 'cmn-CN', 'cmn-TW', 'cs-CZ', 'cy-GB', 'da-DK', 'de-DE'],
  ...['el-GR', 'en-AU', 'en-GB', 'en-IN', 'en-US', 'en-ZA', 'es-ES', 'es-MX', 'es-US', 'eu-ES', 'fi-FI'],
  ...['fil-PH', 'fr-CA', 'fr-FR', 'he-IL', 'hi-IN', 'hu-HU', 'id-ID', 'is-IS', 'it-IT', 'ja-JP', 'ko-KR'],
  ...['nb-NO', 'nl-NL', 'no-NO', 'pl-PL', 'pt-BR', 'pt-PT', 'ro-RO', 'ru-RU', 'sk-SK', 'sv-SE', 'th-TH'],
  ...['tr-TR', 'uk-UA', 'vi-VN', 'yue-CN'],
];

const answered = Type.Object({ uuid: Type.String({ minLength: 1, maxLength: 100 }) });
const longestTalk = 1500;
const longestCallSeconds = 120;
const tokenSeconds = 60;

/** Calls through Vonage's Voice API. https://developer.vonage.com/en/api/voice */
export const vonageVoice: ProviderDefinition<'voice', typeof settings, typeof credentials> = {
  name: 'vonage',
  title: 'Vonage',
  channel: 'voice',
  settings,
  credentials,
  create(config, { http, clock, callbackUrl }) {
    const key = privateKeyOf(config.credentials.privateKey);
    const asksForReceipts = callbackUrl !== undefined && config.credentials.signatureSecret !== undefined;
    return {
      async send(message, signal) {
        if (message.phrases.some(({ text }) => text.length > longestTalk)) {
          throw new DeliveryError('final', 'too_long');
        }
        const call = {
          to: [{ type: 'phone', number: message.to.slice(1) }],
          from: { type: 'phone', number: config.settings.from },
          ncco: nccoOf(message),
          length_timer: longestCallSeconds,
          ...(asksForReceipts && { event_url: [callbackUrl], event_method: 'POST' }),
        };
        const answer = await callProvider(http, {
          method: 'POST',
          url: joinUrl(config.settings.baseUrl ?? standardUrl, 'v1/calls'),
          headers: {
            authorization: `Bearer ${await applicationToken(config.settings.applicationId, key, clock())}`,
            'content-type': 'application/json',
            accept: 'application/json',
          },
          body: JSON.stringify(call),
          signal,
        });
        if (answer.status !== 201 && answer.status !== 200) throw refusalOf(answer, clock());
        const created = readJson(answer.body, answered);
        if (!created) throw unreadableAnswer();
        return { providerMessageId: created.uuid };
      },
    };
  },
  readReceipt: (request, config, { clock }) => readVonageCallReceipt(request, config, clock()),
};

function privateKeyOf(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'rsa') return key;
  } catch {
    // Told below: the fault's own text may repeat the key.
  }
  throw new DeliveryError('configuration', 'private_key');
}

function applicationToken(applicationId: string, key: KeyObject, now: number): Promise<string> {
  const issuedAt = Math.floor(now / 1000);
  return new SignJWT({ application_id: applicationId })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + tokenSeconds)
    .setJti(randomUUID())
    .sign(key);
}

/** https://developer.vonage.com/en/voice/voice-api/ncco-reference */
function nccoOf({ language, phrases }: VoiceMessage) {
  const locale = closestLocale(language, locales);
  return phrases.flatMap(({ text, pauseAfterSeconds = 0 }) => [
    // Angle brackets would begin SSML (S-95).
    { action: 'talk', text: text.replace(/[<>&]|\p{Cc}/gu, ' '), language: locale },
    ...(pauseAfterSeconds > 0 ? [{ action: 'wait', timeout: pauseAfterSeconds }] : []),
  ]);
}
