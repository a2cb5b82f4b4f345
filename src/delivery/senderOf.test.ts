import { describe, expect, it } from 'vitest';
import { fromHeader } from './providers/fromHeader.ts';
import { senderOf } from './senderOf.ts';

describe('a sender', () => {
  it.each([
    ['login@acme.example', { name: '', address: 'login@acme.example' }],
    ['Acme Login <login@acme.example>', { name: 'Acme Login', address: 'login@acme.example' }],
    ['"Acme, Inc." <login@acme.example>', { name: 'Acme, Inc.', address: 'login@acme.example' }],
    ['株式会社 <login@acme.example>', { name: '株式会社', address: 'login@acme.example' }],
  ])('%s is taken apart', (from, sender) => {
    expect(senderOf(from)).toEqual(sender);
  });

  it.each([
    'Acme',
    'a@acme.example, b@acme.example',
    'a@acme.example <b@acme.example>',
    'Acme <a@acme.example> <b@acme.example>',
    'A\r\nBcc: x <a@acme.example>',
    'A\tB <a@acme.example>',
    'A\u0000 <a@acme.example>',
    'A\u2028B <a@acme.example>',
    'A\u2029B <a@acme.example>',
    'A\u202eB <a@acme.example>',
    'a@acme.example\u0000',
    'a@acme.example\u2028Bcc:b@acme.example',
    'a\u200b@acme.example',
    'A <a"b@acme.example>',
    'A <(a)@[192.0.2.1]>',
    'a@acme.example)',
    'a:b@acme.example',
    'a@acme;example',
  ])('S-95 %j is none', (from) => {
    expect(senderOf(from)).toBeUndefined();
  });
});

describe('S-95 the header From', () => {
  it.each([
    ['', 'login@acme.example'],
    ['Acme', 'Acme <login@acme.example>'],
    ['Acme, Inc.', '"Acme, Inc." <login@acme.example>'],
    ['A; b: (c) "d" \\', '"A; b: (c) \\"d\\" \\\\" <login@acme.example>'],
    ['=?utf-8?Q?=3Cx=40evil.example=3E?=', '"=?utf-8?Q?=3Cx=40evil.example=3E?=" <login@acme.example>'],
    ['Grüße', '=?UTF-8?Q?Gr=C3=BC=C3=9Fe?= <login@acme.example>'],
  ])('%j means that name and one address', (name, header) => {
    expect(fromHeader({ name, address: 'login@acme.example' })).toBe(header);
  });

  it('has an international domain as punycode and is one line, however long', () => {
    const header = fromHeader({ name: 'ア'.repeat(200), address: 'login@acmé.example' });
    expect(header).toMatch(/ <login@xn--acm-dma\.example>$/);
    expect(header).toMatch(/^[\x20-\x7e]+$/);
  });
});
