import { expect, it } from 'vitest';
import { maskEmail } from './maskEmail.ts';

it.each([
  ['dlozanomolina@gmail.com', 'dloz*********@gmai*****'],
  ['user@example.com', '****@exam*******'],
  ['users@example.com', 'user*@exam*******'],
  ['a@t.co', '*@****'],
  ['"a@b"@example.com', '"a@b*@exam*******'],
  ['åsasson@bücher.example', 'åsas***@büch**********'],
  ['🐈🐈🐈🐈🐈@example.com', '🐈🐈🐈🐈*@exam*******'],
])('S-105 masks %s', (address, masked) => {
  expect(maskEmail(address)).toBe(masked);
});
