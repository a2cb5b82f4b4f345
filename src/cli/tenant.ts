import { readTenantSettings, type TenantSettings, updateTenantSettings } from '../tenant/tenantSettings.ts';
import { CommandError } from './commandError.ts';
import { type CommonOptions, withCommonOptions } from './options.ts';
import type { RegisterCommand } from './program.ts';
import { recordOperatorAct } from './recordOperatorAct.ts';
import { tenantFaults } from './tenantFaults.ts';
import { applyTenantOptions, type TenantOptions, withTenantOptions } from './tenantOptions.ts';
import { toWireTenant } from './tenantWire.ts';
import { withHouse } from './withHouse.ts';

/** `tenant show|update`: what holds for all applications, beside factors and policy. */
export const register: RegisterCommand = (program, io) => {
  const group = program.command('tenant').description('what holds for all applications');

  withCommonOptions(group.command('show'))
    .description('print the tenant’s settings; "factor" and "policy" have the rest')
    .action((options: CommonOptions) =>
      withHouse(options, io, async ({ database }, output) => {
        output.print(toWireTenant(await readTenantSettings(database.db)));
      }),
    );

  withCommonOptions(withTenantOptions(group.command('update')))
    .description('change the tenant’s settings, from the next request on; what is not named stays')
    .action((options: TenantOptions) =>
      withHouse(options, io, async ({ database, clock }, output) => {
        const updated = await database.transaction(async (trx) => {
          let changes: Record<string, unknown> = {};
          const settings = await updateTenantSettings(trx, clock(), (before) => {
            const after = applyTenantOptions(before, options);
            const faults = tenantFaults(after);
            if (faults.length > 0) throw new CommandError('invalid_input', faults.join(' '));
            changes = changesBetween(before, after);
            return after;
          });
          if (Object.keys(changes).length > 0)
            await recordOperatorAct(trx, clock, { description: 'Update the tenant', details: { changes } });
          return settings;
        });
        output.print(toWireTenant(updated));
      }),
    );
};

/** What the log tells: each member that differs, as it was and as it is. */
function changesBetween(before: TenantSettings, after: TenantSettings): Record<string, unknown> {
  const [from, to]: Record<string, unknown>[] = [{ ...toWireTenant(before) }, { ...toWireTenant(after) }];
  const names = Object.keys({ ...from, ...to });
  const different = names.filter((name) => JSON.stringify(from?.[name]) !== JSON.stringify(to?.[name]));
  return Object.fromEntries(different.map((name) => [name, { from: from?.[name], to: to?.[name] }]));
}
