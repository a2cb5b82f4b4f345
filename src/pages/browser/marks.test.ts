import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Marks } from './marks.ts';

const now = Date.UTC(2026, 0, 15);
const day = 24 * 60 * 60 * 1000;
const ann = 'auth0|ann';

function open(cookieHeader?: string, { publicUrl = 'http://localhost:3000/', at = now, key = 'key' } = {}) {
  const hash = (value: string) => createHmac('sha256', key).update(value).digest('base64url');
  return new Marks(cookieHeader, { publicUrl, hash, now: at });
}

const pairOf = (setCookie: string | undefined) => setCookie?.split(';')[0] ?? '';

describe('marks of a browser', () => {
  it('are kept per kind, person and factor, by a cookie', () => {
    const cookie = pairOf(open().add('put-off', ann, 'device', 14));
    expect(open(cookie).has('put-off', ann, 'device')).toBe(true);
    expect(open(cookie).has('holds', ann, 'device')).toBe(false);
    expect(open(cookie).has('put-off', 'auth0|bob', 'device')).toBe(false);
    expect(open(cookie).has('put-off', ann, 'key')).toBe(false);
  });

  it('end when their days are over, each by itself', () => {
    const later = open(pairOf(open().add('holds', ann, 'device', 365)));
    const cookie = pairOf(later.add('put-off', ann, 'key', 14));
    const then = open(cookie, { at: now + 14 * day });
    expect(then.has('put-off', ann, 'key')).toBe(false);
    expect(then.has('holds', ann, 'device')).toBe(true);
  });

  it('can be forgotten, and the last one takes the cookie along', () => {
    const marks = open(pairOf(open().add('holds', ann, 'device', 365)));
    expect(marks.remove('holds', ann, 'other')).toBeUndefined();
    expect(marks.remove('holds', ann, 'device')).toMatch(/^cs-marks=; .*Max-Age=0;/);
    expect(marks.has('holds', ann, 'device')).toBe(false);
  });

  it('tell nothing to who finds the cookie, nor mean anything to another server', () => {
    const cookie = open().add('holds', ann, 'webauthn-platform', 365);
    expect(cookie).not.toMatch(/auth0|ann|webauthn|holds/);
    expect(open(pairOf(cookie), { key: 'another' }).has('holds', ann, 'webauthn-platform')).toBe(false);
  });

  it('S-76 are out of reach of scripts, and with https of sister domains', () => {
    expect(open().add('holds', ann, 'device', 1)).toMatch(
      /^cs-marks=[^;]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/,
    );
    const overHttps = { publicUrl: 'https://login.example.com/' };
    const cookie = open(undefined, overHttps).add('holds', ann, 'device', 1);
    expect(cookie).toMatch(/^__Host-cs-marks=.*; Path=\/; .*; Secure$/);
    expect(open(pairOf(cookie).replace('__Host-', ''), overHttps).has('holds', ann, 'device')).toBe(false);
  });

  it('stay few, the newest ones', () => {
    const marks = open();
    let cookie = '';
    for (let person = 0; person < 100; person += 1)
      cookie = marks.add('holds', `auth0|${person}`, 'device', 1);
    expect(cookie.length).toBeLessThan(700);
    expect(open(pairOf(cookie)).has('holds', 'auth0|99', 'device')).toBe(true);
    expect(open(pairOf(cookie)).has('holds', 'auth0|0', 'device')).toBe(false);
  });

  it.each([
    'cs-marks',
    'cs-marks=',
    'cs-marks=~',
    'cs-marks=short~zz',
    `cs-marks=${'a'.repeat(16)}~${'z'.repeat(30)}`,
    `cs-marks=${'.'.repeat(5000)}`,
    'other=1; xcs-marks=1',
  ])('survive a broken cookie: %.40s', (cookie) => {
    expect(open(cookie).has('holds', ann, 'device')).toBe(false);
  });
});
