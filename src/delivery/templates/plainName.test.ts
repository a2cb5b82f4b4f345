import { describe, expect, it } from 'vitest';
import { oneLine, plainName } from './plainName.ts';

describe('S-95 a name in a message makes no link, no number to call and no header', () => {
  it.each([
    ['https://evil.example/win', 'https evil. example/win'],
    ['www.evil.example', 'www. evil. example'],
    ['evil.example', 'evil. example'],
    ['evil．example', 'evil． example'],
    ['//evil.example', 'evil. example'],
    ['1.1.1.1/login', '1. 1. 1. 1/login'],
    ['1.1/login', '1. 1/login'],
    ['1．1．1．1:80', '1． 1． 1． 1:80'],
    ['9.9.9.9', '9. 9. 9.9'],
    ['win\\\\evil', 'win evil'],
    ['ann@evil.example', 'ann@ evil. example'],
    ['Call +1 900 555-0100', 'Call +1900'],
    ['Your code is 987654', 'Your code is 9876'],
    ['１２３４５６', '１２３４'],
    ['Acme\r\nBcc: victim@evil.example', 'Acme Bcc: victim@ evil. example'],
    ['Acme\u202emoc.live', 'Acme moc. live'],
    ['Acme\u2028\u200b\u0000!', 'Acme !'],
    ['\ue000', ''],
  ])('%j', (name, plain) => {
    expect(plainName(name)).toBe(plain);
  });

  it.each([
    'Acme',
    'U.S. Bank',
    'U.S./Canada',
    'Web 2.0',
    'Studio 54',
    'Müller & Söhne',
    '株式会社アクメ',
    'Acme, Inc.',
  ])('leaves %s as it is', (name) => {
    expect(plainName(name)).toBe(name);
  });

  it('is cut between characters, not within one', () => {
    expect(plainName('😀'.repeat(70))).toBe('😀'.repeat(60));
    expect(plainName('a'.repeat(100), 16)).toHaveLength(16);
  });
});

it('keeps an address on one line', () => {
  expect(oneLine('help@example.com\r\nSubject: win')).toBe('help@example.com Subject: win');
});
