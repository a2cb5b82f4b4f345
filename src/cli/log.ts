import { logOfPerson } from '../accounts/logOfPerson.ts';
import { eventTypes } from '../logs/eventTypes.ts';
import { type LogFilter, readLog } from '../logs/readLog.ts';
import { CommandError } from './commandError.ts';
import { toWireEvent, type WireEvent } from './logWire.ts';
import { type CommonOptions, readCount, withCommonOptions } from './options.ts';
import { formatTable } from './output.ts';
import type { RegisterCommand } from './program.ts';
import { withHouse } from './withHouse.ts';

interface ListOptions extends CommonOptions {
  user?: string;
  type?: string;
  take: number;
  from?: string;
}

const usuallyTaken = 50;
const mostTaken = 1000;

/** `log list`: what happened to people, and what operators did. */
export const register: RegisterCommand = (program, io) => {
  const group = program.command('log').description('what happened to people, and what operators did');

  withCommonOptions(group.command('list'))
    .description('list the events of the tenant log, newest first')
    .option('--user <user>', 'about one person: user id or e-mail address, also one without an account')
    .option('--type <code>', 'of one kind: an event type code, as in fp')
    .option('--take <count>', `how many, 1 to ${mostTaken}`, readCount, usuallyTaken)
    .option('--from <log-id>', 'go on after this event, with the older ones')
    .action((options: ListOptions) =>
      withHouse(options, io, async ({ database: { db } }, output) => {
        const { take, user } = options;
        const person = user === undefined ? {} : await logOfPerson(db, user);
        const filter = { ...readFilter(options), ...person };
        const found = (await readLog(db, filter, take + 1)).map(toWireEvent);
        const events = found.slice(0, take);
        output.print(events, formatTable(events.map(toRow), columns, 'No such events.'));
        if (found.length > take) output.note(`There are older ones: --from ${events.at(-1)?.log_id}`);
      }),
    );
};

function readFilter({ type, take, from }: ListOptions): LogFilter {
  if (type !== undefined && !eventTypes.includes(type)) {
    throw new CommandError(
      'invalid_input',
      `--type: no event has the code ${type}. Expected one of ${eventTypes.join(', ')}.`,
    );
  }
  if (take < 1 || take > mostTaken) {
    throw new CommandError('invalid_input', `--take: expected 1 to ${mostTaken}.`);
  }
  if (from !== undefined && !/^log_[0-9a-f]{32}$/.test(from)) {
    throw new CommandError('invalid_input', '--from: expected the log_id of an event.');
  }
  return { type, beforeId: from };
}

const columns = ['date', 'type', 'description', 'user', 'client', 'ip'];

function toRow(event: WireEvent) {
  return {
    ...event,
    user: event.user_name ?? event.user_id,
    client: event.client_name ?? event.client_id,
  };
}
