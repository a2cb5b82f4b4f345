import type { ThrottleResult } from '../../database/throttle.ts';
import type { Refusal, RefusalCode } from '../transaction.ts';

/** Why somebody's change of their own account was refused. */
export type OwnRefusalCode =
  | RefusalCode
  /** They have no second factor, and their sign-in is too long ago. */
  | 'stale_sign_in';

/** An expected no, returned so that what it counted and logged is committed (S-16). */
export type OwnRefusal = Omit<Refusal, 'code'> & { code: OwnRefusalCode };

export function refuseOwn(code: OwnRefusalCode, throttle?: ThrottleResult): OwnRefusal {
  return { outcome: 'refused', code, ...(throttle ? { throttle } : {}) };
}
