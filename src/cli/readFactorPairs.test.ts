import { Type } from 'typebox';
import { expect, it } from 'vitest';
import { describeFactorSettings } from './factorSettings.ts';
import { readFactorPairs } from './readFactorPairs.ts';

const schema = Type.Object({
  messageTypes: Type.Array(Type.Union([Type.Literal('sms'), Type.Literal('voice')]), {
    default: ['sms'],
    minItems: 1,
  }),
  allowedCountries: Type.Array(Type.String({ pattern: '^[A-Z]{2}$', title: 'a country such as DE' }), {
    default: [],
  }),
  issuer: Type.String({ default: '' }),
});

it('reads lists, of one thing and of several', async () => {
  expect(await readFactorPairs(schema, ['message_types=voice', 'allowed_countries=DE, AT,CH'])).toEqual({
    messageTypes: ['voice'],
    allowedCountries: ['DE', 'AT', 'CH'],
  });
  expect(await readFactorPairs(schema, ['allowed_countries='])).toEqual({ allowedCountries: undefined });
});

it('leaves a text with commas alone', async () => {
  expect(await readFactorPairs(schema, ['issuer=Acme, Inc.'])).toEqual({ issuer: 'Acme, Inc.' });
});

it('says what a list holds when it is wrong', async () => {
  const pairs = ['message_types=sms,pigeon', 'allowed_countries=DE,Austria', 'allowed_countries=DE,'];
  await expect(readFactorPairs(schema, pairs)).rejects.toThrow(
    'message_types: expected sms or voice, several separated by commas. ' +
      'allowed_countries: expected a country such as DE, several separated by commas. ' +
      'allowed_countries: expected a country such as DE, several separated by commas.',
  );
});

it('tells people what a list may hold', () => {
  const settings = { messageTypes: ['sms', 'voice'], allowedCountries: [], issuer: '' };
  expect(describeFactorSettings(schema, settings)).toContainEqual({
    setting: 'message_types',
    value: ['sms', 'voice'],
    default: ['sms'],
    expected: 'sms or voice, several separated by commas',
  });
});
