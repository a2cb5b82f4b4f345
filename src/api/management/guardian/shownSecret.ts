import type { Asked } from '../call.ts';

/**
 * A provider's secret in an answer: in clear for an application that may set it anyway, since tools compare what is
 * there with what they want (docs/adr/0092); else asterisks, and nothing where there is none.
 */
export function shownSecret({ scopes }: Pick<Asked, 'scopes'>, secret: string): string {
  return scopes.has('update:guardian_factors') || secret === '' ? secret : '*'.repeat(8);
}
