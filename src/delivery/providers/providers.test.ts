import { describe, expect, it } from 'vitest';
import { closestLocale } from './closestLocale.ts';
import { DeliveryError } from './provider.ts';
import { findProviderDefinition, providerDefinitions } from './providers.ts';
import { readRetryAfter } from './readRetryAfter.ts';

describe('providerDefinitions', () => {
  it('each is found by its channel and name, and no two share them', () => {
    for (const definition of providerDefinitions) {
      expect(findProviderDefinition(definition.channel, definition.name)).toBe(definition);
    }
    expect(findProviderDefinition('voice', 'smtp')).toBeUndefined();
  });

  it.each(providerDefinitions.map((definition) => [`${definition.channel} ${definition.name}`, definition]))(
    '%s describes every field and takes no other',
    (_name, { settings, credentials }) => {
      for (const schema of [settings, credentials]) {
        expect(schema).toMatchObject({ additionalProperties: false });
        for (const [field, { description }] of Object.entries(
          schema.properties as Record<string, { description?: string }>,
        )) {
          expect(description, field).toMatch(/\S.*\.$/);
        }
      }
    },
  );

  it('S-105 nothing that is secret is among the settings', () => {
    const secrets = providerDefinitions.flatMap(({ settings }) =>
      Object.keys(settings.properties).filter((name) => /secret|token|password|privateKey/i.test(name)),
    );
    expect(secrets).toEqual([]);
  });
});

describe('DeliveryError', () => {
  it('S-105 keeps nothing of a code but its letters, digits, dots and dashes', () => {
    expect(new DeliveryError('final', 'to +49 151 <x>').code).toBe('to_49_151_x_');
    expect(new DeliveryError('final', 'x'.repeat(100)).code).toHaveLength(64);
  });
});

describe('readRetryAfter', () => {
  const now = Date.UTC(2026, 0, 15, 12);

  it.each([
    ['0', 0],
    ['120', 120],
    ['999999', 3600],
    ['Thu, 15 Jan 2026 12:00:30 GMT', 30],
    ['Thu, 15 Jan 2026 11:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j is %j seconds', (value, seconds) => {
    expect(readRetryAfter(value, now)).toBe(seconds);
  });
});

describe('closestLocale', () => {
  const offered = ['en-GB', 'en-US', 'de-AT', 'de-DE', 'fil-PH', 'nb-NO', 'pt-BR', 'pt-PT', 'ar'];

  it.each([
    ['en', 'en-US'],
    ['en-gb', 'en-GB'],
    ['de', 'de-DE'],
    ['de-CH', 'de-DE'],
    ['pt-PT', 'pt-PT'],
    ['pt', 'pt-BR'],
    ['no', 'nb-NO'],
    ['fil', 'fil-PH'],
    ['ar-EG', 'ar'],
    ['tlh', 'en-US'],
    ['', 'en-US'],
    ['constructor', 'en-US'],
  ])('%j is spoken as %s', (language, locale) => {
    expect(closestLocale(language, offered)).toBe(locale);
  });
});
