import type { Command } from 'commander';
import { canonicalEmail } from '../config/emailAddress.ts';
import type { Refusal } from '../mfa/transaction.ts';
import { CommandError } from './commandError.ts';
import type { CommandIo } from './commandIo.ts';
import { commandLineActor, contextFor } from './commandLineActor.ts';
import { findUser, noSuchUser } from './findUser.ts';
import { type CommonOptions, withServerOptions } from './options.ts';
import { withHouse } from './withHouse.ts';

interface InviteOptions extends CommonOptions {
  factor?: string;
  beside?: true;
  mail?: true;
  mailTo?: string;
  language?: string;
}

/** `user invite-mfa`: a link by which a person sets up a second factor. */
export function registerInviteToMfa(group: Command, io: CommandIo): void {
  withServerOptions(group.command('invite-mfa'))
    .description('make a link by which a person sets up a second factor; it works once, for five days')
    .argument('<user>', 'user id or e-mail address')
    .option('--factor <name>', 'what to set up (default: the person chooses)')
    .option('--beside', 'also for a person who has a second factor: they prove it first')
    .option('--mail', 'send the link to the person')
    .option('--mail-to <address>', 'send it to this address instead')
    .option('--language <tag>', 'language of that message, as in de or pt-BR')
    .action((name: string, options: InviteOptions) =>
      withHouse(options, io, async ({ database, engine, settings }, output) => {
        const user = await findUser(database.db, name);
        const { factor, beside, mail, mailTo, language } = options;
        const to = mailTo === undefined ? undefined : canonicalEmail(mailTo);
        if (mailTo !== undefined && to === undefined)
          throw new CommandError('invalid_input', '--mail-to: expected an e-mail address.');
        const invitation = {
          ...(factor === undefined ? {} : { factor }),
          allowsAnother: beside === true,
          ...(mail || to !== undefined ? { mail: to === undefined ? {} : { to } } : {}),
        };
        const context = { ...contextFor(user), ...(language === undefined ? {} : { language }) };
        const result = await engine.errands.invite(user.id, invitation, commandLineActor(), context);
        if (result.outcome === 'refused') throw refusedInvitation(result, name, factor);
        output.print({
          user_id: user.id,
          ticket_url: new URL(result.path, settings.publicUrl).href,
          expires_at: new Date(result.expiresAt).toISOString(),
        });
      }),
    );
}

function refusedInvitation({ code }: Refusal, name: string, factor = ''): CommandError {
  switch (code) {
    case 'not_allowed':
      return new CommandError('blocked', `${name} is blocked; "user unblock" lets the person in again.`);
    case 'unsupported':
      return new CommandError(
        'invalid_input',
        `Nobody can be invited to ${factor}: it comes by itself, to the mailbox, or has a set-up of its own.`,
      );
    case 'factor_disabled':
      return new CommandError(
        'factor_disabled',
        `${factor} is switched off; "factor enable ${factor}" switches it on.`,
      );
    default:
      return noSuchUser(name);
  }
}
