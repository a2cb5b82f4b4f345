import { describe, expect, it } from 'vitest';
import { readBase32 } from './client/base32.js';
import { readBaseUrl, readOtpauthUri } from './client/otpauthUri.js';

const baseUrl = 'https://login.example.com/appliance-mfa';
const device = (changes: Record<string, string> = {}, label = 'Harbour%20Bank:mila%40example.com') => {
  const parameters = {
    enrollment_tx_id: 'ticket_1-A',
    base_url: baseUrl,
    issuer: 'Harbour Bank',
    ...changes,
  };
  return `otpauth://totp/${label}?${new URLSearchParams(parameters)}`;
};

describe('a link that sets a device up', () => {
  const read = {
    kind: 'device',
    baseUrl,
    ticket: 'ticket_1-A',
    issuer: 'Harbour Bank',
    account: 'mila@example.com',
  };

  it('is read', () => {
    expect(readOtpauthUri(device())).toEqual(read);
  });

  it('is read out of a link to the app, and with white space around', () => {
    const carried = `https://login.example.com/authenticator/#add=${encodeURIComponent(device())}`;
    expect(readOtpauthUri(` ${carried}\n`)).toEqual(read);
  });

  it('is one also when it holds a secret, as those of Guardian’s widget do', () => {
    const guardian = device({
      secret: 'JBSWY3DPEHPK3PXP',
      algorithm: 'sha1',
      digits: '6',
      counter: '0',
      period: '30',
    });
    expect(readOtpauthUri(guardian)).toEqual(read);
  });

  it('takes its issuer from the label when it names none', () => {
    const uri = `otpauth://totp/Harbour%20Bank:mila?enrollment_tx_id=t&base_url=${encodeURIComponent(baseUrl)}`;
    expect(readOtpauthUri(uri)).toMatchObject({ issuer: 'Harbour Bank', account: 'mila' });
    expect(readOtpauthUri(device({}, 'Harbour%20Bank'))).toMatchObject({
      issuer: 'Harbour Bank',
      account: '',
    });
  });

  it('S-53 shows no letters that hide, turn around or break the line', () => {
    const uri = device({ issuer: 'Your\u202e kcab\u0000\n Bank' }, `Bank:${encodeURIComponent('a\u2066b')}`);
    expect(readOtpauthUri(uri)).toMatchObject({ issuer: 'Your kcab Bank', account: 'ab' });
    const long = readOtpauthUri(device({ issuer: 'x'.repeat(500) }));
    expect(long).toMatchObject({ issuer: `${'x'.repeat(79)}…` });
  });

  it.each([
    ['http://login.example.com/appliance-mfa', 'insecure-server'],
    ['ftp://login.example.com/', 'insecure-server'],
    ['https://user:word@login.example.com/', 'insecure-server'],
    ['https://login.example.com/?a=b', 'insecure-server'],
    ['javascript:alert(1)', 'insecure-server'],
    ['login.example.com', 'insecure-server'],
  ])('is refused for the server %s', (address, fault) => {
    expect(readOtpauthUri(device({ base_url: address }))).toBe(fault);
  });

  it('is refused with a ticket that could say more than a ticket', () => {
    for (const ticket of ['', 'a"b', 'a b', 'a\r\nX: y', 'x'.repeat(600)]) {
      expect(readOtpauthUri(device({ enrollment_tx_id: ticket })), ticket).toBe('not-a-link');
    }
  });
});

describe('a link that holds the secret of codes', () => {
  it('is read with its defaults', () => {
    expect(readOtpauthUri('otpauth://totp/ACME:ann?secret=jbsw y3dp-ehpk3pxp')).toEqual({
      kind: 'codes',
      issuer: 'ACME',
      account: 'ann',
      secret: Uint8Array.from(Buffer.from('48656c6c6f21deadbeef', 'hex')),
      algorithm: 'SHA1',
      digits: 6,
      periodSeconds: 30,
    });
  });

  it('is read with parameters of its own', () => {
    const uri = 'OTPAUTH://TOTP/ann?secret=JBSWY3DPEHPK3PXP&issuer=ACME&algorithm=sha512&digits=8&period=60';
    expect(readOtpauthUri(uri)).toMatchObject({
      issuer: 'ACME',
      account: 'ann',
      algorithm: 'SHA512',
      digits: 8,
      periodSeconds: 60,
    });
  });

  it.each([
    'otpauth://hotp/ACME:ann?secret=JBSWY3DPEHPK3PXP&counter=1',
    'otpauth://totp/ACME:ann?secret=JBSWY3DPEHPK3PXP&algorithm=md5',
    'otpauth://totp/ACME:ann?secret=JBSWY3DPEHPK3PXP&algorithm=toString',
    'otpauth://totp/ACME:ann?secret=JBSWY3DPEHPK3PXP&digits=4',
    'otpauth://totp/ACME:ann?secret=JBSWY3DPEHPK3PXP&period=0',
    'otpauth://totp/ACME:ann?enrollment_tx_id=t',
  ])('is refused where the app can’t follow it: %s', (uri) => {
    expect(readOtpauthUri(uri)).toBe('unsupported');
  });
});

it.each([
  '',
  'hello',
  'https://example.com/',
  'otpauth://totp/ACME:ann',
  'otpauth://totp/ACME:ann?secret=',
  'otpauth://totp/ACME:ann?secret=0189',
  `otpauth://totp/ACME:${'x'.repeat(5000)}?secret=JBSWY3DPEHPK3PXP`,
])('is no link: %.40s', (text) => {
  expect(readOtpauthUri(text)).toBe('not-a-link');
});

it('an address of a server is kept without a slash at its end, and without TLS for this machine only', () => {
  expect(readBaseUrl('https://login.example.com/appliance-mfa//')).toBe(baseUrl);
  expect(readBaseUrl('HTTPS://Login.Example.com')).toBe('https://login.example.com');
  for (const host of ['localhost:3000', '127.0.0.1', '[::1]:3000']) {
    expect(readBaseUrl(`http://${host}/appliance-mfa`), host).toBe(`http://${host}/appliance-mfa`);
  }
  expect(readBaseUrl('http://localhost.example.net/')).toBeUndefined();
});

it('base32 is read as RFC 4648 §10 has it', () => {
  for (const [text, plain] of [
    ['MY======', 'f'],
    ['MZXQ====', 'fo'],
    ['MZXW6===', 'foo'],
    ['MZXW6YQ=', 'foob'],
    ['MZXW6YTB', 'fooba'],
    ['MZXW6YTBOI======', 'foobar'],
  ] as const) {
    expect(Buffer.from(readBase32(text) ?? []).toString()).toBe(plain);
  }
});
