import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { afterEach } from 'vitest';
import type { TestDatabase } from '../support/databases.ts';
import { masterKey } from '../support/engine.ts';
import type { Order } from './raceWorker.ts';

/** Starts pairs of processes over one database; they end after each test. Call it inside a `describe`. */
export function nodeStarter(): (database: TestDatabase) => Promise<ChildProcess[]> {
  const workers: ChildProcess[] = [];
  afterEach(() => {
    for (const worker of workers.splice(0)) worker.kill('SIGKILL');
  });
  const start = async ({ target }: TestDatabase): Promise<ChildProcess> => {
    const worker = fork(new URL('raceWorker.ts', import.meta.url), [
      JSON.stringify(target),
      masterKey.toString('base64'),
    ]);
    workers.push(worker);
    await once(worker, 'message');
    return worker;
  };
  return (database) => Promise.all([start(database), start(database)]);
}

/** Gives each process every other order, all at once; what they came to, in no order. */
export async function handOut(nodes: readonly ChildProcess[], orders: readonly Order[]): Promise<string[]> {
  const answers = await Promise.all(
    nodes.map((node, n) =>
      handAll(
        node,
        orders.filter((_, i) => i % nodes.length === n),
      ),
    ),
  );
  return answers.flat();
}

function handAll(node: ChildProcess, orders: readonly Order[]): Promise<string[]> {
  return new Promise((resolve) => {
    const answers: string[] = [];
    const collect = (answer: string) => {
      answers.push(answer);
      if (answers.length < orders.length) return;
      node.off('message', collect);
      resolve(answers);
    };
    node.on('message', collect);
    for (const order of orders) node.send(order);
  });
}
