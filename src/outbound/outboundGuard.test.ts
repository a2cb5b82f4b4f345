import { describe, expect, it } from 'vitest';
import { createOutboundGuard } from './outboundGuard.ts';
import { isPublicAddress } from './publicAddress.ts';

/** Spellings of addresses that are not the public Internet, as the host of a URL. */
const hosts = [
  // This machine, in every way a URL may write it.
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '127.255.255.254',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0x7F.0x0.0x0.0x1',
  '017700000001',
  '0177.0.0.1',
  '0177.0.0.01',
  '127.0.0.1.',
  '１２７.０.０.１',
  '①②⑦.⓪.⓪.①',
  '127。0。0。1',
  '%31%32%37.0.0.1',
  '0',
  '0.0.0.0',
  '0x0',
  '00000000000',
  '0.1.2.3',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[0000:0000:0000:0000:0000:0000:0000:0001]',
  '[::]',
  '[0::0]',
  '[::127.0.0.1]',
  '[::7f00:1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::FFFF:7F00:0001]',
  '[0:0:0:0:0:ffff:127.0.0.1]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b::]',
  '[64:ff9b::1]',
  '[64:ff9b:1::7f00:1]',
  '[2002:7f00:1::]',
  '[2002:7f00:0001::1]',
  '[2001:0:4136:e378:8000:63bf:80ff:fffe]',
  // Private networks.
  '10.0.0.1',
  '10.1',
  '167772161',
  '0xa000001',
  '012.0.0.1',
  '10.255.255.255',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '192.168.1',
  '3232235777',
  '0xc0a80101',
  '[::ffff:10.0.0.1]',
  '[64:ff9b::10.0.0.1]',
  '[64:ff9b::a00:1]',
  '[2002:a00:1::]',
  '[2002:c0a8:101::]',
  '[fc00::1]',
  '[fd12:3456:789a::1]',
  '[fec0::1]',
  // Metadata services and link-local.
  '169.254.169.254',
  '2852039166',
  '0xa9fea9fe',
  '0251.0376.0251.0376',
  '169.254.43518',
  '169.254.170.2',
  '[::ffff:169.254.169.254]',
  '[::ffff:a9fe:a9fe]',
  '[64:ff9b::a9fe:a9fe]',
  '[2002:a9fe:a9fe::]',
  '[fd00:ec2::254]',
  '[fe80::1]',
  '[febf::1]',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  // Carriers, examples, benchmarks, multicast, broadcast, reserved.
  '100.64.0.1',
  '100.127.255.255',
  '192.0.2.1',
  '192.88.99.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.250',
  '240.0.0.1',
  '255.255.255.255',
  '0xffffffff',
  '[ff02::1]',
  '[100::1]',
  '[2001:db8::1]',
  '[3fff::1]',
  '[5f00::1]',
  '[4000::1]',
];

describe('createOutboundGuard', () => {
  it.each(hosts)('S-92 refuses https://%s', (host) => {
    const url = URL.parse(`https://${host}/`);
    expect(url, 'a URL that is none shows nothing').not.toBeNull();
    expect(() => createOutboundGuard({}).checkUrl(url as URL)).toThrow('private_address');
  });

  it('S-92 tries at least eighty spellings', () => {
    expect(new Set(hosts).size).toBeGreaterThanOrEqual(80);
  });

  it.each([
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    '[2606:4700::1111]',
    '[64:ff9b::808:808]',
    '[::ffff:8.8.8.8]',
  ])('lets https://%s pass', (host) => {
    expect(() => createOutboundGuard({}).checkUrl(new URL(`https://${host}/`))).not.toThrow();
  });

  it.each([
    ['http://8.8.8.8/', 'not_https'],
    ['ftp://8.8.8.8/', 'not_https'],
    ['file:///etc/passwd', 'not_https'],
    ['gopher://8.8.8.8/', 'not_https'],
    ['https://user:password@8.8.8.8/', 'credentials_in_url'],
    ['https://api.example@127.0.0.1/', 'credentials_in_url'],
  ])('S-92 refuses %s', (url, code) => {
    expect(() => createOutboundGuard({}).checkUrl(new URL(url))).toThrow(code);
  });

  it('S-92 an allowed network opens nothing beside it', () => {
    const guard = createOutboundGuard({ allow: ['10.20.0.0/16', 'fd12:3456::/32'] });
    const url = new URL('https://gateway.example/');
    expect(guard.permits(url, '10.20.255.1')).toBe(true);
    expect(guard.permits(url, 'fd12:3456::1')).toBe(true);
    expect(guard.permits(url, '::ffff:10.20.0.1')).toBe(true);
    expect(guard.permits(url, '10.21.0.1')).toBe(false);
    expect(() => guard.checkUrl(new URL('http://10.20.0.1/'))).toThrow('not_https');
  });
});

describe('isPublicAddress', () => {
  it.each(['', 'localhost', '127.0.0.1:80', '8.8.8.8/8', '8.8.8'])('%j is no public address', (text) => {
    expect(isPublicAddress(text)).toBe(false);
  });

  it('an address with a zone is judged without it', () => {
    expect(isPublicAddress('fe80::1%eth0')).toBe(false);
  });
});
