import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const canPin = spawnSync('taskset', ['--version']).status === 0;

/** Whether processes can be pinned to cores here; without, the figures say less. */
export const isPinned = canPin;

/** Keeps this process, the load, off the first core. */
export function pinLoad(): void {
  if (canPin) spawnSync('taskset', ['-cp', '1', String(process.pid)]);
}

/** Starts a script of this repository on the first core and waits for its `ready`. */
export async function startOnCore(
  args: readonly string[],
  isReady: (output: string) => boolean,
): Promise<ChildProcess> {
  const command = canPin ? ['taskset', '-c', '0', process.execPath, ...args] : [process.execPath, ...args];
  const child = spawn(command[0] as string, command.slice(1), {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, COUNTERSIGN_LOG_LEVEL: 'warn' },
  });
  let output = '';
  child.stdout?.setEncoding('utf8');
  while (!isReady(output)) {
    const [chunk] = (await Promise.race([
      once(child.stdout as NonNullable<typeof child.stdout>, 'data'),
      once(child, 'exit'),
    ])) as [string | number];
    if (typeof chunk !== 'string') throw new Error(`${args.join(' ')} ended before it was ready:\n${output}`);
    output += chunk;
  }
  child.stdout?.resume();
  return child;
}

export async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/**
 * Processor time that a process has taken so far with all its threads, milliseconds. Unlike the clock on the
 * wall it hardly shows what else the machine was busy with.
 */
export function processorMs(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const ran = threads.map((id) =>
    Number(readFileSync(`/proc/${pid}/task/${id}/schedstat`, 'utf8').split(' ')[0]),
  );
  return ran.reduce((sum, nanoseconds) => sum + nanoseconds, 0) / 1e6;
}

/** Resident memory of a process, megabytes. */
export function residentMb(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}
