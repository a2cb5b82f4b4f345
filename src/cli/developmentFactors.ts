import type { House } from '../house.ts';
import { updateTenantSettings } from '../tenant/tenantSettings.ts';

/**
 * Switches on the factors that cost nothing on a development server, where codes go to the outbox, and lets
 * people choose among them: few developers have a security key at hand, which would come first. What was
 * switched on or off before stays so.
 */
export async function enableDevelopmentFactors({ database, clock, engine }: House): Promise<void> {
  await database.transaction((trx) =>
    updateTenantSettings(trx, clock(), (settings) => {
      const untouched = engine.registry.all.filter(
        ({ name, developmentSettings }) => developmentSettings && !(name in settings.factors),
      );
      const enabled = untouched.map(({ name, developmentSettings }) => [
        name,
        { enabled: true, settings: developmentSettings },
      ]);
      if (enabled.length === 0) return settings;
      const factors = { ...settings.factors, ...Object.fromEntries(enabled) };
      return { ...settings, factors, showFactorListOnEnrolment: true };
    }),
  );
}
