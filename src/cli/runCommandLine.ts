import { type Command, CommanderError } from 'commander';
import type { CommandIo } from './commandIo.ts';
import { describeFailure } from './describeFailure.ts';
import { createProgram } from './program.ts';

/**
 * Runs one command to its end; `serve` ends when the server stops.
 *
 * @param words what follows the program's name.
 * @returns the exit code: 0, or 1 after an error was told on standard error, with `--json` as
 * `{"error", "message"}`.
 */
export async function runCommandLine(words: readonly string[], io: CommandIo): Promise<number> {
  let exitCode = 0;
  const program = await createProgram(words, io, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(isCommandMissing(program, words) ? words.slice(0, -1) : words, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const isJson = words.includes('--json');
    const failure = describeFailure(error);
    if (isJson) io.err(JSON.stringify(failure));
    else if (!isHelp(error)) io.err(`Error: ${failure.message}`);
    return 1;
  }
  return exitCode;
}

/** Whether all that is said is `--json`, which belongs to commands, or that and the name of a group of them. */
function isCommandMissing(program: Command, words: readonly string[]): boolean {
  if (words.at(-1) !== '--json') return false;
  const group =
    words.length === 1 ? program : program.commands.find((command) => command.name() === words[0]);
  return words.length <= 2 && group !== undefined && group.commands.length > 0;
}

/** Help instead of a missing command: it has been printed. */
function isHelp(error: unknown): boolean {
  return error instanceof CommanderError && error.code === 'commander.help';
}
