import { expect, it } from 'vitest';
import { translateTokenFields } from './tokenParameters.ts';

it('names the audience as resource where it chooses the API', () => {
  expect(translateTokenFields({ grant_type: 'client_credentials', audience: 'my-api' })).toEqual({
    grant_type: 'client_credentials',
    resource: 'urn:countersign:audience:my-api',
  });
});

it('ignores the audience with a code: it was chosen before', () => {
  const fields = { grant_type: 'authorization_code', code: 'c' };
  expect(translateTokenFields({ ...fields, audience: 'other', resource: 'other' })).toEqual(fields);
});
