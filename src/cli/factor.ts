import { readTenantSettings, updateTenantSettings } from '../tenant/tenantSettings.ts';
import { registerFactorSettings } from './factorSettings.ts';
import { findFactor } from './findFactor.ts';
import { type CommonOptions, withCommonOptions } from './options.ts';
import { formatTable } from './output.ts';
import type { RegisterCommand } from './program.ts';
import { recordOperatorAct } from './recordOperatorAct.ts';
import { withHouse } from './withHouse.ts';

/** `factor list|enable|disable|settings`: the second factors people may use. */
export const register: RegisterCommand = (program, io) => {
  const group = program.command('factor').description('the second factors people may use');

  withCommonOptions(group.command('list'))
    .description('list the factors and whether they are on')
    .action((options: CommonOptions) =>
      withHouse(options, io, async ({ database, engine }, output) => {
        const settings = await readTenantSettings(database.db);
        const { registry } = engine;
        const factors = registry.all.map((factor) => ({
          name: factor.name,
          enabled: registry.isEnabled(factor, settings),
        }));
        output.print(factors, formatTable(factors, ['name', 'enabled'], 'No factors.'));
      }),
    );

  for (const [verb, enabled] of [
    ['enable', true],
    ['disable', false],
  ] as const) {
    withCommonOptions(group.command(verb))
      .description(enabled ? 'let people enrol and use a factor' : 'switch a factor off, at once')
      .argument('<factor>', 'its name, as in otp')
      .action((name: string, options: CommonOptions) =>
        withHouse(options, io, async ({ database, clock, engine }, output) => {
          findFactor(engine.registry, name);
          await database.transaction(async (trx) => {
            await updateTenantSettings(trx, clock(), (settings) => ({
              ...settings,
              factors: { ...settings.factors, [name]: { ...settings.factors[name], enabled } },
            }));
            await recordOperatorAct(trx, clock, { description: `Factor ${verb}`, details: { factor: name } });
          });
          output.print({ name, enabled });
        }),
      );
  }

  registerFactorSettings(group, io);
};
