import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Command } from 'commander';
import { CommandError } from './commandError.ts';
import type { CommonOptions } from './options.ts';

export interface PasswordOptions extends CommonOptions {
  password?: string;
  passwordStdin?: true;
}

export function withPasswordOptions(command: Command): Command {
  return command
    .option('--password <text>', 'shows in the list of processes and in the shell’s history')
    .option('--password-stdin', 'read the password from the first line of standard input');
}

/** The password that the options give, or undefined when they give none. */
export async function readPassword(options: PasswordOptions, input: Readable): Promise<string | undefined> {
  if (!options.passwordStdin) return options.password;
  if (options.password !== undefined) {
    throw new CommandError('usage', '--password and --password-stdin exclude each other.');
  }
  const lines = createInterface({ input, terminal: false });
  try {
    for await (const line of lines) return line;
  } finally {
    lines.close();
  }
  throw new CommandError('usage', '--password-stdin: standard input holds no line.');
}
