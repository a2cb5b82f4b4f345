import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { BrowserNeed, Factor } from '../../mfa/factor.ts';
import type { KnownBrowser } from './knownBrowser.ts';
import { Marks } from './marks.ts';
import { type Asked, answerableFactors, mustBeAsked, usableFactors } from './usableFactors.ts';

const ann = 'auth0|ann';
const hash = (value: string) => createHash('sha256').update(value).digest('base64url');

function factor(name: string, needs?: BrowserNeed, enrolment: Factor['enrolment'] = 'by-person'): Factor {
  return { name, enrolment, ...(needs ? { needs } : {}) } as Factor;
}

const device = factor('device', 'webauthn-platform');
const key = factor('key', 'webauthn');
const app = factor('app');
const standby = factor('standby', undefined, 'beside-first');
const all = [device, key, app, standby];

function browser(abilities?: readonly BrowserNeed[], holdsDevice = false): KnownBrowser {
  const marks = new Marks(undefined, {
    publicUrl: 'http://localhost/',
    hash,
    now: 0,
  });
  if (holdsDevice) marks.add('holds', ann, 'device', 1);
  return { isPhone: false, abilities: abilities && new Set(abilities), marks };
}

const able = ['webauthn', 'webauthn-platform'] as const;
const order = (here: KnownBrowser, asked: Asked = { userId: ann }) =>
  names(answerableFactors(here, asked, all));
const names = (factors: readonly Factor[]) => factors.map(({ name }) => name);

describe('the factors for a browser', () => {
  it('wait until it was asked, where one depends on it', () => {
    expect(mustBeAsked(browser(), all)).toBe(true);
    expect(mustBeAsked(browser(), [app, standby])).toBe(false);
    expect(mustBeAsked(browser([]), all)).toBe(false);
  });

  it('are those that it can use, in their order', () => {
    expect(names(usableFactors(browser([]), all))).toEqual(['app', 'standby']);
    expect(names(usableFactors(browser(['webauthn']), all))).toEqual(['key', 'app', 'standby']);
    expect(names(usableFactors(browser(['webauthn', 'webauthn-platform']), all))).toEqual(names(all));
  });

  it('begin with the credential that it holds; else a device comes after what the person carries', () => {
    expect(order(browser(able, true))).toEqual(['device', 'key', 'app', 'standby']);
    expect(order(browser(able))).toEqual(['key', 'app', 'device', 'standby']);
    expect(order(browser(able, true), { userId: 'auth0|bob' })[0]).toBe('key');
  });

  it('begin with what the person prefers, and before that with what they chose in this browser', () => {
    const here = browser(able, true);
    const preferred = 'app';
    expect(order(here, { userId: ann, preferred })).toEqual(['app', 'device', 'key', 'standby']);
    here.marks.add('chosen', ann, 'key', 1);
    expect(order(here, { userId: ann, preferred })).toEqual(['key', 'app', 'device', 'standby']);
    expect(order(here, { userId: 'auth0|bob', preferred })[0]).toBe('app');
  });

  it('never begin with what stands by, nor with a device that isn’t this one, whatever was wished', () => {
    const elsewhere = browser(able);
    expect(order(elsewhere, { userId: ann, preferred: 'standby' })).toEqual(order(elsewhere));
    expect(order(elsewhere, { userId: ann, preferred: 'device' })).toEqual(order(elsewhere));
    elsewhere.marks.add('chosen', ann, 'device', 1);
    expect(order(elsewhere)[0]).toBe('key');
  });

  it('fall through to the next where a wish can’t be met', () => {
    const old = browser([]);
    old.marks.add('chosen', ann, 'key', 1);
    expect(order(old, { userId: ann, preferred: 'gone' })).toEqual(['app', 'standby']);
  });
});
