import type { Factor } from '../../mfa/factor.ts';
import { isStandby } from '../../mfa/standby.ts';
import type { KnownBrowser } from './knownBrowser.ts';

/** Whether the browser has yet to be asked what it can do, because one of these factors depends on it. */
export function mustBeAsked({ abilities }: KnownBrowser, factors: readonly Factor[]): boolean {
  return abilities === undefined && factors.some(({ needs }) => needs !== undefined);
}

/** The factors that this browser can use. */
export function usableFactors({ abilities }: KnownBrowser, factors: readonly Factor[]): Factor[] {
  return factors.filter(({ needs }) => needs === undefined || abilities?.has(needs));
}

/** Who is asked for a proof. */
export interface Asked {
  userId: string;
  /** Name of the factor that they want to be asked for first, in every browser. */
  preferred?: string | undefined;
}

/**
 * Those that this browser can answer a challenge by, the most promising one first: by what the person chose
 * here before; by what they prefer; by a credential that the browser holds; by what they have with them,
 * strongest first; by a device that may be another one; by what stands by for a lost one.
 */
export function answerableFactors(
  browser: KnownBrowser,
  { userId, preferred }: Asked,
  factors: readonly Factor[],
): Factor[] {
  const rank = (factor: Factor) => {
    if (isStandby(factor)) return 5;
    const isHeld = browser.marks.has('holds', userId, factor.name);
    if (isOfDevice(factor) && !isHeld) return 4;
    if (browser.marks.has('chosen', userId, factor.name)) return 0;
    if (factor.name === preferred) return 1;
    return isHeld ? 2 : 3;
  };
  return usableFactors(browser, factors).sort((a, b) => rank(a) - rank(b));
}

/** Whether it works on the device that it was set up on. */
export function isOfDevice({ needs }: Factor): boolean {
  return needs === 'webauthn-platform';
}
