import { type Command, InvalidArgumentError } from 'commander';
import type { Refusal } from '../mfa/transaction.ts';
import { CommandError } from './commandError.ts';
import type { CommandIo } from './commandIo.ts';
import { commandLineActor, contextFor } from './commandLineActor.ts';
import { findUser, noSuchUser } from './findUser.ts';
import { type CommonOptions, withCommonOptions } from './options.ts';
import { withHouse } from './withHouse.ts';

interface PassOptions extends CommonOptions {
  reason: string;
  minutes?: number;
  reusable?: true;
}

/** `user temporary-pass`: what stands in for a person's lost factors. */
export function registerTemporaryPass(group: Command, io: CommandIo): void {
  withCommonOptions(group.command('temporary-pass'))
    .description('hand out what stands in for lost factors for a while; the person is told by e-mail')
    .argument('<user>', 'user id or e-mail address')
    .requiredOption('--reason <text>', 'why, for the log')
    .option('--minutes <number>', 'how long it works (default: usual_minutes of the factor)', readMinutes)
    .option('--reusable', 'works until it ends instead of once')
    .action((name: string, options: PassOptions) =>
      withHouse(options, io, async ({ database, engine }, output) => {
        const user = await findUser(database.db, name);
        const { reason, minutes, reusable } = options;
        const order = {
          reason,
          isReusable: reusable === true,
          ...(minutes === undefined ? {} : { lifetimeSeconds: minutes * 60 }),
        };
        const result = await engine.passes.issue(user.id, order, commandLineActor(), contextFor(user));
        if (result.outcome === 'refused') throw refusedPass(result, name);
        const { pass, methodId, endsAt } = result;
        output.print({
          user_id: user.id,
          pass,
          method_id: methodId,
          expires_at: new Date(endsAt).toISOString(),
        });
      }),
    );
}

function refusedPass({ code, throttle }: Refusal, name: string): CommandError {
  switch (code) {
    case 'factor_disabled':
      return new CommandError(
        'factor_disabled',
        'Temporary passes are switched off; "factor enable temporary-pass" switches them on.',
      );
    case 'malformed_input':
      return new CommandError(
        'invalid_input',
        'Expected a reason of 3 to 200 characters, and no more minutes than longest_minutes of the factor.',
      );
    case 'not_allowed':
      return new CommandError('blocked', `${name} is blocked; "user unblock" lets the person in again.`);
    case 'rate_limited':
      return new CommandError(
        'rate_limited',
        `Too many passes in a day; the next one in ${Math.ceil((throttle?.retryAfterSeconds ?? 0) / 60)} minutes.`,
      );
    default:
      return noSuchUser(name);
  }
}

function readMinutes(text: string): number {
  if (!/^[1-9][0-9]{0,4}$/.test(text)) throw new InvalidArgumentError('Expected a number of minutes.');
  return Number(text);
}
