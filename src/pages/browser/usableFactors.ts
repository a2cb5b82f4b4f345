import type { Factor } from '../../mfa/factor.ts';
import type { KnownBrowser } from './knownBrowser.ts';

/** Whether the browser has yet to be asked what it can do, because one of these factors depends on it. */
export function mustBeAsked({ abilities }: KnownBrowser, factors: readonly Factor[]): boolean {
  return abilities === undefined && factors.some(({ needs }) => needs !== undefined);
}

/** The factors that this browser can use. */
export function usableFactors({ abilities }: KnownBrowser, factors: readonly Factor[]): Factor[] {
  return factors.filter(({ needs }) => needs === undefined || abilities?.has(needs));
}

/**
 * Those that this browser can answer a challenge by, the most promising one first: by a credential that it
 * holds; by what the person has with them, strongest first; by a device that may be another one; by what
 * stands by for a lost one.
 */
export function answerableFactors(
  browser: KnownBrowser,
  userId: string,
  factors: readonly Factor[],
): Factor[] {
  const rank = (factor: Factor) => {
    if (browser.marks.has('holds', userId, factor.name)) return 0;
    if (isStandby(factor)) return 3;
    return isOfDevice(factor) ? 2 : 1;
  };
  return usableFactors(browser, factors).sort((a, b) => rank(a) - rank(b));
}

/** Whether it is kept for the day when the others are lost. */
export function isStandby({ enrolment }: Factor): boolean {
  return enrolment === 'beside-first';
}

/** Whether it works on the device that it was set up on. */
export function isOfDevice({ needs }: Factor): boolean {
  return needs === 'webauthn-platform';
}
