import { inviteOperator, type OperatorInvitation } from '../accounts/operators.ts';
import { databaseTarget } from '../config/settings.ts';
import type { House } from '../house.ts';
import { CommandError } from './commandError.ts';
import { type CommonOptions, settingOption, withCommonOptions } from './options.ts';
import type { RegisterCommand } from './program.ts';
import { recordOperatorAct } from './recordOperatorAct.ts';
import { withHouse } from './withHouse.ts';

interface InitOptions extends CommonOptions {
  operator?: string;
}

/** `init`: prepares storage and invites operators. May be repeated; what is there stays. */
export const register: RegisterCommand = (program, io) => {
  withCommonOptions(program.command('init'))
    .description('prepare the data folder or database: schema and keys; invite an operator')
    .option('--operator <email>', 'print a one-time link for this person to become an operator')
    .addOption(settingOption('publicUrl'))
    .action((options: InitOptions) =>
      withHouse(options, io, async (house, output) => {
        const invitation = options.operator === undefined ? undefined : await invite(house, options.operator);
        const target = databaseTarget(house.settings);
        const ready = {
          database: 'file' in target ? target.file : house.database.engine,
          ...(invitation && {
            operator: {
              user_id: invitation.user.id,
              email: invitation.user.email,
              invitation_url: invitation.url,
              expires_at: new Date(invitation.expiresAt).toISOString(),
            },
          }),
        };
        const lines = [`Ready: ${ready.database}`];
        if (invitation) lines.push(`Operator ${invitation.user.email}, one-time link: ${invitation.url}`);
        output.print(ready, lines.join('\n'));
      }),
    );
};

async function invite(
  { database, vault, clock, settings }: House,
  email: string,
): Promise<OperatorInvitation> {
  const { publicUrl } = settings;
  const result = await database.transaction(async (trx) => {
    const invited = await inviteOperator(trx, { vault, clock, publicUrl }, email);
    if (invited.outcome === 'invited') {
      await recordOperatorAct(trx, clock, { description: 'Invite an operator', userId: invited.user.id });
    }
    return invited;
  });
  switch (result.outcome) {
    case 'invalid_email':
      throw new CommandError('invalid_input', '--operator: expected an e-mail address.');
    case 'active':
      throw new CommandError(
        'operator_exists',
        `${result.user.email} is an operator already; "user set-password" and "user reset-mfa" help when access is lost.`,
      );
    case 'invited':
      return result;
  }
}
