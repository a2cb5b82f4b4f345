import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
import { expect, it } from 'vitest';
import { callingCodes } from './callingCodes.ts';
import { phoneCountries } from './countries.ts';

it('knows the countries and calling codes that numbers are judged by', () => {
  const known = getCountries().map((country) => [country, getCountryCallingCode(country)]);
  expect([...callingCodes].sort()).toEqual(known.sort());
});

it('names countries in the person’s language and sorts them its way', () => {
  const names = (locale: string) =>
    phoneCountries(['US', 'DE', 'AT', 'SE', 'ZM'], locale).map(({ name }) => name);
  expect(names('en')).toEqual(['Austria', 'Germany', 'Sweden', 'United States', 'Zambia']);
  // Ö is a kind of O in German, and follows Z in Swedish.
  expect(names('de')).toEqual(['Deutschland', 'Österreich', 'Sambia', 'Schweden', 'Vereinigte Staaten']);
  expect(names('sv').at(-1)).toBe('Österrike');
  expect(names('ja')).toContain('ドイツ');
});

it('tells the calling code, and leaves out what is no country', () => {
  expect(phoneCountries(['GB', 'UK', ''], 'en')).toEqual([
    { country: 'GB', callingCode: '44', name: 'United Kingdom' },
  ]);
  expect(phoneCountries([], 'en')).toEqual([]);
});

it('has a name for every country in every language', () => {
  for (const locale of ['en', 'de', 'es', 'fr', 'pt', 'ja']) {
    const countries = phoneCountries([...callingCodes.keys()], locale);
    expect(countries).toHaveLength(callingCodes.size);
    for (const { country, name } of countries) expect(name, `${country} in ${locale}`).not.toBe(country);
  }
});
