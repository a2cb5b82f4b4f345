import { deleteUser } from '../accounts/deleteUser.ts';
import { type ListedOperator, listOperators, operatorConnection } from '../accounts/operators.ts';
import { findUserByEmail } from '../accounts/users.ts';
import { CommandError } from './commandError.ts';
import { invite, toWireInvitation } from './invite.ts';
import { type CommonOptions, withCommonOptions, withServerOptions } from './options.ts';
import { formatTable } from './output.ts';
import type { RegisterCommand } from './program.ts';
import { recordOperatorAct } from './recordOperatorAct.ts';
import { withHouse } from './withHouse.ts';

/** `operator invite|list|remove`: the people who may use the operator console. */
export const register: RegisterCommand = (program, io) => {
  const group = program.command('operator').description('the people who may use the operator console');

  withServerOptions(group.command('invite'))
    .description('print a one-time link by which somebody becomes an operator; it voids an earlier one')
    .argument('<email>')
    .action((email: string, options: CommonOptions) =>
      withHouse(options, io, async (house, output) => {
        const invitation = await invite(house, email);
        output.print(
          toWireInvitation(invitation),
          `${invitation.user.email}, one-time link, for three days:\n${invitation.url}`,
        );
      }),
    );

  withCommonOptions(group.command('list'))
    .description('list the operators, and who was invited')
    .action((options: CommonOptions) =>
      withHouse(options, io, async ({ database }, output) => {
        const operators = (await listOperators(database.db)).map(toWireOperator);
        const columns = ['email', 'state', 'last_login', 'user_id'];
        output.print(operators, formatTable(operators, columns, 'No operators yet: "operator invite".'));
      }),
    );

  withCommonOptions(group.command('remove'))
    .description('take the role away, with the account and its sessions, at once')
    .argument('<email>')
    .action((email: string, options: CommonOptions) =>
      withHouse(options, io, async ({ database, clock }, output) => {
        const user = await database.transaction(async (trx) => {
          const found = await findUserByEmail(trx, operatorConnection, email);
          if (!found)
            throw new CommandError('not_found', `${email} is no operator; "operator list" shows them.`);
          await deleteUser(trx, clock, found.id);
          await recordOperatorAct(trx, clock, { description: 'Remove an operator', userId: found.id });
          return found;
        });
        output.print({ user_id: user.id, removed: true });
      }),
    );
};

function toWireOperator({ user, hasPassword }: ListedOperator) {
  const state = hasPassword ? 'active' : 'invited';
  return {
    user_id: user.id,
    email: user.email,
    state: user.blocked ? 'blocked' : state,
    ...(user.lastLoginAt === undefined ? {} : { last_login: new Date(user.lastLoginAt).toISOString() }),
  };
}
