import { Check, Create } from 'typebox/value';
import { expect, it } from 'vitest';
import { type PhoneSettings, phoneSettings } from './settings.ts';

const defaults = Create(phoneSettings) as PhoneSettings;

it('S-96 sends nowhere before the operator has chosen countries', () => {
  expect(defaults.allowedCountries).toEqual([]);
  expect(Check(phoneSettings, defaults)).toBe(true);
});

it('S-08 a code can’t be set to live longer than ten minutes', () => {
  expect(Check(phoneSettings, { ...defaults, codeLifetimeSeconds: 600 })).toBe(true);
  expect(Check(phoneSettings, { ...defaults, codeLifetimeSeconds: 601 })).toBe(false);
});

it.each([
  [{ messageTypes: ['sms', 'voice'] }, true],
  [{ messageTypes: [] }, false],
  [{ messageTypes: ['sms', 'sms'] }, false],
  [{ messageTypes: ['pigeon'] }, false],
  [{ allowedCountries: ['DE', 'XK'] }, true],
  [{ allowedCountries: ['UK'] }, false],
  [{ allowedCountries: ['de'] }, false],
  [{ allowedCountries: ['DEAT'] }, false],
  [{ backOff: 'exponential' }, true],
  [{ conversionLeastRatio: 1.1 }, false],
  [{ sendsPerTenant: 0 }, false],
])('judges %j', (change, isGood) => {
  expect(Check(phoneSettings, { ...defaults, ...change })).toBe(isGood);
});
