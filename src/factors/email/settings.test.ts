import { Check, Create } from 'typebox/value';
import { expect, it } from 'vitest';
import { type EmailSettings, emailSettings } from './settings.ts';

it('S-08 a code can’t be set to live longer than ten minutes', () => {
  const defaults = Create(emailSettings) as EmailSettings;
  expect(Check(emailSettings, defaults)).toBe(true);
  expect(Check(emailSettings, { ...defaults, codeLifetimeSeconds: 600 })).toBe(true);
  expect(Check(emailSettings, { ...defaults, codeLifetimeSeconds: 601 })).toBe(false);
});
