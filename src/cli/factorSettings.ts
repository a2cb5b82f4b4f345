import type { Command } from 'commander';
import { type TObject, Type } from 'typebox';
import { wireName } from '../config/wireName.ts';
import { changeFactorSettings } from '../mfa/settings/changeFactorSettings.ts';
import { secretMembers } from '../mfa/settings/secretSettings.ts';
import {
  describeChange,
  describeExpected,
  type FactorSettings,
  settingProperties,
  standOf,
  toWireSettings,
} from '../mfa/settings/settingProperties.ts';
import { readTenantSettings } from '../tenant/tenantSettings.ts';
import { CommandError } from './commandError.ts';
import type { CommandIo } from './commandIo.ts';
import { type CredentialSources, readCredentials, withCredentialSources } from './credentialSources.ts';
import { findFactor } from './findFactor.ts';
import { type CommonOptions, withServerOptions } from './options.ts';
import { formatTable } from './output.ts';
import { readFactorPairs } from './readFactorPairs.ts';
import { recordOperatorAct } from './recordOperatorAct.ts';
import { withHouse } from './withHouse.ts';

interface SettingsOptions extends CommonOptions, CredentialSources {}

/** Adds `factor settings`: prints what a factor works with, or changes it. */
export function registerFactorSettings(group: Command, io: CommandIo): void {
  withCredentialSources(withServerOptions(group.command('settings')))
    .description(
      'print a factor’s settings, or change those that are named, from the next request on. What people’s ' +
        'methods are made with (algorithm, digits and period_seconds of otp) counts for new enrolments only: ' +
        'a method that is there stays as it is. Secret settings, such as skey of duo, are given as credentials ' +
        'and never printed.',
    )
    .argument('<factor>', 'its name, as in otp')
    .argument(
      '[pairs...]',
      'as in algorithm=SHA256 digits=8, lists as in allowed_countries=DE,AT; without a value, as in digits=, the default',
    )
    .action((name: string, pairs: string[], options: SettingsOptions) =>
      withHouse(options, io, async ({ database, clock, vault, engine: { registry }, settings }, output) => {
        const factor = findFactor(registry, name);
        const print = (values: FactorSettings) => {
          const rows = describeFactorSettings(factor.settings, values);
          const text = formatTable(rows, ['setting', 'value', 'default', 'expected'], `${name} has none.`);
          output.print({ name, settings: toWireSettings(factor.settings, values) }, text);
        };
        const given = [...pairs, ...(await readSecretPairs(factor.settings, options, io))];
        if (given.length === 0) {
          return print(registry.settingsOf(factor, await readTenantSettings(database.db)) as FactorSettings);
        }
        requireUnseen(factor.settings, pairs);
        const change = await readFactorPairs(factor.settings, given);
        const { origin } = new URL(settings.publicUrl);
        const result = await database.transaction(async (trx) => {
          const changed = await changeFactorSettings(trx, { registry, clock, vault, origin }, factor, change);
          if (changed.outcome === 'refused') return changed;
          const details = {
            factor: name,
            ...describeChange(factor.settings, changed.before, changed.after),
          };
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

/** `name=value` of the secret settings that come by another way than the command line. */
async function readSecretPairs(schema: TObject, options: SettingsOptions, io: CommandIo): Promise<string[]> {
  const secrets = await readCredentials(Type.Pick(schema, secretMembers(schema)), options, io);
  return Object.entries(secrets ?? {}).map(([member, value]) => `${wireName(member)}=${value ?? ''}`);
}

/** A secret on the command line shows in the list of processes and stays in the shell's history. */
function requireUnseen(schema: TObject, pairs: readonly string[]): void {
  const secrets = secretMembers(schema).map(wireName);
  const seen = secrets.find((name) =>
    pairs.some((pair) => pair.startsWith(`${name}=`) && pair !== `${name}=`),
  );
  if (seen === undefined) return;
  throw new CommandError(
    'usage',
    `${seen}: give it by --credentials-file, --credentials-stdin or --credentials-env.`,
  );
}

/** A line each for people. */
export function describeFactorSettings(schema: TObject, settings: FactorSettings) {
  return [...settingProperties(schema)].map(([setting, { member, property }]) => ({
    setting,
    value: property.secret ? standOf(settings[member]) : settings[member],
    default: property.secret ? standOf(property.default) : property.default,
    expected: describeExpected(property),
  }));
}
