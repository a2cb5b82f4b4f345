import type { Factor } from '../mfa/factor.ts';
import { offersResistance } from '../mfa/policy/offersResistance.ts';
import type { FactorRegistry } from '../mfa/registry.ts';
import { withFactor } from '../mfa/settings/withFactor.ts';
import { readTenantSettings, type TenantSettings, updateTenantSettings } from '../tenant/tenantSettings.ts';
import { registerFactorSettings } from './factorSettings.ts';
import { registerFactorTest } from './factorTest.ts';
import { findFactor } from './findFactor.ts';
import { type CommonOptions, withServerOptions } from './options.ts';
import { formatTable } from './output.ts';
import type { RegisterCommand } from './program.ts';
import { recordOperatorAct } from './recordOperatorAct.ts';
import { withHouse } from './withHouse.ts';

/** `factor list|enable|disable|settings|test`: the second factors people may use. */
export const register: RegisterCommand = (program, io) => {
  const group = program.command('factor').description('the second factors people may use');

  withServerOptions(group.command('list'))
    .description('list the factors and whether they are on')
    .action((options: CommonOptions) =>
      withHouse(options, io, async ({ database, engine, settings: { publicUrl } }, output) => {
        const settings = await readTenantSettings(database.db);
        const { registry } = engine;
        const factors = registry.all.map((factor) => ({
          name: factor.name,
          enabled: settings.factors[factor.name]?.enabled === true,
        }));
        for (const factor of registry.all) {
          const lack = lackOf(registry, factor, settings, publicUrl);
          if (lack !== undefined) output.note(lack);
        }
        output.print(factors, formatTable(factors, ['name', 'enabled'], 'No factors.'));
      }),
    );

  for (const [verb, enabled] of [
    ['enable', true],
    ['disable', false],
  ] as const) {
    withServerOptions(group.command(verb))
      .description(enabled ? 'let people enrol and use a factor' : 'switch a factor off, at once')
      .argument('<factor>', 'its name, as in otp')
      .action((name: string, options: CommonOptions) =>
        withHouse(options, io, async ({ database, clock, engine, settings: { publicUrl } }, output) => {
          const factor = findFactor(engine.registry, name);
          const changed = await database.transaction(async (trx) => {
            const after = await updateTenantSettings(trx, clock(), (settings) =>
              withFactor(settings, name, enabled),
            );
            await recordOperatorAct(trx, clock, { description: `Factor ${verb}`, details: { factor: name } });
            return after;
          });
          output.print({ name, enabled });
          const lack = lackOf(engine.registry, factor, changed, publicUrl);
          if (lack !== undefined) output.note(lack);
          const { origin } = new URL(publicUrl);
          if (changed.phishingResistantOnly && !offersResistance(engine.registry, changed, origin)) {
            output.note(
              'The policy takes phishing-resistant factors only, and none that may be a person’s only one can be ' +
                'used now: whoever has none is kept out where a second factor is demanded.',
            );
          }
        }),
      );
  }

  registerFactorSettings(group, io);
  registerFactorTest(group, io);
};

/** Why a factor that is on can't be used yet. */
function lackOf(
  registry: FactorRegistry,
  factor: Factor,
  settings: TenantSettings,
  publicUrl: string,
): string | undefined {
  if (settings.factors[factor.name]?.enabled !== true) return undefined;
  const lack = factor.lacks?.(registry.settingsOf(factor, settings), new URL(publicUrl).origin);
  return lack && `${factor.name} can't be used yet. ${lack}`;
}
