import type { Factor } from './factor.ts';

/** Whether it is kept for the day when the others are lost: a recovery code, what an operator handed out. */
export function isStandby(factor: Factor | undefined): boolean {
  return factor !== undefined && factor.enrolment !== 'by-person';
}
