import type { CountryCode, PhoneNumber as ParsedNumber, PhoneNumberType } from 'libphonenumber-js/max';
import { callingCodes } from './callingCodes.ts';

/** A number that a code may be sent to. */
export interface PhoneNumber {
  /** E.164, `+4915112345678`: one spelling for one line, so that it can be counted (S-21). */
  number: string;
  /** ISO 3166-1 code of the country it belongs to: `DE`. */
  country: string;
  /** The number without its last four digits: the block it was given out in, watched for toll fraud. */
  group: string;
}

/**
 * `malformed`: not written like a number at all, or with an extension or letters. `country_missing`: a
 * national number without a country. `invalid`: no such number is given out, or its length is wrong.
 * `kind_refused`: premium, shared-cost or toll-free, satellite or another network of no country, pager,
 * voicemail, company-wide or personal (follow-me) number.
 */
export type PhoneNumberRefusal = 'malformed' | 'country_missing' | 'invalid' | 'kind_refused';

/** Numbers of a person's line. All other kinds cost too much or reach nobody (S-96). */
const acceptedKinds: readonly (PhoneNumberType | undefined)[] = [
  'MOBILE',
  'FIXED_LINE_OR_MOBILE',
  'FIXED_LINE',
  'VOIP',
];

/** Generous for a number with brackets and spaces, and nothing an attacker can keep us busy with. */
const longestText = 60;
/** Spaces, dashes, brackets, and the invisible marks that address books put around a number. */
const punctuation = /[\s\p{Cf}\p{Pd}−ー().[\]/]/gu;
/** Digits as Latin, Arabic and Persian keyboards write them. */
const bareNumber = /^\+?[0-9٠-٩۰-۹]{4,22}$/u;

/**
 * Reads a number as a person writes it: E.164, with an international prefix, or the way it is written in
 * `defaultCountry`.
 *
 * @param defaultCountry ISO code, as a country picker gives it; an unknown one counts as none.
 */
export async function parsePhoneNumber(
  text: string,
  defaultCountry?: string,
): Promise<PhoneNumber | { refused: PhoneNumberRefusal }> {
  if (text.length > longestText) return { refused: 'malformed' };
  const bare = text.normalize('NFKC').replace(punctuation, '');
  if (!bareNumber.test(bare)) return { refused: 'malformed' };
  const country = callingCodes.has(defaultCountry ?? '') ? (defaultCountry as CountryCode) : undefined;
  if (!bare.startsWith('+') && !country) return { refused: 'country_missing' };

  const parsed = await readDigits(bare, country);
  if (!parsed?.isValid()) return { refused: 'invalid' };
  if (!parsed.country || !isAccepted(parsed)) return { refused: 'kind_refused' };
  if (country) preferCountry(parsed, country);
  return { number: parsed.number, country: parsed.country, group: parsed.number.slice(0, -4) };
}

/** A number as people write it, in its own country or elsewhere: `(202) 555-0123`, `+1 202 555 0123`. */
export async function formatPhoneNumber(
  number: string,
  style: 'national' | 'international',
): Promise<string> {
  const { parsePhoneNumberWithError } = await numberingPlans();
  const parsed = parsePhoneNumberWithError(number);
  return style === 'national' ? parsed.formatNational() : parsed.formatInternational();
}

async function readDigits(bare: string, country: CountryCode | undefined) {
  const { parsePhoneNumberFromString } = await numberingPlans();
  const parsed = parsePhoneNumberFromString(bare, { defaultCountry: country, extract: false });
  if (bare.startsWith('+') || !country || parsed?.getType() === 'MOBILE') return parsed;
  // Who left out the plus sign of a mobile number meant that, also where the digits could be a landline.
  const mobile = parsePhoneNumberFromString(`+${bare}`, { extract: false });
  return mobile?.getType() === 'MOBILE' && mobile.country === country ? mobile : parsed;
}

/** A number may be of two countries, as Åland's mobile numbers are Finland's too; then the chosen one counts. */
function preferCountry(parsed: ParsedNumber, chosen: CountryCode): void {
  const { country } = parsed;
  if (callingCodes.get(chosen) !== parsed.countryCallingCode) return;
  parsed.country = chosen;
  if (!isAccepted(parsed)) parsed.country = country;
}

function isAccepted(parsed: ParsedNumber): boolean {
  return acceptedKinds.includes(parsed.getType());
}

/** Loaded by the first number: 20 MB that a server without phones need not hold. */
function numberingPlans() {
  return import('libphonenumber-js/max');
}
