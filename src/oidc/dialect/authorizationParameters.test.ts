import { expect, it } from 'vitest';
import { offlineAccessParameter, readAuthorizationParameters } from './authorizationParameters.ts';

it('names the audience as resource and keeps it for the pages', () => {
  expect(readAuthorizationParameters({ audience: 'my-api', scope: 'openid' })).toEqual({
    scope: 'openid',
    audience: 'my-api',
    resource: 'urn:countersign:audience:my-api',
  });
});

it('takes a resource indicator for an audience when there is none', () => {
  expect(readAuthorizationParameters({ resource: 'https://api.example.com', scope: 'openid' })).toMatchObject(
    {
      audience: 'https://api.example.com',
      resource: 'https://api.example.com',
    },
  );
});

it('notes the wish for a refresh token, and only where it stands in the scope', () => {
  const wish = (scope: string) => readAuthorizationParameters({ scope })[offlineAccessParameter];
  expect(wish('openid offline_access')).toBe('requested');
  expect(wish('openid offline_accessory')).toBeUndefined();
  expect(readAuthorizationParameters({ scope: 'openid', [offlineAccessParameter]: 'requested' })).toEqual({
    scope: 'openid',
  });
});

it('asks for the profile when no scope is named', () => {
  expect(readAuthorizationParameters({}).scope).toBe('openid profile email');
});

it('shows the login page for select_account', () => {
  expect(readAuthorizationParameters({ scope: 'openid', prompt: 'select_account' }).prompt).toBe('login');
  expect(readAuthorizationParameters({ scope: 'openid', prompt: 'login select_account' }).prompt).toBe(
    'login',
  );
});

it('passes unknown parameters on and leaves a pushed request alone', () => {
  expect(readAuthorizationParameters({ scope: 'openid', auth0Client: 'e30' }).auth0Client).toBe('e30');
  const pushed = { client_id: 'c', request_uri: 'urn:ietf:params:oauth:request_uri:x' };
  expect(readAuthorizationParameters(pushed)).toEqual(pushed);
});
