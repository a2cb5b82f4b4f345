import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { forEachDatabase, type TestDatabase } from '../support/databases.ts';
import {
  beginToken,
  codeOf,
  createTestEngine,
  enrolOtp,
  masterKey,
  type TestEngine,
} from '../support/engine.ts';
import type { Guess } from './raceWorker.ts';

const user = 'auth0|ann';
const rounds = 1000;
const parallel = 50;

forEachDatabase((_engine, open) => {
  const workers: ChildProcess[] = [];

  afterEach(() => {
    for (const worker of workers.splice(0)) worker.kill('SIGKILL');
  });

  async function prepare(): Promise<{
    house: TestEngine;
    secret: string;
    recoveryCode: string;
    nodes: ChildProcess[];
  }> {
    const database = await open();
    const house = await createTestEngine(database);
    await house.addUser(user);
    await house.setTenant({ policy: 'always' });
    const { secret, recoveryCode } = await enrolOtp(house, user);
    const nodes = await Promise.all([startNode(database), startNode(database)]);
    return { house, secret, recoveryCode: recoveryCode as string, nodes };
  }

  async function startNode(database: TestDatabase): Promise<ChildProcess> {
    const worker = fork(new URL('raceWorker.ts', import.meta.url), [
      JSON.stringify(database.target),
      masterKey.toString('base64'),
    ]);
    workers.push(worker);
    await once(worker, 'message');
    return worker;
  }

  describe('races between processes', () => {
    it(`S-01 two racing submissions of one code yield one success, ${rounds} times out of ${rounds}`, {
      timeout: 240_000,
    }, async () => {
      const { house, secret, nodes } = await prepare();
      for (let round = 0; round < rounds; round += 1) {
        // Every other round the two share one transaction, else each has its own.
        const tokens = [await beginToken(house, user)];
        tokens.push(round % 2 === 0 ? (tokens[0] as (typeof tokens)[0]) : await beginToken(house, user));
        const proof = await codeOf(secret, house.clock.now);
        const answers = await Promise.all(
          nodes.map((node, i) =>
            hand(node, {
              mfaToken: tokens[i]?.mfaToken as string,
              factor: 'otp',
              proof,
              at: house.clock.now,
            }),
          ),
        );
        const successes = answers.filter((answer) => answer === 'completed');
        expect(successes, `round ${round}: ${answers}`).toHaveLength(1);
        // Each round fails once, and a person's day of failures is not what this is about.
        await house.database.db.deleteFrom('throttles').execute();
        house.clock.advance(60);
      }
    });

    it('S-10 a recovery code raced by two processes is used once and replaced once', {
      timeout: 120_000,
    }, async () => {
      const { house, recoveryCode, nodes } = await prepare();
      const tokens = await Promise.all(nodes.map(() => beginToken(house, user)));
      const answers = await Promise.all(
        nodes.map((node, i) =>
          hand(node, {
            mfaToken: tokens[i]?.mfaToken as string,
            factor: 'recovery-code',
            proof: recoveryCode,
            at: house.clock.now,
          }),
        ),
      );
      expect(answers.toSorted()).toEqual(['completed', 'invalid_proof']);
    });

    it(`S-01 ${parallel} parallel submissions through two processes yield one success`, {
      timeout: 120_000,
    }, async () => {
      const { house, secret, nodes } = await prepare();
      for (let round = 0; round < 20; round += 1) {
        const proof = await codeOf(secret, house.clock.now);
        const tokens = await Promise.all(Array.from({ length: 8 }, () => beginToken(house, user)));
        const guesses = Array.from({ length: parallel }, (_, i) => ({
          mfaToken: tokens[i % tokens.length]?.mfaToken as string,
          factor: 'otp',
          proof,
          at: house.clock.now,
        }));
        const answers = await Promise.all(
          nodes.map((node, n) =>
            handAll(
              node,
              guesses.filter((_, i) => i % 2 === n),
            ),
          ),
        );
        expect(answers.flat().filter((answer) => answer === 'completed')).toHaveLength(1);
        await house.database.db.deleteFrom('second_factor_locks').execute();
        await house.database.db.deleteFrom('throttles').execute();
        house.clock.advance(60);
      }
    });
  });
});

async function hand(node: ChildProcess, guess: Guess): Promise<string> {
  const [answer] = await handAll(node, [guess]);
  return answer as string;
}

function handAll(node: ChildProcess, guesses: readonly Guess[]): Promise<string[]> {
  return new Promise((resolve) => {
    const answers: string[] = [];
    const collect = (answer: string) => {
      answers.push(answer);
      if (answers.length < guesses.length) return;
      node.off('message', collect);
      resolve(answers);
    };
    node.on('message', collect);
    for (const guess of guesses) node.send(guess);
  });
}
