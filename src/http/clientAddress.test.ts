import { describe, expect, it } from 'vitest';
import { matcherOf } from '../config/networkAddress.ts';
import { clientAddress } from './clientAddress.ts';

const isTrusted = matcherOf(['10.0.0.0/8', '2001:db8:ffff::/48']);

describe('clientAddress', () => {
  it.each([
    // peer, X-Forwarded-For, client
    ['198.51.100.7', undefined, '198.51.100.7'],
    ['198.51.100.7', '203.0.113.9', '198.51.100.7'],
    ['198.51.100.7', 'nonsense', '198.51.100.7'],
    ['10.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['::ffff:10.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['10.0.0.1', '::ffff:203.0.113.9', '203.0.113.9'],
    ['10.0.0.1', '192.0.2.66, 203.0.113.9', '203.0.113.9'],
    ['10.0.0.1', 'nonsense, 203.0.113.9', '203.0.113.9'],
    ['10.0.0.1', '203.0.113.9, 10.0.0.2', '203.0.113.9'],
    ['10.0.0.1', '192.0.2.66,203.0.113.9,10.0.0.2', '203.0.113.9'],
    ['10.0.0.1', '203.0.113.9:4711', '203.0.113.9'],
    ['10.0.0.1', '[2001:DB8::1]:4711', '2001:db8::1'],
    ['10.0.0.1', '[2001:db8::1]', '2001:db8::1'],
    ['2001:db8:ffff::1', '2001:db8:0:0::1', '2001:db8::1'],
    ['10.0.0.1', '10.0.0.2, 10.0.0.3', '10.0.0.2'],
    ['10.0.0.1', undefined, '10.0.0.1'],
  ])('S-22 %s forwarding %j is %s', (peer, forwardedFor, client) => {
    expect(clientAddress(peer, forwardedFor, isTrusted)).toBe(client);
  });

  it.each([
    ['10.0.0.1', ''],
    ['10.0.0.1', 'unknown'],
    ['10.0.0.1', '203.0.113.9,'],
    ['10.0.0.1', '203.0.113.9, nonsense'],
    ['10.0.0.1', '203.0.113.9, _hidden, 10.0.0.2'],
    ['10.0.0.1', '203.0.113.09'],
    ['10.0.0.1', '0xcb.0.113.9'],
    ['10.0.0.1', '203.0.113.9%00'],
    ['10.0.0.1', '[203.0.113.9]x'],
    [undefined, '203.0.113.9'],
  ])('S-22 %s forwarding %j is refused, never skipped', (peer, forwardedFor) => {
    expect(clientAddress(peer, forwardedFor, isTrusted)).toBeUndefined();
  });
});
