import { expect, it } from 'vitest';
import { maskNumber, maskRecipient } from './maskRecipient.ts';

it('S-105 shows the last four digits of a number only', () => {
  expect(maskNumber('+491234569167')).toBe('XXXXXXXXX9167');
  expect(maskRecipient('voice', '+24740123')).toBe('XXXXX0123');
});

it('S-105 shows the first letter and the domain of an address only', () => {
  expect(maskRecipient('email', 'ann@example.com')).toBe('a***@example.com');
});
