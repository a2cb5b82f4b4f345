import { maskNumber } from '../../delivery/maskRecipient.ts';
import type { EnrolmentInput, Factor } from '../../mfa/factor.ts';
import { readOnlyMember } from '../../mfa/imports/readOnlyMember.ts';
import { isSentCode, parseSentCode, sendCode } from '../../mfa/sends/sentCode.ts';
import { callingCodes } from './callingCodes.ts';
import { phoneCountries } from './countries.ts';
import { formatPhoneNumber, type PhoneNumber, parsePhoneNumber } from './phoneNumber.ts';
import { phoneScreens } from './screens.ts';
import { phoneSending } from './sending.ts';
import { type PhoneSettings, phoneSettings } from './settings.ts';
import { phoneTexts } from './texts/index.ts';

/** A number that was read and judged. */
interface PhoneInput {
  /** E.164. */
  number: string;
  country: string;
  group: string;
  /** As people write it. */
  display: string;
}

export interface PhoneState extends PhoneInput {
  /** The channel of the last code that came back. */
  channel?: string;
}

/** Codes by text message and by call, to a telephone (restricted by NIST SP 800-63B). */
export const phone: Factor<PhoneState, PhoneSettings, PhoneInput> = {
  name: 'phone',
  wire: {
    methodType: 'phone',
    idPrefix: 'phone',
    authenticatorType: 'oob',
    requirementType: 'phone',
    challengeType: 'oob',
    channels: [
      { name: 'sms', idPrefix: 'sms', amr: 'sms' },
      { name: 'voice', idPrefix: 'voice', amr: 'tel' },
    ],
    tooManySends: 'too_many_sms',
  },
  kind: 'independent',
  enrolment: 'by-person',
  strength: 40,
  amr: [],
  assurance: { level: 2, isPhishingResistant: false, isRestricted: true },
  events: { succeeded: 'gd_auth_succeed', failed: 'gd_auth_failed', limited: 'gd_otp_rate_limit_exceed' },
  settings: phoneSettings,
  reach: 'phone',
  developmentSettings: { messageTypes: ['sms', 'voice'], allowedCountries: [...callingCodes.keys()] },
  sending: phoneSending,
  imports: {
    member: 'phone',
    expected: '{"value": "+…"} with a telephone number in E.164 form',
    async read(value) {
      const number = readOnlyMember(value, 'value');
      if (number === undefined || !/^\+[0-9]{1,15}$/.test(number)) return undefined;
      const parsed = await parsePhoneNumber(number);
      return 'refused' in parsed ? undefined : withDisplay(parsed);
    },
  },
  screens: phoneScreens,
  texts: phoneTexts,

  lacks: ({ allowedCountries }) =>
    allowedCountries.length === 0 ? 'No country is allowed yet: set allowed_countries.' : undefined,
  channels: ({ messageTypes, allowedCountries }) => (allowedCountries.length === 0 ? [] : messageTypes),
  parseProof: parseSentCode,

  async readInput({ phone_number: text, country }: EnrolmentInput) {
    if (typeof text !== 'string') return { fault: 'malformed_input' };
    const parsed = await parsePhoneNumber(text, typeof country === 'string' ? country : undefined);
    if ('refused' in parsed) {
      return { fault: parsed.refused === 'kind_refused' ? 'destination_refused' : 'malformed_input' };
    }
    return { value: await withDisplay(parsed) };
  },

  inputChoices({ allowedCountries }, locale) {
    const countries = phoneCountries(allowedCountries, locale);
    const options = countries.map(({ country: value, name, callingCode }) => ({
      value,
      label: `${name} (+${callingCode})`,
      prefix: `+${callingCode}`,
    }));
    return { country: { options, preferred: new Intl.Locale(locale).maximize().region } };
  },

  async beginEnrolment(context, input) {
    return { state: input, shown: phone.presentEnrolment(context, input) };
  },

  presentEnrolment: (_context, { display, country }) => ({ phone_number: display, country }),

  beginChallenge(context, { number: to, channel: latest }) {
    const { messageTypes, codeLifetimeSeconds: lifetimeSeconds } = context.settings;
    const channel =
      context.channel ?? messageTypes.find((type) => type === latest) ?? messageTypes[0] ?? 'sms';
    return sendCode(context, { channel, to, lifetimeSeconds });
  },

  async verify(context, state, code, sent) {
    if (!isSentCode(context, code, sent)) return { good: false, reason: 'wrong' };
    return { good: true, state: { ...state, channel: sent.channel } };
  },

  preferChannel: (state, channel) => ({ ...state, channel }),

  describe: ({ number, channel }) => ({
    name: maskNumber(number),
    address: number,
    ...(channel === undefined ? {} : { preferredChannel: channel }),
  }),
  presentChallenge: ({ number }) => ({ phone_number: maskNumber(number) }),
};

async function withDisplay(number: PhoneNumber): Promise<PhoneInput> {
  return { ...number, display: await formatPhoneNumber(number.number, 'international') };
}
