import { blockUser, unblockUser } from '../accounts/blockUser.ts';
import { deleteUser } from '../accounts/deleteUser.ts';
import type { PasswordFault } from '../accounts/passwordPolicy.ts';
import { listUsers } from '../accounts/users.ts';
import { houseAccounts } from '../houseAccounts.ts';
import type { Refusal } from '../mfa/transaction.ts';
import { readTenantSettings } from '../tenant/tenantSettings.ts';
import { CommandError } from './commandError.ts';
import { commandLineActor, contextFor } from './commandLineActor.ts';
import { findUser, noSuchUser } from './findUser.ts';
import { registerForgetBrowsers } from './forgetBrowsers.ts';
import { registerInviteToMfa } from './inviteToMfa.ts';
import { type CommonOptions, withCommonOptions } from './options.ts';
import { formatTable } from './output.ts';
import type { RegisterCommand } from './program.ts';
import { type PasswordOptions, readPassword, withPasswordOptions } from './readPassword.ts';
import { recordOperatorAct } from './recordOperatorAct.ts';
import { registerTemporaryPass } from './temporaryPass.ts';
import { registerUserImport } from './userImport.ts';
import { toWireBrowser, toWireMethod, toWireUser } from './userWire.ts';
import { withHouse } from './withHouse.ts';

interface CreateOptions extends PasswordOptions {
  email: string;
  emailVerified?: true;
  name?: string;
  connection?: string;
}

const mostListed = 1000;

/** `user create|list|show|delete|set-password|block|unblock|remove-method|reset-mfa|invite-mfa`: people's accounts. */
export const register: RegisterCommand = (program, io, setExitCode) => {
  const group = program.command('user').description('people’s accounts');
  const target = '<user>';
  const targetHelp = 'user id or e-mail address';

  withCommonOptions(withPasswordOptions(group.command('create')))
    .description('add an account')
    .requiredOption('--email <address>')
    .option('--email-verified', 'the address is proven already')
    .option('--name <text>')
    .option('--connection <name>', 'another connection than the tenant’s default directory')
    .action((options: CreateOptions) =>
      withHouse(options, io, async (house, output) => {
        const password = await readPassword(options, io.input);
        const { defaultDirectory } = await readTenantSettings(house.database.db);
        const result = await houseAccounts(house).createUser({
          connection: options.connection ?? defaultDirectory,
          email: options.email,
          emailVerified: options.emailVerified === true,
          ...(password === undefined ? {} : { password }),
          ...(options.name === undefined ? {} : { profile: { name: options.name } }),
          record: (trx, userId) =>
            recordOperatorAct(trx, house.clock, { description: 'Create a user', userId }),
        });
        switch (result.outcome) {
          case 'invalid_email':
            throw new CommandError('invalid_input', '--email: expected an e-mail address.');
          case 'exists':
            throw new CommandError(
              'user_exists',
              `There is an account with the address ${options.email} already.`,
            );
          case 'weak_password':
            throw weakPassword(result.fault);
        }
        const { user } = result;
        output.print(toWireUser(user));
      }),
    );

  withCommonOptions(group.command('list'))
    .description(`list the accounts, newest first, ${mostListed} at the most`)
    .action((options: CommonOptions) =>
      withHouse(options, io, async ({ database }, output) => {
        const users = await listUsers(database.db, { offset: 0, limit: mostListed });
        // Operators have a connection of their own.
        const rows = users.map((user) => ({ ...toWireUser(user), connection: user.connection }));
        const columns = [
          'user_id',
          'email',
          'connection',
          'email_verified',
          'blocked',
          'logins_count',
          'created_at',
        ];
        output.print(users.map(toWireUser), formatTable(rows, columns, 'No accounts yet.'));
      }),
    );

  withCommonOptions(group.command('show'))
    .description('print an account with its authentication methods and remembered browsers')
    .argument(target, targetHelp)
    .action((name: string, options: CommonOptions) =>
      withHouse(options, io, async ({ database, engine }, output) => {
        const user = await findUser(database.db, name);
        const typeOf = (factor: string) => engine.registry.get(factor)?.wire.methodType ?? factor;
        const enrolled = (await engine.methods(user.id)).filter(({ isImplicit }) => !isImplicit);
        const methods = enrolled.map((method) => toWireMethod(method, typeOf));
        const browsers = (await engine.browsers.ofUser(user.id)).map(toWireBrowser);
        output.print({ ...toWireUser(user), authentication_methods: methods, trusted_browsers: browsers });
      }),
    );

  withCommonOptions(group.command('delete'))
    .description('delete an account with its factors, sessions and tokens')
    .argument(target, targetHelp)
    .action((name: string, options: CommonOptions) =>
      withHouse(options, io, async ({ database, clock }, output) => {
        const user = await database.transaction(async (trx) => {
          const found = await findUser(trx, name);
          await deleteUser(trx, clock, found.id);
          await recordOperatorAct(trx, clock, { description: 'Delete a user', userId: found.id });
          return found;
        });
        output.print({ user_id: user.id, deleted: true });
      }),
    );

  withCommonOptions(withPasswordOptions(group.command('set-password')))
    .description('give an account a new password; the person is told by e-mail')
    .argument(target, targetHelp)
    .action((name: string, options: PasswordOptions) =>
      withHouse(options, io, async (house, output) => {
        const password = await readPassword(options, io.input);
        if (password === undefined) throw new CommandError('usage', 'Give --password-stdin or --password.');
        const user = await findUser(house.database.db, name);
        const act = { description: 'Set a user’s password', userId: user.id };
        const result = await houseAccounts(house).replacePassword({
          userId: user.id,
          password,
          record: (trx) => recordOperatorAct(trx, house.clock, act),
        });
        if (result.outcome === 'weak_password') throw weakPassword(result.fault);
        if (result.outcome === 'no_such_user') throw noSuchUser(name);
        output.print({ user_id: user.id, password_changed: true });
      }),
    );

  for (const [verb, change, text] of [
    ['block', blockUser, 'keep a person out, at once and everywhere'],
    ['unblock', unblockUser, 'let a person log in again'],
  ] as const) {
    withCommonOptions(group.command(verb))
      .description(text)
      .argument(target, targetHelp)
      .action((name: string, options: CommonOptions) =>
        withHouse(options, io, async ({ database, clock }, output) => {
          const user = await database.transaction(async (trx) => {
            const found = await findUser(trx, name);
            await change(trx, clock, found.id);
            await recordOperatorAct(trx, clock, { description: `User ${verb}`, userId: found.id });
            return found;
          });
          output.print({ user_id: user.id, blocked: verb === 'block' });
        }),
      );
  }

  withCommonOptions(group.command('remove-method'))
    .description('take one of a person’s factors away; the person is told by e-mail')
    .argument(target, targetHelp)
    .argument('<method>', 'id of the method, as "user show" prints it')
    .action((name: string, methodId: string, options: CommonOptions) =>
      withHouse(options, io, async ({ database, engine }, output) => {
        const user = await findUser(database.db, name);
        const result = await engine.removeMethod(user.id, methodId, commandLineActor(), contextFor(user));
        if (result.outcome === 'refused') throw noSuchMethod(methodId, result);
        output.print({ user_id: user.id, removed: result.methodIds });
      }),
    );

  withCommonOptions(group.command('reset-mfa'))
    .description('take all of a person’s factors away; the person is told by e-mail')
    .argument(target, targetHelp)
    .action((name: string, options: CommonOptions) =>
      withHouse(options, io, async ({ database, engine }, output) => {
        const user = await findUser(database.db, name);
        const result = await engine.resetUser(user.id, commandLineActor(), contextFor(user));
        if (result.outcome === 'refused') throw noSuchUser(name);
        output.print({ user_id: user.id, removed: result.methodIds });
      }),
    );

  registerForgetBrowsers(group, io);
  registerInviteToMfa(group, io);
  registerTemporaryPass(group, io);
  registerUserImport(group, io, setExitCode);
};

function noSuchMethod(methodId: string, { code }: Refusal): CommandError {
  return code === 'not_removable'
    ? new CommandError(
        'not_removable',
        `${methodId} was never set up: the person has it by their verified address. Switch its factor off, or change the address.`,
      )
    : new CommandError('not_found', `This account has no method ${methodId}; "user show" lists them.`);
}

const passwordFaults: Record<PasswordFault, string> = {
  too_short: 'it is too short',
  too_long: 'it is too long',
  too_common: 'it is among the first that a guesser tries',
  too_personal: 'it is made of the person’s own name or address',
};

function weakPassword(fault: PasswordFault): CommandError {
  return new CommandError('weak_password', `The password is not accepted: ${passwordFaults[fault]}.`);
}
