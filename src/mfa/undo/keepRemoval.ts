import type { Db } from '../../database/database.ts';
import { vouchingMs } from '../assurance.ts';
import { withTheirDevices } from '../devices/sameDevice.ts';
import type { AuthenticationMethod } from '../methods.ts';
import type { EngineParts } from '../parts.ts';
import type { Step } from '../step.ts';
import type { Proof } from '../transaction.ts';
import type { KeptMethod } from './changeStore.ts';

type Going = Pick<Step, 'parts' | 'trx' | 'user'> & {
  methods: readonly AuthenticationMethod[];
  /** What whoever takes them away had proved; nothing comes back of what an operator takes. */
  vouchedBy: readonly Proof[];
};

/**
 * Keeps methods that are about to be taken away. What can come back is what was in the hands of whoever took
 * it away: a method that was removed by another one may be on a device that is lost, and whoever found it
 * mustn't get it back by the mailbox that is on it as well.
 *
 * @returns the secret of the link that puts them back; undefined where nothing can come back.
 */
export async function keepRemoval({
  parts,
  trx,
  user,
  methods,
  vouchedBy,
}: Going): Promise<string | undefined> {
  const gone = methods.filter(({ isConfirmed }) => isConfirmed);
  const [first] = gone;
  if (!first) return undefined;
  const kept = await keptOf(trx, returning(parts, gone, vouchedBy));
  const methodIds = gone.map(({ id }) => id);
  const ticket = await parts.changes.keep(trx, user.id, {
    kind: 'removed',
    factor: first.factor,
    methodIds,
    kept,
  });
  return kept.length > 0 ? ticket : undefined;
}

/** Those proved just now, with what is on the same device, and what needs them and would be nothing without. */
function returning(
  { registry, clock }: EngineParts,
  gone: readonly AuthenticationMethod[],
  proofs: readonly Proof[],
): AuthenticationMethod[] {
  const since = clock() - vouchingMs;
  const isInHand = ({ id }: AuthenticationMethod) =>
    proofs.some(({ methodId, at }) => methodId === id && at >= since);
  const isIndependent = ({ factor }: AuthenticationMethod) => registry.get(factor)?.kind === 'independent';
  const inHand = withTheirDevices(registry, gone.filter(isInHand), gone);
  if (!gone.some(isIndependent)) return inHand;
  if (!inHand.some(isIndependent)) return [];
  return gone.filter((method) => inHand.includes(method) || !isIndependent(method));
}

async function keptOf(trx: Db, methods: readonly AuthenticationMethod[]): Promise<KeptMethod[]> {
  if (methods.length === 0) return [];
  const ids = methods.map(({ id }) => id);
  const rows = await trx.selectFrom('authentication_methods').selectAll().where('id', 'in', ids).execute();
  const claims = await trx.selectFrom('method_claims').selectAll().where('method_id', 'in', ids).execute();
  return rows.map((row) => ({
    row,
    claimHashes: claims.filter(({ method_id }) => method_id === row.id).map(({ claim_hash }) => claim_hash),
  }));
}
