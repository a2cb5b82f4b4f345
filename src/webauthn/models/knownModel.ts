import type { Model } from '../model.ts';

/** A model with what the metadata says about it for people. */
export interface KnownModel extends Model {
  /** The latest certification by the FIDO Alliance, as in `FIDO_CERTIFIED_L1`. */
  certification?: string;
}

/**
 * One model for each AAGUID, by AAGUID. Where one is told of twice, the first description counts, the roots
 * add up, and it is compromised as soon as one says so.
 */
export function mergeModels(models: readonly KnownModel[]): KnownModel[] {
  const merged = new Map<string, KnownModel>();
  for (const model of models) {
    const before = merged.get(model.aaguid);
    merged.set(model.aaguid, before ? mergeTwo(before, model) : model);
  }
  return [...merged.values()].sort((a, b) => (a.aaguid < b.aaguid ? -1 : 1));
}

function mergeTwo(first: KnownModel, second: KnownModel): KnownModel {
  return {
    ...second,
    ...first,
    roots: [...new Set([...first.roots, ...second.roots])],
    isCompromised: first.isCompromised || second.isCompromised,
  };
}
