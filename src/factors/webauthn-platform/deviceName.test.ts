import { expect, it } from 'vitest';
import { deviceName } from './deviceName.ts';

const phone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

it.each([
  [undefined, 'Safari on iPhone', 'Device'],
  ['de-AT', 'Safari auf iPhone', 'Gerät'],
  ['ja', 'iPhone の Safari', 'デバイス'],
  ['tlh', 'Safari on iPhone', 'Device'],
  ['constructor', 'Safari on iPhone', 'Device'],
])('in the language %s a device is called %s, or %s', (language, known, unknown) => {
  expect(deviceName(phone, language)).toBe(known);
  expect(deviceName('somebody <b>else</b>', language)).toBe(unknown);
});
