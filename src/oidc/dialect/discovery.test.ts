import { expect, it } from 'vitest';
import { completeDiscovery } from './discovery.ts';

it('adds what oidc-provider does not know of and keeps the rest', () => {
  const document = completeDiscovery(
    { issuer: 'https://login.example.com/', response_modes_supported: ['query'] },
    'https://login.example.com/',
  );
  expect(document).toMatchObject({
    issuer: 'https://login.example.com/',
    mfa_challenge_endpoint: 'https://login.example.com/mfa/challenge',
    response_modes_supported: expect.arrayContaining(['web_message']),
    grant_types_supported: expect.arrayContaining(['authorization_code', 'password']),
  });
});
