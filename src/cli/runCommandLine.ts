import { CommanderError } from 'commander';
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
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const failure = describeFailure(error);
    io.err(words.includes('--json') ? JSON.stringify(failure) : `Error: ${failure.message}`);
    return 1;
  }
  return exitCode;
}
