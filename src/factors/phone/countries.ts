import { callingCodes } from './callingCodes.ts';

/** A country in the picker beside a phone number. */
export interface PhoneCountry {
  /** ISO 3166-1: `DE`. */
  country: string;
  /** Digits without a plus sign: `49`. */
  callingCode: string;
  /** In the person's language: `Deutschland`. */
  name: string;
}

/**
 * The countries to choose from, by name in the order of the person's language.
 *
 * @param codes ISO codes, as the settings allow them; an unknown one is left out.
 * @param locale BCP 47 tag
 */
export function phoneCountries(codes: readonly string[], locale: string): PhoneCountry[] {
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  const { compare } = new Intl.Collator(locale);
  return codes
    .flatMap((country) => {
      const callingCode = callingCodes.get(country);
      return callingCode ? [{ country, callingCode, name: names.of(country) ?? country }] : [];
    })
    .sort((one, other) => compare(one.name, other.name));
}
