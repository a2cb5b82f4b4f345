import type { Command } from 'commander';
import { withoutUndefined } from '../applications/withoutUndefined.ts';
import { readTenantSettings, type TenantSettings, updateTenantSettings } from '../tenant/tenantSettings.ts';
import type { CommandIo } from './commandIo.ts';
import { describeFactorSettings, type FactorSettings, toWireFactorSettings } from './factorSettingsWire.ts';
import { findFactor } from './findFactor.ts';
import { type CommonOptions, withCommonOptions } from './options.ts';
import { formatTable } from './output.ts';
import { readFactorPairs } from './readFactorPairs.ts';
import { recordOperatorAct } from './recordOperatorAct.ts';
import { withHouse } from './withHouse.ts';

/** Adds `factor settings`: prints what a factor works with, or changes it. */
export function registerFactorSettings(group: Command, io: CommandIo): void {
  withCommonOptions(group.command('settings'))
    .description(
      'print a factor’s settings, or change those that are named, from the next request on. What people’s ' +
        'methods are made with (algorithm, digits and period_seconds of otp) counts for new enrolments only: ' +
        'a method that is there stays as it is.',
    )
    .argument('<factor>', 'its name, as in otp')
    .argument('[pairs...]', 'as in algorithm=SHA256 digits=8; without a value, as in digits=, the default')
    .action((name: string, pairs: string[], options: CommonOptions) =>
      withHouse(options, io, async ({ database, clock, engine }, output) => {
        const factor = findFactor(engine.registry, name);
        const settingsOf = (tenant: TenantSettings) =>
          engine.registry.settingsOf(factor, tenant) as FactorSettings;
        const print = (settings: FactorSettings) => {
          const rows = describeFactorSettings(factor.settings, settings);
          const text = formatTable(rows, ['setting', 'value', 'default', 'expected'], `${name} has none.`);
          output.print({ name, settings: toWireFactorSettings(settings) }, text);
        };
        if (pairs.length === 0) return print(settingsOf(await readTenantSettings(database.db)));

        const change = await readFactorPairs(factor.settings, pairs);
        const changed = await database.transaction(async (trx) => {
          let before: FactorSettings = {};
          const after = settingsOf(
            await updateTenantSettings(trx, clock(), (tenant) => {
              before = settingsOf(tenant);
              return withFactorSettings(tenant, name, change);
            }),
          );
          const details = {
            factor: name,
            from: toWireFactorSettings(before),
            to: toWireFactorSettings(after),
          };
          await recordOperatorAct(trx, clock, { description: 'Change a factor’s settings', details });
          return after;
        });
        print(changed);
      }),
    );
}

/** Only what differs from the defaults by decision is stored. */
function withFactorSettings(tenant: TenantSettings, name: string, change: FactorSettings): TenantSettings {
  const stored = tenant.factors[name];
  const settings = withoutUndefined({ ...(stored?.settings as FactorSettings | undefined), ...change });
  return {
    ...tenant,
    factors: { ...tenant.factors, [name]: { enabled: stored?.enabled === true, settings } },
  };
}
