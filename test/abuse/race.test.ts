import type { ChildProcess } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { forEachDatabase } from '../support/databases.ts';
import { beginToken, codeOf, createTestEngine, enrolOtp, type TestEngine } from '../support/engine.ts';
import { handOut, nodeStarter } from './raceNodes.ts';

const user = 'auth0|ann';
const rounds = 1000;
const parallel = 50;

forEachDatabase((_engine, open) => {
  const startNodes = nodeStarter();

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
    const nodes = await startNodes(database);
    return { house, secret, recoveryCode: recoveryCode as string, nodes };
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
        const answers = await handOut(
          nodes,
          tokens.map(({ mfaToken }) => ({
            mfaToken,
            submission: { factor: 'otp', proof },
            at: house.clock.now,
          })),
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
      const submission = { factor: 'recovery-code', proof: recoveryCode };
      const answers = await handOut(
        nodes,
        tokens.map(({ mfaToken }) => ({ mfaToken, submission, at: house.clock.now })),
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
          submission: { factor: 'otp', proof },
          at: house.clock.now,
        }));
        const answers = await handOut(nodes, guesses);
        expect(answers.filter((answer) => answer === 'completed')).toHaveLength(1);
        await house.database.db.deleteFrom('second_factor_locks').execute();
        await house.database.db.deleteFrom('throttles').execute();
        house.clock.advance(60);
      }
    });
  });
});
