import { liftPause, listConversions, type PrefixConversion } from '../mfa/sends/conversion.ts';
import { CommandError } from './commandError.ts';
import { type CommonOptions, withCommonOptions } from './options.ts';
import { formatTable } from './output.ts';
import type { RegisterCommand } from './program.ts';
import { recordOperatorAct } from './recordOperatorAct.ts';
import { withHouse } from './withHouse.ts';

/** `prefix list|resume`: how many codes come back from numbers that begin alike, and where sending is paused. */
export const register: RegisterCommand = (program, io) => {
  const group = program
    .command('prefix')
    .description('beginnings of numbers that codes go to: how many come back, which are paused');

  withCommonOptions(group.command('list'))
    .description('list codes sent and confirmed by prefix, paused ones first')
    .action((options: CommonOptions) =>
      withHouse(options, io, async ({ database, clock }, output) => {
        const prefixes = (await listConversions(database.db, clock)).map(toWire);
        const columns = ['prefix', 'factor', 'purpose', 'sent', 'confirmed', 'since', 'paused_until'];
        output.print(prefixes, formatTable(prefixes, columns, 'No codes were sent to a watched prefix.'));
      }),
    );

  withCommonOptions(group.command('resume'))
    .description('lift the pause of a prefix: codes go there again and are counted anew')
    .argument('<prefix>', 'as "prefix list" prints it')
    .action((prefix: string, options: CommonOptions) =>
      withHouse(options, io, async ({ database, clock }, output) => {
        const resumed = await database.transaction(async (trx) => {
          const lifted: { factor: string; purpose: string; prefix: string }[] = [];
          for (const { factor, purpose, ...of } of await listConversions(trx, clock)) {
            const codes = { factor, purpose, prefix };
            if (of.prefix !== prefix || !(await liftPause(trx, clock, codes))) continue;
            await recordOperatorAct(trx, clock, {
              description: 'Resume sending to a prefix',
              details: codes,
            });
            lifted.push(codes);
          }
          return lifted;
        });
        if (resumed.length === 0) throw new CommandError('not_found', `Sending to ${prefix} is not paused.`);
        output.print(resumed, formatTable(resumed, ['prefix', 'factor', 'purpose'], ''));
      }),
    );
};

function toWire({ windowStart, pausedUntil, ...conversion }: PrefixConversion) {
  return {
    ...conversion,
    since: pausedUntil === undefined ? new Date(windowStart).toISOString() : null,
    paused_until: pausedUntil === undefined ? null : new Date(pausedUntil).toISOString(),
  };
}
