import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  connection,
  context,
  createTestAccounts,
  masterKey,
  password,
  type TestAccounts,
} from '../support/accounts.ts';
import { forEachDatabase } from '../support/databases.ts';
import type { Attempt } from './accountRaceWorker.ts';

const rounds = 100;
const owner = 'ann@example.com';

type Untimed<A> = A extends Attempt ? Omit<A, 'at'> : never;

forEachDatabase((_engine, open) => {
  let house: TestAccounts;
  let nodes: ChildProcess[];

  beforeEach(async () => {
    const database = await open();
    house = await createTestAccounts(database);
    await house.addUser(owner);
    const script = new URL('accountRaceWorker.ts', import.meta.url);
    const startingArguments = [JSON.stringify(database.target), masterKey.toString('base64')];
    nodes = [fork(script, startingArguments), fork(script, startingArguments)];
    await Promise.all(nodes.map((node) => once(node, 'message')));
  });

  afterEach(() => {
    for (const node of nodes) node.kill('SIGKILL');
  });

  /** Gives each process the same attempt at the same time, `times` times over; their outcomes. */
  async function race(attempt: Untimed<Attempt>, times = 1): Promise<string[]> {
    const message = { ...attempt, at: house.clock.now };
    const answers = await Promise.all(nodes.map((node) => answersOf(node, message, times)));
    return answers.flat();
  }

  describe('two processes', () => {
    it(`S-67 that open one sign-up link make one account, ${rounds} times out of ${rounds}`, async () => {
      for (let round = 0; round < rounds; round += 1) {
        const email = `user${round}@example.com`;
        await house.accounts.requestSignUp({ connection, email, password, context });
        const ticket = await house.ticketFor(email);
        const outcomes = await race({ what: 'verifyEmail', ticket });
        expect(outcomes.sort(), `round ${round}`).toEqual(['invalid', 'verified']);
        house.clock.advance(600);
      }
    });

    it('S-67 that use one reset link change the password once', async () => {
      for (let round = 0; round < 25; round += 1) {
        await house.accounts.requestPasswordReset({ connection, email: owner, context });
        const ticket = await house.ticketFor(owner);
        const fresh = `the password of round ${round}`;
        const outcomes = await race({ what: 'changePassword', ticket, password: fresh });
        expect(outcomes.sort(), `round ${round}`).toEqual(['changed', 'invalid_ticket']);
        house.clock.advance(600);
      }
    });

    it('that sign up one address make one account', async () => {
      for (let round = 0; round < 25; round += 1) {
        const outcomes = await race({ what: 'signUp', email: `user${round}@example.com` });
        expect(outcomes.sort(), `round ${round}`).toEqual(['created', 'exists']);
        house.clock.advance(600);
      }
    });

    it('S-23 share the budget of wrong passwords, S-17 and never exceed it', async () => {
      for (let round = 0; round < 5; round += 1) {
        const outcomes = await race({ what: 'checkPassword', identifier: `user${round}@example.com` }, 20);
        expect(outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(10);
        expect(outcomes.filter((outcome) => outcome === 'throttled')).toHaveLength(30);
        house.clock.advance(24 * 3600);
      }
    });
  });
});

function answersOf(node: ChildProcess, attempt: Attempt, times: number): Promise<string[]> {
  return new Promise((resolve) => {
    const answers: string[] = [];
    const collect = (answer: string) => {
      answers.push(answer);
      if (answers.length < times) return;
      node.off('message', collect);
      resolve(answers);
    };
    node.on('message', collect);
    for (let i = 0; i < times; i += 1) node.send(attempt);
  });
}
