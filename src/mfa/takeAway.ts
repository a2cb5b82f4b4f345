import type { TenantEvent } from '../logs/tenantLog.ts';
import { withTheirDevices } from './devices/sameDevice.ts';
import type { AuthenticationMethod } from './methods.ts';
import type { Step } from './step.ts';
import type { Proof } from './transaction.ts';
import { keepRemoval } from './undo/keepRemoval.ts';

/**
 * What is taken from a person, and what goes with it since it is on the same device: each is logged by `record`,
 * and the person told of those in `told`.
 */
export interface Taking {
  methods: readonly AuthenticationMethod[];
  told: readonly AuthenticationMethod[];
  /** What whoever takes them away had proved: what they can have back by a link. */
  vouchedBy: readonly Proof[];
  isByOperator?: true;
  record(event: Pick<TenantEvent, 'type' | 'details'>): Promise<void>;
}

/**
 * Takes methods away in the caller's database transaction. Browsers remembered by them are forgotten (S-46),
 * and the person hears of it, once for each factor (S-45).
 *
 * @returns the methods that are gone
 */
export async function takeAway(
  { parts, trx, user, context }: Pick<Step, 'parts' | 'trx' | 'user' | 'context'>,
  { methods: named, told, vouchedBy, isByOperator, record }: Taking,
): Promise<readonly AuthenticationMethod[]> {
  const standing = await parts.methods.ofUser(trx, user.id);
  const isOf = (list: readonly AuthenticationMethod[]) => (method: AuthenticationMethod) =>
    list.some(({ id }) => id === method.id);
  const methods = withTheirDevices(parts.registry, standing.filter(isOf(named)), standing);
  const undoTicket = await keepRemoval({ parts, trx, user, methods, vouchedBy });
  await parts.methods.remove(
    trx,
    user.id,
    methods.map(({ id }) => id),
  );
  await parts.browsers.forgetAll(trx, user.id);
  for (const { id, factor: type } of methods) {
    await record({ type: 'gd_unenroll', details: { authenticator: { id, type } } });
  }
  for (const name of new Set(told.filter(isOf(methods)).map(({ factor }) => factor))) {
    const factor = parts.registry.get(name);
    if (!factor) continue;
    await parts.notify(trx, {
      template: 'mfa_removed',
      user,
      context,
      factor,
      ...(isByOperator ? { isByOperator } : {}),
      ...(undoTicket === undefined ? {} : { undoTicket }),
    });
  }
  return methods;
}
