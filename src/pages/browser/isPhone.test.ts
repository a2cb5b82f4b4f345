import { expect, it } from 'vitest';
import { isPhone } from './isPhone.ts';

it.each([
  [
    true,
    'an iPhone',
    { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1' },
  ],
  [
    true,
    'an Android phone',
    { 'user-agent': 'Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/140 Mobile Safari' },
  ],
  [
    false,
    'an Android tablet',
    { 'user-agent': 'Mozilla/5.0 (Linux; Android 15; Pixel Tablet) Chrome/140 Safari' },
  ],
  [false, 'a desktop', { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' }],
  [true, 'a client hint, whatever the user agent', { 'sec-ch-ua-mobile': '?1', 'user-agent': 'X11' }],
  [false, 'a client hint that says no', { 'sec-ch-ua-mobile': '?0', 'user-agent': 'iPhone' }],
  [false, 'nothing', {}],
])('%s for %s', (expected, _what, headers) => {
  expect(isPhone({ headers })).toBe(expected);
});
