import { getCountries, getExampleNumber } from 'libphonenumber-js/max';
import mobileExamples from 'libphonenumber-js/mobile/examples';
import { describe, expect, it } from 'vitest';
import { formatPhoneNumber, parsePhoneNumber } from './phoneNumber.ts';

const german = { number: '+4915112345678', country: 'DE', group: '+491511234' };

describe('S-21 spellings of one number', () => {
  it.each([
    ['+4915112345678', undefined],
    ['  +49 1511 2345678 ', undefined],
    ['+49 (0)1511 / 234-56.78', undefined],
    ['(+49) 1511 2345678', undefined],
    ['＋４９　１５１１　２３４５６７８', undefined],
    ['+٤٩١٥١١٢٣٤٥٦٧٨', undefined],
    ['+۴۹۱۵۱۱۲۳۴۵۶۷۸', undefined],
    ['\u202A+49\u00A01511\u20112345678\u202C', undefined],
    ['01511 2345678', 'DE'],
    ['01511–2345678', 'DE'],
    ['15112345678', 'DE'],
    ['4915112345678', 'DE'],
    ['0049 1511 2345678', 'AT'],
    ['011 49 1511 2345678', 'US'],
    ['+49 1511 2345678', 'JP'],
    ['+49 1511 2345678', 'nowhere'],
  ])('reads %j from %s as one number', async (text, country) => {
    expect(await parsePhoneNumber(text, country)).toEqual(german);
  });

  it.each([
    ['(202) 555-0123', 'US', '+12025550123'],
    ['1 202 555 0123', 'US', '+12025550123'],
    ['8 912 345-67-89', 'RU', '+79123456789'],
    ['06 6981 2345', 'VA', '+390669812345'],
    ['011 15-2345-6789', 'AR', '+5491123456789'],
    ['090ー1234ー5678', 'JP', '+819012345678'],
    ['0664 1234567', 'AT', '+436641234567'],
  ])('reads %j as people in %s write it', async (text, country, number) => {
    expect(await parsePhoneNumber(text, country)).toMatchObject({ number, country });
  });

  it('knows which country a shared calling code means', async () => {
    expect(await parsePhoneNumber('+1 268 464 1234')).toMatchObject({ country: 'AG' });
    expect(await parsePhoneNumber('1 268 464 1234', 'US')).toMatchObject({ country: 'AG' });
    expect(await parsePhoneNumber('07911 123456', 'GB')).toMatchObject({ country: 'GG' });
  });

  it('takes the chosen country where the number may be of two', async () => {
    expect(await parsePhoneNumber('041 2345678', 'AX')).toMatchObject({ country: 'AX' });
    expect(await parsePhoneNumber('041 2345678', 'FI')).toMatchObject({ country: 'FI' });
    expect(await parsePhoneNumber('+358 41 2345678')).toMatchObject({ country: 'FI' });
  });

  it('reads a mobile number of every country, and its national form as the same', async () => {
    for (const country of getCountries()) {
      const example = getExampleNumber(country, mobileExamples);
      if (!example) throw new Error(`${country} has no example`);
      const expected = { number: example.number, country, group: example.number.slice(0, -4) };
      expect(await parsePhoneNumber(example.number, country), country).toEqual(expected);
      expect(await parsePhoneNumber(example.formatNational(), country), country).toEqual(expected);
    }
  });
});

describe('what is no number', () => {
  it.each(
    [
      '',
      ' ',
      '+',
      '110',
      'hello',
      '1-800-FLOWERS',
      '+1 202 555 0123 ext. 5',
      '+1 202 555 0123 x5',
      '+1 202 555 0123;ext=5',
      '+1 202 555 0123,,5#',
      'tel:+12025550123',
      '++12025550123',
      '+1+2025550123',
      '+1 202 555 0123\u0000',
      '+१२०२५५५०१२३',
      '<script>12025550123',
      `+49${'1'.repeat(21)}`,
      `${' '.repeat(60)}+12025550123`,
    ].map((text) => [text]),
  )('%j is malformed', async (text) => {
    expect(await parsePhoneNumber(text, 'US')).toEqual({ refused: 'malformed' });
  });

  it('a national number without a country is incomplete', async () => {
    expect(await parsePhoneNumber('01511 2345678')).toEqual({ refused: 'country_missing' });
    expect(await parsePhoneNumber('01511 2345678', 'XX')).toEqual({ refused: 'country_missing' });
    expect(await parsePhoneNumber('01511 2345678', '__proto__')).toEqual({ refused: 'country_missing' });
  });

  it.each([
    ['too short', '+1 202 555 012'],
    ['too long', '+1 202 555 01234'],
    ['in a range nobody was given', '+44 7700 900123'],
    ['of a calling code that isn’t assigned', '+999 1234 56789'],
  ])('one %s is invalid', async (_why, text) => {
    expect(await parsePhoneNumber(text, 'DE')).toEqual({ refused: 'invalid' });
  });

  it('refuses a text of 1 MB without reading it', async () => {
    const text = '+4915112345678'.padEnd(1_000_000, '(');
    const started = performance.now();
    for (let i = 0; i < 100; i += 1) {
      expect(await parsePhoneNumber(text, 'DE')).toEqual({
        refused: 'malformed',
      });
    }
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('S-96 numbers that cost too much or reach nobody are refused', () => {
  it.each([
    ['premium', '+1 900 555 1234'],
    ['premium', '+44 909 879 0000'],
    ['premium', '+33 899 12 34 56'],
    ['shared cost', '+49 180 5 12345'],
    ['international shared cost', '+808 1234 5678'],
    ['toll-free', '+1 800 555 1234'],
    ['international toll-free', '+800 1234 5678'],
    ['Inmarsat satellite', '+870 773 111 632'],
    ['Iridium satellite', '+881 6 123 45678'],
    ['international network', '+882 13 30 0655'],
    ['international network', '+883 510 000 000 094'],
    ['universal personal', '+878 10 12345 67890'],
    ['personal', '+44 70 1234 5678'],
    ['pager', '+44 76 4012 3456'],
    ['company-wide', '+44 55 1234 5678'],
    ['voicemail', '+49 177 99 123456789'],
  ])('%s: %s', async (_kind, text) => {
    const result = await parsePhoneNumber(text);
    expect(result).toHaveProperty('refused');
    expect(result).not.toHaveProperty('number');
  });

  it('and told from numbers that don’t exist', async () => {
    expect(await parsePhoneNumber('+1 900 555 1234')).toEqual({ refused: 'kind_refused' });
    expect(await parsePhoneNumber('+881 6 123 45678')).toEqual({ refused: 'kind_refused' });
  });

  it.each([
    ['mobile', '+4915112345678'],
    ['landline', '+493012345678'],
    ['either', '+12025550123'],
    ['internet telephone', '+4932123456789'],
  ])('but not a number of this kind: %s', async (_kind, number) => {
    expect(await parsePhoneNumber(number)).toMatchObject({ number });
  });

  it('numbers given out together share a group, other ones don’t', async () => {
    const groupOf = async (text: string) => ((await parsePhoneNumber(text)) as { group: string }).group;
    expect(await groupOf('+12025550123')).toBe('+1202555');
    expect(await groupOf('+12025559999')).toBe('+1202555');
    expect(await groupOf('+12025560123')).toBe('+1202556');
  });
});

describe('a number to be shown', () => {
  it('stands as in its own country, or as abroad', async () => {
    expect(await formatPhoneNumber('+12025550123', 'national')).toBe('(202) 555-0123');
    expect(await formatPhoneNumber('+12025550123', 'international')).toBe('+1 202 555 0123');
    expect(await formatPhoneNumber('+4915112345678', 'national')).toBe('01511 2345678');
  });
});
