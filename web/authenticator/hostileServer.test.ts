import { describe, expect, it } from 'vitest';
import { Patience } from './client/patience.js';
import { readWaiting } from './client/readWaiting.js';

const now = Date.parse('2026-01-15T12:00:00.000Z');
const request = {
  transaction_token: 'token',
  challenge: 'challenge',
  consent_id: 'cns_1',
  application: 'Shop',
  ip: '203.0.113.9',
  browser: { name: 'Firefox', os: 'Linux' },
  location: { city: 'Lisbon' },
  created_at: '2026-01-15T12:00:00.000Z',
  expires_at: '2026-01-15T12:02:00.000Z',
  number_choices: ['10', '42', '99'],
  number_length: 2,
};

describe('S-89 what a server tells of a request', () => {
  it('is taken as it is where it has the form', () => {
    expect(readWaiting(request, now)).toEqual(request);
    const { number_choices: _, number_length: __, location: ___, ip: ____, ...plain } = request;
    expect(readWaiting(plain, now)).toEqual(plain);
  });

  it.each([
    null,
    undefined,
    'request',
    [],
    {},
    { ...request, transaction_token: 1 },
    { ...request, transaction_token: 'a\r\nb' },
    { ...request, transaction_token: '' },
    { ...request, transaction_token: 'x'.repeat(9000) },
    { ...request, challenge: { toString: 'x' } },
    { ...request, consent_id: undefined },
    { ...request, created_at: 'yesterday' },
    { ...request, created_at: 0 },
    { ...request, expires_at: undefined },
    { ...request, number_choices: '123' },
    { ...request, number_choices: [1, 2, 3] },
    { ...request, number_choices: ['<b>', '2'] },
    { ...request, number_choices: Array(100).fill('1') },
    { ...request, number_length: 1e9 },
    { ...request, number_length: '2' },
  ])('is nothing where it has not: %j', (told) => {
    expect(readWaiting(told, now)).toBeUndefined();
  });

  it('breaks no screen by what is beside it', () => {
    const odd = { ...request, application: null, browser: null, ip: 7, location: null, number_length: null };
    const read = readWaiting(odd, now);
    expect(read).toMatchObject({ application: '', browser: {}, number_choices: ['10', '42', '99'] });
    expect(read).not.toHaveProperty('ip');
    expect(readWaiting({ ...request, browser: { name: {}, os: 1 } }, now)?.browser).toEqual({});
  });

  it('doesn’t stay before everything else for longer than a request may wait', () => {
    const endless = { ...request, expires_at: '9999-12-31T23:59:59.000Z' };
    expect(readWaiting(endless, now)?.expires_at).toBe('2026-01-15T12:10:00.000Z');
    const turned = { ...request, created_at: '2027-01-01T00:00:00.000Z' };
    expect(readWaiting(turned, now)?.created_at).toBe(request.expires_at);
  });
});

describe('S-50 requests come up by themselves', () => {
  it('twenty times in ten minutes for an account, and then no more until there is peace', () => {
    const patience = new Patience();
    const admitted = Array.from({ length: 100 }, (_, i) => patience.admits('a', `${i}`, now + i * 1000));
    expect(admitted.filter(Boolean)).toHaveLength(20);
    // Those that came up stay, and other accounts have nothing to do with it.
    expect(patience.admits('a', '0', now + 100_000)).toBe(true);
    expect(patience.admits('b', '0', now + 100_000)).toBe(true);
    expect(patience.admits('a', 'later', now + 620_000)).toBe(true);
  });

  it('not for half a minute after the person put one aside', () => {
    const patience = new Patience();
    expect(patience.admits('a', '1', now)).toBe(true);
    patience.rest('a', now);
    expect(patience.admits('a', '2', now + 29_000)).toBe(false);
    expect(patience.admits('b', '2', now + 29_000)).toBe(true);
    expect(patience.admits('a', '3', now + 30_000)).toBe(true);
  });
});
