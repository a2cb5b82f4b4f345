import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { join } from 'node:path';

const program = join(import.meta.dirname, '..', '..', 'bin', 'countersign.js');

/** How a command of the command line ended. */
export interface CommandResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Environment variables for a child; `undefined` takes one away. */
export type Environment = Record<string, string | undefined>;

/** Runs one command to its end, whatever its exit code. */
export function runCountersign(
  args: readonly string[],
  environment: Environment = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const options = { env: cleanEnvironment(environment), maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') reject(error);
      else resolve({ exitCode: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

/** Starts a command that keeps running. */
export function spawnCountersign(args: readonly string[], environment: Environment = {}): ChildProcess {
  return spawn(process.execPath, [program, ...args], {
    env: cleanEnvironment(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Without the settings of whoever runs the tests, so that a run gives the same result everywhere. */
export function cleanEnvironment(environment: Environment): NodeJS.ProcessEnv {
  const foreign = /^(COUNTERSIGN_|VITEST|DATABASE_URL$|NODE_COMPILE_CACHE$|NODE_ENV$|NODE_OPTIONS$)/;
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(own), ...environment };
}
