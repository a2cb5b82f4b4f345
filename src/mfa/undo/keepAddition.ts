import type { AuthenticationMethod } from '../methods.ts';
import type { Step } from '../step.ts';
import type { StoredChange } from './changeStore.ts';
import { isProtection } from './isProtection.ts';

type Added = Pick<Step, 'parts' | 'trx' | 'user'> & {
  /** Name of the factor that the person is told of. */
  factor: string;
  methodIds: readonly string[];
  /** The person's methods before. */
  before: readonly AuthenticationMethod[];
};

/** Keeps that methods were added. @returns the secret of the link that takes them away again. */
export async function keepAddition({ parts, trx, user, factor, methodIds, before }: Added): Promise<string> {
  const changes = await parts.changes.ofUser(trx, user.id);
  const protecting = before.filter((method) => isProtection(parts.registry, method)).map(({ id }) => id);
  const isFirst = isUnprotected(protecting, changes);
  return parts.changes.keep(trx, user.id, { kind: 'added', factor, methodIds, isFirst });
}

/**
 * Whether nothing protected the account but what a link could undo with nothing left anyway. What was
 * removed within the day counts as if it were there: who removed a lost device must not stand without
 * protection against whoever found it, and reads the mailbox on it.
 */
function isUnprotected(protecting: readonly string[], changes: readonly StoredChange[]): boolean {
  const standing = changes.filter(({ isUndone }) => !isUndone);
  if (standing.some(({ kind }) => kind === 'reset')) return false;
  const removed = standing.flatMap((change) => (change.kind === 'removed' ? change.methodIds : []));
  const first = new Set(
    changes.flatMap((change) => (change.kind === 'added' && change.isFirst ? change.methodIds : [])),
  );
  return [...protecting, ...removed].every((id) => first.has(id));
}
