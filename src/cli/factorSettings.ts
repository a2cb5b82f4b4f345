import type { Command } from 'commander';
import type { TObject } from 'typebox';
import { wireName } from '../config/wireName.ts';
import { changeFactorSettings } from '../mfa/settings/changeFactorSettings.ts';
import {
  describeExpected,
  type FactorSettings,
  settingProperties,
  toWireSettings,
} from '../mfa/settings/settingProperties.ts';
import { readTenantSettings } from '../tenant/tenantSettings.ts';
import { CommandError } from './commandError.ts';
import type { CommandIo } from './commandIo.ts';
import { findFactor } from './findFactor.ts';
import { type CommonOptions, withServerOptions } from './options.ts';
import { formatTable } from './output.ts';
import { readFactorPairs } from './readFactorPairs.ts';
import { recordOperatorAct } from './recordOperatorAct.ts';
import { withHouse } from './withHouse.ts';

/** Adds `factor settings`: prints what a factor works with, or changes it. */
export function registerFactorSettings(group: Command, io: CommandIo): void {
  withServerOptions(group.command('settings'))
    .description(
      'print a factor’s settings, or change those that are named, from the next request on. What people’s ' +
        'methods are made with (algorithm, digits and period_seconds of otp) counts for new enrolments only: ' +
        'a method that is there stays as it is.',
    )
    .argument('<factor>', 'its name, as in otp')
    .argument(
      '[pairs...]',
      'as in algorithm=SHA256 digits=8, lists as in allowed_countries=DE,AT; without a value, as in digits=, the default',
    )
    .action((name: string, pairs: string[], options: CommonOptions) =>
      withHouse(options, io, async ({ database, clock, engine: { registry }, settings }, output) => {
        const factor = findFactor(registry, name);
        const print = (values: FactorSettings) => {
          const rows = describeFactorSettings(factor.settings, values);
          const text = formatTable(rows, ['setting', 'value', 'default', 'expected'], `${name} has none.`);
          output.print({ name, settings: toWireSettings(values) }, text);
        };
        if (pairs.length === 0) {
          return print(registry.settingsOf(factor, await readTenantSettings(database.db)) as FactorSettings);
        }
        const change = await readFactorPairs(factor.settings, pairs);
        const { origin } = new URL(settings.publicUrl);
        const result = await database.transaction(async (trx) => {
          const changed = await changeFactorSettings(trx, { registry, clock, origin }, factor, change);
          if (changed.outcome === 'refused') return changed;
          const { before, after } = changed;
          const details = { factor: name, from: toWireSettings(before), to: toWireSettings(after) };
          await recordOperatorAct(trx, clock, { description: 'Change a factor’s settings', details });
          return changed;
        });
        if (result.outcome === 'refused') {
          const { setting, message } = result.fault;
          throw new CommandError('invalid_input', `${wireName(setting)}: ${message}`);
        }
        print(result.after);
      }),
    );
}

/** A line each for people. */
export function describeFactorSettings(schema: TObject, settings: FactorSettings) {
  return [...settingProperties(schema)].map(([setting, { member, property }]) => ({
    setting,
    value: settings[member],
    default: property.default,
    expected: describeExpected(property),
  }));
}
