import { describe, expect, it } from 'vitest';
import { addressBudgetKey, matcherOf, parseAddress, parseNetwork } from './networkAddress.ts';

describe('parseAddress', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:C000:201', '192.0.2.1'],
    ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
    ['2001:DB8:0:0::1', '2001:db8::1'],
    ['2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::0001', '::1'],
  ])('S-22 %s is %s', (spelling, canonical) => {
    expect(parseAddress(spelling)).toBe(canonical);
  });

  it.each([
    '',
    'localhost',
    '192.0.2',
    '192.0.2.256',
    '0300.0.2.1',
    '3221225985',
    '192.0.2.1:80',
    '[::1]',
    ' 192.0.2.1',
    '192.0.2.1\n',
    '2001:db8::1::2',
    '192.0.2.1, 192.0.2.2',
  ])('S-22 %j is no address', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });
});

describe('addressBudgetKey', () => {
  it('S-22 addresses of one IPv6 /64 share a budget', () => {
    const spellings = ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:DB8:1:2:0:0:0:9'];
    const keys = spellings.map((text) => addressBudgetKey(parseAddress(text) ?? ''));
    expect(new Set(keys)).toEqual(new Set(['2001:db8:1:2::/64']));
  });

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::1', '0:0:0:0::/64'],
    ['2001:db8::', '2001:db8:0:0::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:0:1::1', '2001:db8:0:1::/64'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4::/64'],
    ['::1.2.3.4', '0:0:0:0::/64'],
  ])('%s counts under %s', (address, key) => {
    expect(addressBudgetKey(address)).toBe(key);
  });
});

describe('parseNetwork', () => {
  it.each([
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0.0/-1',
    '/8',
    'proxy',
    '::ffff:10.0.0.0/104',
    '::/129',
  ])('%j is no network', (text) => {
    expect(parseNetwork(text)).toBeUndefined();
  });

  it('takes a single address as a network of its own', () => {
    expect(parseNetwork('::1')).toEqual({ address: '::1', prefix: 128, version: 6 });
  });
});

describe('matcherOf', () => {
  it('matches what lies inside and nothing else', () => {
    const isTrusted = matcherOf(['10.0.0.0/8', '2001:db8::/32', '192.0.2.1']);
    const inside = ['10.255.0.1', '2001:db8:ffff::1', '192.0.2.1'];
    const outside = ['11.0.0.1', '2001:db9::1', '192.0.2.2', '::1'];
    expect([...inside, ...outside].filter(isTrusted)).toEqual(inside);
  });

  it('matches nothing when nothing is listed', () => {
    expect(matcherOf([])('127.0.0.1')).toBe(false);
  });
});
