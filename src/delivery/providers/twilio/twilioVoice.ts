import { Type } from 'typebox';
import type { VoiceMessage } from '../../channel.ts';
import { closestLocale } from '../closestLocale.ts';
import { DeliveryError, type ProviderDefinition } from '../provider.ts';
import { readTwilioReceipt } from './readTwilioReceipt.ts';
import { accountCredentials, accountSettings, createResource } from './twilioAccount.ts';

const settings = Type.Object(
  {
    ...accountSettings,
    from: Type.String({
      pattern: '^\\+[1-9]\\d{6,14}$',
      description: 'The number that calls: one of the account, in E.164.',
    }),
  },
  { additionalProperties: false },
);

/** https://www.twilio.com/docs/voice/twiml/say/text-speech */
const locales = [
  ...['af-ZA', 'ar-AE', 'bg-BG', 'bn-IN', 'ca-ES', 'cmn-CN', 'cmn-TW', 'cs-CZ', 'cy-GB', 'da-DK', 'de-AT'],
  ...['de-DE', 'el-GR', 'en-AU', 'en-CA', 'en-GB', 'en-IE', 'en-IN', 'en-NZ', 'en-US', 'en-ZA', 'es-ES'],
  ...['es-MX', 'es-US', 'fi-FI', 'fil-PH', 'fr-BE', 'fr-CA', 'fr-FR', 'gu-IN', 'he-IL', 'hi-IN', 'hu-HU'],
  ...['id-ID', 'is-IS', 'it-IT', 'ja-JP', 'kn-IN', 'ko-KR', 'lv-LV', 'ml-IN', 'mr-IN', 'ms-MY', 'nb-NO'],
  ...['nl-BE', 'nl-NL', 'pa-IN', 'pl-PL', 'pt-BR', 'pt-PT', 'ro-RO', 'ru-RU', 'sk-SK', 'sr-RS', 'sv-SE'],
  ...['ta-IN', 'te-IN', 'th-TH', 'tr-TR', 'uk-UA', 'vi-VN', 'yue-HK', 'zh-CN', 'zh-HK', 'zh-TW'],
];

const longestTwiml = 4000;

/** Calls through Twilio's Calls resource. https://www.twilio.com/docs/voice/api/call-resource */
export const twilioVoice: ProviderDefinition<'voice', typeof settings, typeof accountCredentials> = {
  name: 'twilio',
  title: 'Twilio',
  channel: 'voice',
  settings,
  credentials: accountCredentials,
  create: (config, tools) => ({
    async send(message, signal) {
      const twiml = twimlOf(message);
      if (twiml.length > longestTwiml) throw new DeliveryError('final', 'too_long');
      const form = {
        To: message.to,
        From: config.settings.from,
        Twiml: twiml,
        ...(tools.callbackUrl !== undefined && { StatusCallback: tools.callbackUrl }),
      };
      return createResource(config, tools, 'Calls', form, signal);
    },
  }),
  readReceipt: (request, config) => Promise.resolve(readTwilioReceipt(request, config)),
};

function twimlOf({ language, phrases }: VoiceMessage): string {
  const locale = closestLocale(language, locales);
  const verbs = phrases.map(({ text, pauseAfterSeconds = 0 }) => {
    const pause = pauseAfterSeconds > 0 ? `<Pause length="${pauseAfterSeconds}"/>` : '';
    return `<Say language="${locale}">${escapeXml(text)}</Say>${pause}`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs.join('')}</Response>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A name with a tag in it must be spoken, not dial somebody (S-95). Control characters are no XML at all. */
function escapeXml(text: string): string {
  return text
    .replace(/[&<>]/g, (character) => entities[character] ?? '')
    .replace(/\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu, ' ');
}
