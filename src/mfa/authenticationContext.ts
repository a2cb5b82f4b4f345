import type { AssuranceLevel } from './factor.ts';
import type { Proof } from './transaction.ts';

/** The `acr` value of Auth0: a second factor was proved (OpenID PAPE policy). */
export const multiFactorAcr = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor';

/** The `acr` value for an assurance level of NIST SP 800-63B. */
export const levelAcr = (level: 2 | 3) => `http://idmanagement.gov/ns/assurance/aal/${level}`;

/** The level that each `acr` value with a meaning stands for; any second factor is at least the first. */
const levels: ReadonlyMap<string, AssuranceLevel> = new Map([
  [multiFactorAcr, 1],
  [levelAcr(2), 2],
  [levelAcr(3), 3],
]);

/** Every `acr` value that may be asked for and that a token may have. */
export const acrValuesSupported: readonly string[] = [...levels.keys()];

/** An `acr` value that was asked for, and the level it stands for. */
export interface AskedContext {
  acr: string;
  level: AssuranceLevel;
}

/** Those with a meaning among the values of `acr_values`, in their order: the application prefers the first. */
export function contextsAsked(acrValues: readonly string[]): AskedContext[] {
  return acrValues.flatMap((acr) => {
    const level = levels.get(acr);
    return level === undefined ? [] : [{ acr, level }];
  });
}

/** The lowest level that those values leave; any second factor where nothing was asked for. */
export function levelAsked(acrValues: readonly string[]): number {
  const asked = contextsAsked(acrValues).map(({ level }) => level);
  return asked.length === 0 ? 1 : Math.min(...asked);
}

/** First factors: a password, a link that was sent or handed over. Everything else in a list of proofs is a second one. */
const firstFactors = new Set(['password', 'link']);

export function isFirstFactor({ factor }: Proof): boolean {
  return firstFactors.has(factor);
}

/** Whether a second factor was proved; one that was waived wasn't. */
export function isSecondFactor(proof: Proof): boolean {
  return !isFirstFactor(proof) && !proof.isWaived;
}
