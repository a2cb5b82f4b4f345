import { expect, it } from 'vitest';
import { completeDraft } from '../applications/client.ts';
import { grantLifetime, refreshTokenLifetime } from './tokenLifetimes.ts';

const day = 86_400;
const client = completeDraft({ name: 'x', appType: 'spa' }, 'c', 0);
const everlasting = {
  ...client,
  refreshToken: { ...client.refreshToken, expirationType: 'non-expiring' as const },
};

it('a refresh token ends when idle, or with its family', () => {
  expect(refreshTokenLifetime(client, 0)).toBe(15 * day);
  expect(refreshTokenLifetime(client, 20 * day)).toBe(10 * day);
  expect(refreshTokenLifetime(client, 40 * day)).toBe(1);
  expect(refreshTokenLifetime(everlasting, 40 * day)).toBeGreaterThan(50 * 365 * day);
});

it('a grant outlives every refresh token under it', () => {
  expect(grantLifetime(client, true)).toBeGreaterThan(30 * day);
  expect(grantLifetime(client, false)).toBe(7 * day);
  expect(grantLifetime(everlasting, true)).toBeGreaterThan(50 * 365 * day);
});
