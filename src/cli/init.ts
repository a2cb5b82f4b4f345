import { databaseTarget } from '../config/settings.ts';
import { invite, toWireInvitation } from './invite.ts';
import { type CommonOptions, withServerOptions } from './options.ts';
import type { RegisterCommand } from './program.ts';
import { withNewHouse } from './withHouse.ts';

interface InitOptions extends CommonOptions {
  operator?: string;
}

/** `init`: prepares storage and invites operators. May be repeated; what is there stays. */
export const register: RegisterCommand = (program, io) => {
  withServerOptions(program.command('init'))
    .description('prepare the data folder or database: schema and keys; invite an operator')
    .option('--operator <email>', 'print a one-time link for this person to become an operator')
    .action((options: InitOptions) =>
      withNewHouse(options, io, async (house, output) => {
        const invitation = options.operator === undefined ? undefined : await invite(house, options.operator);
        const target = databaseTarget(house.settings);
        const ready = {
          database: 'file' in target ? target.file : house.database.engine,
          ...(invitation && { operator: toWireInvitation(invitation) }),
        };
        const lines = [`Ready: ${ready.database}`];
        if (invitation) lines.push(`Operator ${invitation.user.email}, one-time link: ${invitation.url}`);
        output.print(ready, lines.join('\n'));
      }),
    );
};
