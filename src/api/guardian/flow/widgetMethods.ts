import type { Factor } from '../../../mfa/factor.ts';
import type { FactorRegistry } from '../../../mfa/registry.ts';
import { readTenantSettings, type TenantSettings } from '../../../tenant/tenantSettings.ts';
import type { FlowCalls } from './dependencies.ts';

/** What auth0-guardian-js can do; the first three are enrolled as well. */
export type WidgetMethod = 'push' | 'otp' | 'sms' | 'recovery-code';

/** A factor under the widget's name for it. */
export interface NamedFactor {
  method: WidgetMethod;
  factor: Factor;
}

/** The factors that are on and the widget knows, strongest first. */
export function widgetFactors(registry: FactorRegistry, settings: TenantSettings): NamedFactor[] {
  return registry.enabled(settings).flatMap((factor) => {
    const method = methodOf(registry, settings, factor);
    return method ? [{ method, factor }] : [];
  });
}

/** The factor that is meant by a name of the widget's; undefined while it is off. */
export async function findWidgetFactor(
  { engine, db }: Pick<FlowCalls, 'engine' | 'db'>,
  wanted: WidgetMethod,
): Promise<Factor | undefined> {
  const known = widgetFactors(engine.registry, await readTenantSettings(db));
  return known.find(({ method }) => method === wanted)?.factor;
}

function methodOf(
  registry: FactorRegistry,
  settings: TenantSettings,
  factor: Factor,
): WidgetMethod | undefined {
  if (factor.device) return 'push';
  const { authenticatorType } = factor.wire;
  if (authenticatorType === 'otp' || authenticatorType === 'recovery-code') return authenticatorType;
  return registry.channelsOf(factor, settings)?.includes('sms') ? 'sms' : undefined;
}
