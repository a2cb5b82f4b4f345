import { X509Certificate } from 'node:crypto';
import type { CeremonyFault } from './ceremonyFault.ts';
import { leadsToRoot } from './certificatePath.ts';
import type { Model } from './model.ts';

/** What the operator demands of the authenticator's model. */
export interface ModelDemands {
  /** Finds a model in the metadata; without it none is known. */
  models?: (aaguid: string) => Promise<Model | undefined>;
  /** AAGUIDs, lower case with hyphens. Undefined allows every model; an empty list allows none. */
  allowedModels?: readonly string[];
  /** The model has to be proved, and known. */
  needsAttestation: boolean;
  /** For the dates of certificates, epoch milliseconds. */
  now: number;
}

/**
 * Judges the model by a statement whose signature was verified; `path` are its certificates. A model whose
 * keys are known to be broken is refused always. Where the operator demands a proof or lists models, the path
 * has to lead to a root that the metadata names for the model.
 */
export async function judgeModel(
  aaguid: string,
  path: readonly X509Certificate[],
  { models, allowedModels, needsAttestation, now }: ModelDemands,
): Promise<{ fault: CeremonyFault } | { isTrusted: boolean }> {
  const model = await models?.(aaguid);
  if (model?.isCompromised) return { fault: 'model' };
  const isTrusted = model !== undefined && leadsToRoot(path, rootsOf(model), now);
  if (!needsAttestation && allowedModels === undefined) return { isTrusted };
  if (path.length === 0) return { fault: 'attestation' };
  const isAllowed = allowedModels === undefined || allowedModels.includes(aaguid);
  if (model === undefined || !isAllowed) return { fault: 'model' };
  return isTrusted ? { isTrusted } : { fault: 'attestation' };
}

function rootsOf({ roots }: Model): X509Certificate[] {
  return roots.map((root) => new X509Certificate(Buffer.from(root, 'base64')));
}
