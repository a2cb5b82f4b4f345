import { expect, it } from 'vitest';
import { textFields } from './tokenFields.ts';

it('keeps texts and leaves out what is empty', () => {
  expect({ ...textFields({ otp: '012345', scope: '', audience: null }) }).toEqual({ otp: '012345' });
  expect({ ...textFields(undefined) }).toEqual({});
});

it.each([
  [[]],
  ['text'],
  [42],
  [{ otp: 123456 }],
  [{ otp: ['1'] }],
  [{ otp: {} }],
  [{ otp: true }],
  [{ otp: 'x'.repeat(8193) }],
])('S-13 refuses %j', (body) => {
  expect(() => textFields(body)).toThrow(
    expect.objectContaining({ statusCode: 400, error: 'invalid_request' }),
  );
});

it('repeats of a strange name only what is harmless', () => {
  expect(() => textFields({ '<b>\u0000': 1 })).toThrow(
    expect.objectContaining({ error_description: 'Parameter <b>? must be a string.' }),
  );
});
