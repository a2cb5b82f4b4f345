import type { Command } from 'commander';
import { CommandError } from './commandError.ts';
import type { CommandIo } from './commandIo.ts';
import { commandLineActor, contextFor } from './commandLineActor.ts';
import { findUser, noSuchUser } from './findUser.ts';
import { type CommonOptions, withCommonOptions } from './options.ts';
import { withHouse } from './withHouse.ts';

/** `user forget-browsers <user> [browser]`: makes browsers ask for the second factor again. */
export function registerForgetBrowsers(group: Command, io: CommandIo): void {
  withCommonOptions(group.command('forget-browsers'))
    .description('make a person’s remembered browsers ask for the second factor again')
    .argument('<user>', 'user id or e-mail address')
    .argument('[browser]', 'id of one, as "user show" prints it; all of them without')
    .action((name: string, browserId: string | undefined, options: CommonOptions) =>
      withHouse(options, io, async ({ database, engine }, output) => {
        const user = await findUser(database.db, name);
        const by = [commandLineActor(), contextFor(user)] as const;
        const { outcome } = await (browserId === undefined
          ? engine.browsers.forgetAll(user.id, ...by)
          : engine.browsers.forget(user.id, browserId, ...by));
        if (outcome === 'refused')
          throw browserId === undefined ? noSuchUser(name) : noSuchBrowser(browserId);
        output.print({ user_id: user.id, forgotten: browserId ?? 'all' });
      }),
    );
}

function noSuchBrowser(id: string): CommandError {
  return new CommandError(
    'not_found',
    `This account has no remembered browser ${id}; "user show" lists them.`,
  );
}
