import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { BrowserNeed, Factor } from '../../mfa/factor.ts';
import type { KnownBrowser } from './knownBrowser.ts';
import { Marks } from './marks.ts';
import { answerableFactors, mustBeAsked, usableFactors } from './usableFactors.ts';

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
    const able = ['webauthn', 'webauthn-platform'] as const;
    expect(names(answerableFactors(browser(able, true), ann, all))).toEqual([
      'device',
      'key',
      'app',
      'standby',
    ]);
    expect(names(answerableFactors(browser(able), ann, all))).toEqual(['key', 'app', 'device', 'standby']);
    expect(names(answerableFactors(browser(able, true), 'auth0|bob', all))[0]).toBe('key');
  });
});
