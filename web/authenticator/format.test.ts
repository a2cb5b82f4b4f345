import { describe, expect, it } from 'vitest';
import { guessDeviceName } from './client/deviceName.js';
import { clockTime, countdown, dayOf, groupCode, hostOf, timeAgo } from './client/format.js';
import { chooseLanguage } from './client/languages.js';
import { placeOf } from './client/place.js';

const noon = new Date(2026, 0, 15, 12, 5).getTime();
const plain = (text: string) => text.replaceAll('\u202f', ' ');

it.each([
  ['123456', '123 456'],
  ['1234567', '1234 567'],
  ['12345678', '1234 5678'],
])('a code is grouped: %s', (code, grouped) => {
  expect(groupCode(code)).toBe(grouped);
});

describe('time', () => {
  it('that is left is told as a watch does', () => {
    expect(countdown(120_000)).toBe('2:00');
    expect(countdown(66_001)).toBe('1:07');
    expect(countdown(-5)).toBe('0:00');
  });

  it('that has passed is told in words', () => {
    expect(timeAgo(noon, noon, 'en')).toBe('now');
    expect(timeAgo(noon - 12_000, noon, 'en')).toBe('12 seconds ago');
    expect(timeAgo(noon - 119_000, noon, 'de')).toBe('vor 1 Minute');
    expect(timeAgo(noon + 3000, noon, 'en')).toBe('now');
    expect(timeAgo(noon - 7_300_000, noon, 'fr')).toBe('il y a 2 heures');
  });

  it('is told with its day when that is another one', () => {
    expect(clockTime(noon, noon, 'en-GB')).toBe('12:05');
    expect(plain(clockTime(noon, noon, 'en-US'))).toBe('12:05 PM');
    expect(clockTime(noon - 86_400_000, noon, 'en-GB')).toBe('14 Jan 2026, 12:05');
    expect(dayOf(noon, 'es')).toBe('15 de enero de 2026');
  });
});

it.each([
  [['fr-CA', 'en'], 'fr'],
  [['', 'PT-br'], 'pt'],
  [['xx', 'ja'], 'ja'],
  [['toString', 'it'], 'en'],
  [[], 'en'],
])('of %j the language is %s', (wishes, language) => {
  expect(chooseLanguage(wishes)).toBe(language);
});

it.each([
  [{ location: 'Lisbon, Portugal', ip: '192.0.2.1' }, 'Lisbon, Portugal'],
  [{ location: { city: 'Lisbon', country: 'Portugal' } }, 'Lisbon, Portugal'],
  [{ location: { name: 'Lisbon' } }, 'Lisbon'],
  [{ location: { latitude: 1 }, ip: '192.0.2.1' }, '192.0.2.1'],
  [{ location: null, ip: '2001:db8::1' }, '2001:db8::1'],
  [{}, ''],
])('the place of %j is told', (request, place) => {
  expect(placeOf(request)).toBe(place);
});

it('a server is told by its host', () => {
  expect(hostOf('https://login.example.com/appliance-mfa')).toBe('login.example.com');
  expect(hostOf('http://localhost:3000/appliance-mfa')).toBe('localhost:3000');
});

it.each([
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1',
    'iPhone, Safari',
  ],
  [
    'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/150.0 Mobile Safari/537.36',
    'Android, Chrome',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0',
    'Windows, Edge',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:147.0) Gecko/20100101 Firefox/147.0', 'Linux, Firefox'],
  ['curl/8', ''],
])('a device is called after %s', (userAgent, name) => {
  expect(guessDeviceName(userAgent)).toBe(name);
});
