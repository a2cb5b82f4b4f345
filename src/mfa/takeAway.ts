import type { TenantEvent } from '../logs/tenantLog.ts';
import type { AuthenticationMethod } from './methods.ts';
import type { Step } from './step.ts';

/** What is taken from a person: each of `methods` is logged by `record`, and the person told of those in `told`. */
export interface Taking {
  methods: readonly AuthenticationMethod[];
  told: readonly AuthenticationMethod[];
  isByOperator?: true;
  record(event: Pick<TenantEvent, 'type' | 'details'>): Promise<void>;
}

/**
 * Takes methods away in the caller's database transaction. Browsers remembered by them are forgotten (S-46),
 * and the person hears of it, once for each factor (S-45).
 */
export async function takeAway(
  { parts, trx, user, context }: Pick<Step, 'parts' | 'trx' | 'user' | 'context'>,
  { methods, told, isByOperator, record }: Taking,
): Promise<void> {
  await parts.methods.remove(
    trx,
    user.id,
    methods.map(({ id }) => id),
  );
  await parts.browsers.forgetAll(trx, user.id);
  for (const { id, factor: type } of methods) {
    await record({ type: 'gd_unenroll', details: { authenticator: { id, type } } });
  }
  for (const name of new Set(told.map(({ factor }) => factor))) {
    const factor = parts.registry.get(name);
    if (!factor) continue;
    const notice = { template: 'mfa_removed', user, context, factor } as const;
    await parts.notify(trx, isByOperator ? { ...notice, isByOperator } : notice);
  }
}
