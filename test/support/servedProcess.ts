import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { type Environment, spawnCountersign } from './countersign.ts';
import { guardProcess } from './processGuard.ts';

const readyTimeoutMs = 30_000;

/** One `countersign serve` that accepts connections. */
export interface ServedProcess {
  child: ChildProcess;
  port: number;
  /** What it printed so far, standard output and error in the order of arrival. */
  output(): string;
  /** `kill -9`, if it still runs. Its data stay. */
  kill(): Promise<void>;
  /** Ends it orderly and deletes its data folder. */
  stop(): Promise<void>;
}

/**
 * Starts a server and waits until it has told its address.
 *
 * @throws Error with its output when it ends before, or takes longer than thirty seconds.
 */
export async function serve(
  args: string[],
  dataDir: string,
  environment: Environment,
): Promise<ServedProcess> {
  const child = spawnCountersign(['serve', '--data', dataDir, ...args], environment);
  const guard = guardProcess(child, dataDir, 'TERM');
  const ended = once(child, 'exit');
  let output = '';
  const address = new Promise<number>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const port = /is ready: https?:\/\/localhost:(\d+)\/\n/.exec(output)?.[1];
        if (port) resolve(Number(port));
      });
    }
  });
  const timeout = AbortSignal.timeout(readyTimeoutMs);
  const tooLate = once(timeout, 'abort');
  const port = await Promise.race([address, ended.then(() => undefined), tooLate.then(() => undefined)]);
  if (port === undefined) {
    await guard.stop();
    throw new Error(`The server did not start (${timeout.aborted ? 'in time' : 'it ended'}):\n${output}`);
  }
  return {
    child,
    port,
    output: () => output,
    async kill() {
      child.kill('SIGKILL');
      await ended;
      guard.release();
    },
    async stop() {
      await guard.stop();
      await ended;
    },
  };
}
