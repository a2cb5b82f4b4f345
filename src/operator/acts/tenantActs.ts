import type { FactorRegistry } from '../../mfa/registry.ts';
import {
  readTenantSettings,
  type TenantSettings,
  updateTenantSettings,
} from '../../tenant/tenantSettings.ts';
import type { OperatorVisit } from '../visit.ts';
import { recordAct } from './actor.ts';

/** When a second factor is asked for. */
export type Policy = TenantSettings['policy'];

/** Sets the tenant's policy; it counts at the next request (S-38). Logged with what it was before (S-108). */
export function setPolicy(visit: OperatorVisit, policy: Policy): Promise<void> {
  const { database, clock } = visit.parts;
  return database.transaction(async (trx) => {
    const { policy: before } = await readTenantSettings(trx);
    if (before === policy) return;
    await updateTenantSettings(trx, clock(), (settings) => ({ ...settings, policy }));
    await recordAct(trx, visit, {
      type: 'gd_tenant_update',
      description: 'Set the policy',
      details: { from: before, to: policy },
    });
  });
}

/**
 * Switches a factor on or off, at once for everybody. Logged as an operator's act (S-108).
 *
 * @returns `needed` when it was the last one that operators could sign in with; nothing is changed then.
 */
export function switchFactor(
  visit: OperatorVisit,
  name: string,
  enabled: boolean,
): Promise<'switched' | 'needed'> {
  const { database, clock, engine } = visit.parts;
  return database.transaction(async (trx) => {
    const before = await readTenantSettings(trx);
    const after = withFactor(before, name, enabled);
    if (!canSignIn(engine.registry, after)) return 'needed';
    if (before.factors[name]?.enabled === enabled) return 'switched';
    await updateTenantSettings(trx, clock(), (settings) => withFactor(settings, name, enabled));
    await recordAct(trx, visit, {
      type: 'gd_tenant_update',
      description: `Factor ${enabled ? 'enable' : 'disable'}`,
      details: { factor: name },
    });
    return 'switched';
  });
}

/** Whether a factor may be a person's only one: without one that is on, no operator gets in. */
export function canSignIn(registry: FactorRegistry, settings: TenantSettings): boolean {
  return registry
    .enabled(settings)
    .some(({ kind, enrolment }) => kind === 'independent' && enrolment === 'by-person');
}

/** The settings with a factor on or off; its own settings stay. */
export function withFactor(settings: TenantSettings, name: string, enabled: boolean): TenantSettings {
  return {
    ...settings,
    factors: { ...settings.factors, [name]: { ...settings.factors[name], enabled } },
  };
}
