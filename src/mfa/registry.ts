import type { TenantSettings } from '../tenant/tenantSettings.ts';
import type { Factor } from './factor.ts';

/** The factors this server has, strongest first. Built once at the composition root. */
export interface FactorRegistry {
  readonly all: readonly Factor[];
  get(name: string): Factor | undefined;
  /** Whether the tenant has switched it on. */
  isEnabled(factor: Factor, settings: TenantSettings): boolean;
  /** Those the tenant has switched on, strongest first. */
  enabled(settings: TenantSettings): Factor[];
  /** A factor's settings with defaults for what the operator left alone. */
  settingsOf(factor: Factor, settings: TenantSettings): unknown;
  /** Names of a factor's channels that are on; undefined for a factor without channels. */
  channelsOf(factor: Factor, settings: TenantSettings): readonly string[] | undefined;
}

/** @throws when two factors share a name or an id prefix. */
export function createRegistry(factors: readonly Factor[]): FactorRegistry {
  const all = [...factors].sort((a, b) => b.strength - a.strength);
  const byName = new Map(all.map((factor) => [factor.name, factor]));
  const prefixes = all.flatMap(({ wire }) => [
    ...new Set([wire.idPrefix, ...(wire.channels ?? []).map(({ idPrefix }) => idPrefix)]),
  ]);
  if (byName.size !== all.length || new Set(prefixes).size !== prefixes.length) {
    throw new Error('Two factors share a name or an id prefix.');
  }
  const defaults = new Map(all.map((factor) => [factor.name, defaultsOf(factor)]));
  const settingsOf = (factor: Factor, settings: TenantSettings) => ({
    ...defaults.get(factor.name),
    ...(settings.factors[factor.name]?.settings as object | undefined),
  });
  const channelsOf = (factor: Factor, settings: TenantSettings) =>
    factor.channels?.(settingsOf(factor, settings));
  // A factor whose channels are all off can't be used, whatever its switch says.
  const isEnabled = (factor: Factor, settings: TenantSettings) =>
    settings.factors[factor.name]?.enabled === true && channelsOf(factor, settings)?.length !== 0;
  return {
    all,
    get: (name) => byName.get(name),
    isEnabled,
    enabled: (settings) => all.filter((factor) => isEnabled(factor, settings)),
    settingsOf,
    channelsOf,
  };
}

/** TypeBox's own way of filling them in doubles the modules a server loads. */
function defaultsOf({ settings }: Factor): Record<string, unknown> {
  const properties = Object.entries(settings.properties as Record<string, { default?: unknown }>);
  return Object.fromEntries(properties.map(([name, schema]) => [name, schema.default]));
}
