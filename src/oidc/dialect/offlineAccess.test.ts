import type { KoaContextWithOIDC } from 'oidc-provider';
import { expect, it } from 'vitest';
import type { ResourceServer } from '../../applications/resourceServer.ts';
import { grantOfflineAccess } from './offlineAccess.ts';

const api = (allowOfflineAccess: boolean) => ({ allowOfflineAccess }) as ResourceServer;

function scopeAfter(wish: unknown, mayRefresh: boolean, named?: ResourceServer): string {
  const params = { scope: 'openid' };
  const client = { grantTypeAllowed: () => mayRefresh };
  grantOfflineAccess({ oidc: { params, client } } as unknown as KoaContextWithOIDC, wish, named);
  return params.scope;
}

it('comes back only where it was asked for, the application may refresh and the API allows it', () => {
  expect(scopeAfter('requested', true)).toBe('openid offline_access');
  expect(scopeAfter('requested', true, api(true))).toBe('openid offline_access');
  expect(scopeAfter('requested', true, api(false))).toBe('openid');
  expect(scopeAfter('requested', false)).toBe('openid');
  expect(scopeAfter(undefined, true)).toBe('openid');
  expect(scopeAfter('yes', true)).toBe('openid');
});
