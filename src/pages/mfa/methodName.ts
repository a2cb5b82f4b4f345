import { longestMethodName, plainMethodName } from '../../mfa/methodName.ts';

/** A name that a person typed, as it is kept. */
export function readMethodName(typed: string): { name: string } | { fault: 'too_short' | 'too_long' } {
  const name = plainMethodName(typed);
  if (name === '') return { fault: 'too_short' };
  return [...name].length > longestMethodName ? { fault: 'too_long' } : { name };
}
