import type { Factor } from './factor.ts';

/** Whether it comes with a person's first enrolment, and again when they ask: recovery codes. */
export function comesBeside(factor: Factor | undefined): boolean {
  return factor?.enrolment === 'beside-first';
}

/** Whether it is kept for the day when the others are lost: a recovery code, what an operator handed out. */
export function isStandby(factor: Factor | undefined): boolean {
  return factor !== undefined && factor.enrolment !== 'by-person';
}
