import { expect, it } from 'vitest';
import { forEachDatabase } from '../support/databases.ts';
import { anotherNumber, answerAudience, deviceScene } from '../support/deviceScene.ts';
import { beginToken, createTestEngine } from '../support/engine.ts';
import { handOut, nodeStarter } from './raceNodes.ts';

const rounds = 10;
/** At once, half of them to each process. */
const requests = 50;
const ann = 'auth0|ann';

forEachDatabase((_engine, open) => {
  const startNodes = nodeStarter();

  async function prepare() {
    const database = await open();
    const house = await createTestEngine(database);
    const scene = deviceScene(house);
    await scene.allow({ sendsPerUser: 1000, sendsPerDevice: 1000 });
    await house.addUser(ann);
    const device = await scene.enrolDevice(ann);
    return { house, scene, device, nodes: await startNodes(database) };
  }

  /** What repeats itself for lack of time between the rounds. */
  const next = async ({ house }: Awaited<ReturnType<typeof prepare>>) => {
    await house.database.db.deleteFrom('throttles').execute();
    await house.database.db.deleteFrom('device_denials').execute();
    house.clock.advance(60);
  };

  it(`S-01 S-54 one approval lets in once, of ${requests} who collect it through two processes`, {
    timeout: 120_000,
  }, async () => {
    const prepared = await prepare();
    const { house, scene, device, nodes } = prepared;
    for (let round = 0; round < rounds; round += 1) {
      const { mfaToken, oobCode, number } = await scene.ask(ann);
      await scene.answer(device, { number });
      const submission = { challenge: round % 2 ? { oobCode } : ('latest' as const), proof: undefined };
      const collect = { mfaToken, submission, at: house.clock.now };
      const outcomes = await handOut(nodes, Array(requests).fill(collect));
      expect(
        outcomes.filter((outcome) => outcome === 'completed'),
        `round ${round}: ${outcomes}`,
      ).toHaveLength(1);
      await next(prepared);
    }
    const locks = await house.database.db.selectFrom('second_factor_locks').selectAll().execute();
    // Nobody failed: whoever came second neither guessed nor was wrong.
    expect(locks).toMatchObject([{ failures: 0, locked_until: null }]);
  });

  it(`S-51 one of ${requests} answers through two processes is recorded, be they alike or not`, {
    timeout: 120_000,
  }, async () => {
    const prepared = await prepare();
    const { house, scene, device, nodes } = prepared;
    await scene.allow(
      { sendsPerUser: 1000, sendsPerDevice: 1000 },
      {
        secondFactorLock: { failures: 99, minutes: [15] },
      },
    );
    for (let round = 0; round < rounds; round += 1) {
      const { mfaToken, oobCode, number } = await scene.ask(ann);
      const { requestToken, challenge } = await scene.waiting(device);
      const hows = [
        { number },
        { isAccepted: false, reason: 'hack' },
        ...(round % 2 ? [{ number: anotherNumber(number) }] : []),
      ];
      const orders = Array.from({ length: requests }, (_, i) => ({
        requestToken,
        answer: {
          jws: device.device.answer({ challenge, audience: answerAudience, ...hows[i % hows.length] }),
          audiences: [answerAudience],
        },
        at: house.clock.now,
      }));
      const outcomes = await handOut(nodes, orders);
      const decided = outcomes.filter((outcome) => outcome === 'recorded' || outcome === 'number_mismatch');
      expect(decided, `round ${round}: ${outcomes}`).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'request_over')).toHaveLength(requests - 1);
      const { answer } = await house.database.db
        .selectFrom('device_requests')
        .select('answer')
        .orderBy('challenge_id', 'desc')
        .executeTakeFirstOrThrow();
      const collected = await scene.collect(mfaToken, oobCode);
      expect(collected.outcome).toBe(answer === 'approved' ? 'completed' : 'refused');
      await next(prepared);
    }
  });

  it('S-50 S-23 of many who ask at once through two processes one waits, and the budget holds', {
    timeout: 120_000,
  }, async () => {
    const { house, scene, nodes } = await prepare();
    const cap = 7;
    await scene.allow({ sendsPerUser: cap, sendsPerDevice: 1000 });
    const orders = [];
    for (let i = 0; i < 24; i += 1) {
      const { transactionId } = await beginToken(house, ann);
      orders.push({ transactionId, challenge: { factor: 'push-notification' }, at: house.clock.now });
    }
    const outcomes = await handOut(nodes, orders);
    expect(outcomes.filter((outcome) => outcome === 'begun')).toHaveLength(cap);
    const rows = await house.database.db
      .selectFrom('device_requests')
      .select('answer')
      .where('purpose', '=', 'verification')
      .execute();
    expect(rows.filter(({ answer }) => answer === null)).toHaveLength(1);
    expect(rows.filter(({ answer }) => answer === 'replaced')).toHaveLength(cap - 1);
  });
});
