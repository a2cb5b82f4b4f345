import { Argument, Option } from 'commander';
import { offersResistance } from '../mfa/policy/offersResistance.ts';
import { readTenantSettings, type TenantSettings, updateTenantSettings } from '../tenant/tenantSettings.ts';
import { CommandError } from './commandError.ts';
import { type CommonOptions, withCommonOptions, withServerOptions } from './options.ts';
import type { RegisterCommand } from './program.ts';
import { recordOperatorAct } from './recordOperatorAct.ts';
import { withHouse } from './withHouse.ts';

type Policy = TenantSettings['policy'];

interface PolicyOptions extends CommonOptions {
  phishingResistant?: true;
  anyFactor?: true;
}

/** `policy show|set`: when a second factor is asked for, and which ones count. */
export const register: RegisterCommand = (program, io) => {
  const group = program
    .command('policy')
    .description('when a second factor is asked for, and which ones count');

  withCommonOptions(group.command('show'))
    .description('print the tenant’s policy')
    .action((options: CommonOptions) =>
      withHouse(options, io, async ({ database }, output) => {
        const settings = await readTenantSettings(database.db);
        output.print(toWirePolicy(settings), explain(settings));
      }),
    );

  withServerOptions(group.command('set'))
    .description('change it; an application’s own policy still wins (client update --mfa-policy)')
    .addArgument(new Argument('<policy>').choices(['never', 'always']))
    .addOption(
      new Option(
        '--phishing-resistant',
        'wherever a second factor is demanded, security keys and devices only; who has none sets one up, ' +
          'after proving what they have',
      ).conflicts('anyFactor'),
    )
    .addOption(new Option('--any-factor', 'every factor that is on counts'))
    .action((policy: Policy, { phishingResistant, anyFactor, ...options }: PolicyOptions) =>
      withHouse(options, io, async ({ database, clock, engine, settings: { publicUrl } }, output) => {
        const settings = await database.transaction(async (trx) => {
          const after = await updateTenantSettings(trx, clock(), (before) => ({
            ...before,
            policy,
            phishingResistantOnly: phishingResistant ?? (before.phishingResistantOnly && !anyFactor),
          }));
          if (phishingResistant && !offersResistance(engine.registry, after, new URL(publicUrl).origin)) {
            throw new CommandError(
              'no_phishing_resistant_factor',
              '--phishing-resistant: expected a phishing-resistant factor that may be a person’s only one and ' +
                'can be used. Switch one on first, as in "factor enable webauthn-roaming".',
            );
          }
          await recordOperatorAct(trx, clock, {
            description: 'Set the policy',
            details: toWirePolicy(after),
          });
          return after;
        });
        output.print(toWirePolicy(settings), explain(settings));
      }),
    );
};

function toWirePolicy({ policy, phishingResistantOnly }: TenantSettings) {
  return { policy, phishing_resistant: phishingResistantOnly };
}

function explain({ policy, phishingResistantOnly }: TenantSettings): string {
  const when =
    policy === 'always'
      ? 'always: every login asks for a second factor, and for an enrolment where there is none.'
      : 'never: a second factor is asked for only where an application or an API demands it.';
  return phishingResistantOnly ? `${when}\nOnly phishing-resistant factors count.` : when;
}
