import { Argument } from 'commander';
import { readTenantSettings, type TenantSettings, updateTenantSettings } from '../tenant/tenantSettings.ts';
import { type CommonOptions, withCommonOptions } from './options.ts';
import type { RegisterCommand } from './program.ts';
import { recordOperatorAct } from './recordOperatorAct.ts';
import { withHouse } from './withHouse.ts';

type Policy = TenantSettings['policy'];

/** `policy show|set`: when a second factor is asked for. */
export const register: RegisterCommand = (program, io) => {
  const group = program.command('policy').description('when a second factor is asked for');

  withCommonOptions(group.command('show'))
    .description('print the tenant’s policy')
    .action((options: CommonOptions) =>
      withHouse(options, io, async ({ database }, output) => {
        const { policy } = await readTenantSettings(database.db);
        output.print({ policy }, explain(policy));
      }),
    );

  withCommonOptions(group.command('set'))
    .description('change it; an application’s own policy still wins (client update --mfa-policy)')
    .addArgument(new Argument('<policy>').choices(['never', 'always']))
    .action((policy: Policy, options: CommonOptions) =>
      withHouse(options, io, async ({ database, clock }, output) => {
        await database.transaction(async (trx) => {
          await updateTenantSettings(trx, clock(), (settings) => ({ ...settings, policy }));
          await recordOperatorAct(trx, clock, { description: 'Set the policy', details: { policy } });
        });
        output.print({ policy }, explain(policy));
      }),
    );
};

function explain(policy: Policy): string {
  return policy === 'always'
    ? 'always: every login asks for a second factor, and for an enrolment where there is none.'
    : 'never: a second factor is asked for only where an application or an API demands it.';
}
