import { describe, expect, it } from 'vitest';
import { audienceToResource, resourceToAudience } from './audience.ts';

describe('audience', () => {
  it.each(['https://api.example.com/orders', 'urn:example:api', 'https://api.example.com/a b'])(
    'carries the URI %s as it is',
    (audience) => {
      expect(audienceToResource(audience)).toBe(audience);
      expect(resourceToAudience(audience)).toBe(audience);
    },
  );

  it.each([
    'my-api',
    'orders/v1',
    'https://api.example.com/#orders',
    'größe',
    'urn:countersign:audience:my-api',
    '%',
    '',
  ])('carries %j as a URI and reads it back', (audience) => {
    const resource = audienceToResource(audience);
    expect(URL.canParse(resource)).toBe(true);
    expect(resource).not.toContain('#');
    expect(resourceToAudience(resource)).toBe(audience);
  });

  it('leaves a broken URN alone: no API has such an identifier', () => {
    expect(resourceToAudience('urn:countersign:audience:%')).toBe('urn:countersign:audience:%');
  });
});
