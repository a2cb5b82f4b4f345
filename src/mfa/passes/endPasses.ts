import type { Step } from '../step.ts';

/** Whoever has set up a method needs no pass any more; one that is left over would only be found. */
export async function endPasses(step: Step): Promise<void> {
  const { parts, trx, transaction, user, methods, context, factor } = step;
  if (factor.kind !== 'independent') return;
  const passes = methods.filter((method) => parts.registry.get(method.factor)?.handedOut);
  await parts.methods.remove(
    trx,
    user.id,
    passes.map(({ id }) => id),
  );
  for (const { id, factor: type } of passes) {
    const details = { authenticator: { id, type }, reason: 'method_enrolled' };
    await parts.record(trx, transaction, user, context, { type: 'gd_unenroll', details });
  }
}
