import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Ties a child process and its folder to the life of this process. */
export interface ProcessGuard {
  /** Ends the child and deletes the folder. Safe to call again. */
  stop(): Promise<void>;
  /** Lets go: the child is gone already, the folder stays. */
  release(): void;
}

/**
 * A shell that outlives this process by a moment. It ends the child and deletes the folder when its input
 * closes: because `stop` was called, or because we ended, even killed.
 */
export function guardProcess(child: ChildProcess, folder: string, signal: 'INT' | 'TERM'): ProcessGuard {
  const script = [
    'cat',
    'kill -s "$2" "$0"',
    'for i in $(seq 200); do kill -0 "$0" || break; sleep 0.05; done',
    'kill -s KILL "$0"',
    'rm -rf -- "$1"',
  ].join('; ');
  const guard = spawn('/bin/sh', ['-c', script, String(child.pid), folder, signal], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // Out of the terminal's process group, or Ctrl-C would end it before its work.
    detached: true,
  });
  const ended = once(guard, 'exit');
  return {
    async stop() {
      guard.stdin?.end();
      await ended;
    },
    release() {
      guard.kill('SIGKILL');
    },
  };
}
