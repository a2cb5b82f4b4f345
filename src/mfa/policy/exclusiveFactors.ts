import type { Factor } from '../factor.ts';

/**
 * Of the factors that a person could answer by, those that are offered: an exclusive one only to who has no other
 * of their own, and then nothing beside it but what an operator handed out.
 */
export function offeredTogether(usable: readonly Factor[]): Factor[] {
  if (!isExclusiveAlone(usable)) return usable.filter((factor) => !factor.isExclusive);
  return usable.filter(({ isExclusive, enrolment }) => isExclusive || enrolment === 'by-operator');
}

/** Of the factors that are on, those that may be set up: an exclusive one only where it is the only one of its kind. */
export function setUpTogether(enabled: readonly Factor[]): Factor[] {
  const isAlone = isExclusiveAlone(enabled);
  return enabled.filter(({ isExclusive }) => (isExclusive === true) === isAlone);
}

/** Whether nothing but an exclusive factor could be a person's only one. */
function isExclusiveAlone(factors: readonly Factor[]): boolean {
  const independent = factors.filter(
    ({ kind, enrolment }) => kind === 'independent' && enrolment === 'by-person',
  );
  return independent.length > 0 && independent.every(({ isExclusive }) => isExclusive);
}
