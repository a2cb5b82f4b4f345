import type { Decision } from '../transaction.ts';

/** Adds to a demanded challenge which of its factors the person wants to be asked for first. It changes no demand. */
export function withPreference(decision: Decision, preferred: string | undefined): Decision {
  const { requirement } = decision;
  if (requirement.kind !== 'challenge' || preferred === undefined) return decision;
  if (!requirement.factors.includes(preferred)) return decision;
  return { ...decision, requirement: { ...requirement, preferred } };
}
