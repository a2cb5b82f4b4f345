import type { TenantSettings } from '../../tenant/tenantSettings.ts';
import type { FactorRegistry } from '../registry.ts';

/**
 * Whether people who have nothing yet can set up a phishing-resistant factor on pages at this origin. Where they
 * can't, a policy that takes nothing else would keep them out.
 */
export function offersResistance(
  registry: FactorRegistry,
  settings: TenantSettings,
  origin: string,
): boolean {
  return registry
    .enabled(settings)
    .some(
      (factor) =>
        factor.assurance.isPhishingResistant &&
        factor.kind === 'independent' &&
        factor.enrolment === 'by-person' &&
        factor.lacks?.(registry.settingsOf(factor, settings), origin) === undefined,
    );
}
