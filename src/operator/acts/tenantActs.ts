import { offersResistance } from '../../mfa/policy/offersResistance.ts';
import { withFactor } from '../../mfa/settings/withFactor.ts';
import {
  readTenantSettings,
  type TenantSettings,
  updateTenantSettings,
} from '../../tenant/tenantSettings.ts';
import type { OperatorVisit } from '../visit.ts';
import { recordAct } from './actor.ts';

/** When a second factor is asked for, and which ones count. */
export type Policy = Pick<TenantSettings, 'policy' | 'phishingResistantOnly'>;

/**
 * Sets the tenant's policy; it counts at the next request (S-38). Logged with what it was before (S-108).
 *
 * @returns `impossible` when only phishing-resistant factors were to count and nobody could set one up; nothing
 * is changed then.
 */
export function setPolicy(visit: OperatorVisit, wanted: Policy): Promise<'set' | 'impossible'> {
  const { database, clock, engine, publicUrl } = visit.parts;
  return database.transaction(async (trx) => {
    const before = await readTenantSettings(trx);
    const isStricter = wanted.phishingResistantOnly && !before.phishingResistantOnly;
    const { origin } = new URL(publicUrl);
    if (isStricter && !offersResistance(engine.registry, before, origin)) return 'impossible';
    const [from, to] = [toWirePolicy(before), toWirePolicy(wanted)];
    if (from.policy === to.policy && from.phishing_resistant === to.phishing_resistant) return 'set';
    await updateTenantSettings(trx, clock(), (settings) => ({ ...settings, ...wanted }));
    await recordAct(trx, visit, {
      type: 'gd_tenant_update',
      description: 'Set the policy',
      details: { from, to },
    });
    return 'set';
  });
}

function toWirePolicy({ policy, phishingResistantOnly }: Policy) {
  return { policy, phishing_resistant: phishingResistantOnly };
}

/** Lets people sign in with a passkey alone, or doesn't any more; at once. Logged (S-108). */
export function setPasskeySignIn(visit: OperatorVisit, enabled: boolean): Promise<void> {
  const { database, clock } = visit.parts;
  return database.transaction(async (trx) => {
    const { passkeySignIn: before } = await readTenantSettings(trx);
    if (before === enabled) return;
    await updateTenantSettings(trx, clock(), (settings) => ({ ...settings, passkeySignIn: enabled }));
    await recordAct(trx, visit, {
      type: 'gd_tenant_update',
      description: 'Set the sign-in with a passkey',
      details: { from: before, to: enabled },
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
  const { database, clock } = visit.parts;
  return database.transaction(async (trx) => {
    const before = await readTenantSettings(trx);
    const after = withFactor(before, name, enabled);
    if (!enabled && !canSignIn(visit, after)) return 'needed';
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

/** Whether operators can set up a factor that the policy takes: without one, none of them gets in. */
export function canSignIn({ parts }: OperatorVisit, settings: TenantSettings): boolean {
  const { registry } = parts.engine;
  const { origin } = new URL(parts.publicUrl);
  if (settings.phishingResistantOnly) return offersResistance(registry, settings, origin);
  return registry
    .enabled(settings)
    .filter(({ kind, enrolment }) => kind === 'independent' && enrolment === 'by-person')
    .some((factor) => factor.lacks?.(registry.settingsOf(factor, settings), origin) === undefined);
}
