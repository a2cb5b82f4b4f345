import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { forEachDatabase, type TestDatabase } from '../support/databases.ts';
import {
  beginToken,
  codeOf,
  createTestEngine,
  masterKey,
  redeem,
  type TestEngine,
} from '../support/engine.ts';

const worker = fileURLToPath(new URL('killWorker.ts', import.meta.url));
const atOnce = 3;

/** What a worker told before it died, by event. */
type Told = Record<string, string[]>;

forEachDatabase((_engine, open) => {
  describe('a process killed at any statement', () => {
    it('S-109 S-16 loses nothing that was answered, leaves nothing half done and lets nobody past', {
      timeout: 400_000,
    }, async () => {
      const database = await open();
      const house = await createTestEngine(database);
      await house.setTenant({ policy: 'always' });
      const total = Number((await flow(house, database, 0)).told.statements?.[0]);
      expect(total).toBeGreaterThan(50);

      for (let first = 1; first <= total; first += atOnce) {
        const points = Array.from({ length: atOnce }, (_, i) => first + i).filter((point) => point <= total);
        const flows = await Promise.all(points.map((point) => flow(house, database, point)));
        // One after the other: they share the clock.
        for (const { user, told } of flows) {
          const when = `${user} of ${total} statements`;
          expect(told.statements, `${when} should have died`).toBeUndefined();
          await expectWhole(house, user, told, when);
        }
      }
    });
  });
});

async function flow(
  house: TestEngine,
  database: TestDatabase,
  killAt: number,
): Promise<{ user: string; told: Told }> {
  const user = `auth0|kill-${killAt}`;
  await house.addUser(user);
  const child = spawn(process.execPath, [
    worker,
    JSON.stringify(database.target),
    masterKey.toString('base64'),
    user,
    String(killAt),
  ]);
  let output = '';
  let errors = '';
  child.stdout.on('data', (data) => {
    output += data;
  });
  child.stderr.on('data', (data) => {
    errors += data;
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => {
    child.on('close', (...ended) => resolve(ended));
  });
  expect([code, signal], errors).toEqual(killAt === 0 ? [0, null] : [null, 'SIGKILL']);
  const told: Told = {};
  for (const line of output.split('\n').filter(Boolean)) {
    const [event, value] = line.split(' ') as [string, string];
    told[event] = [...(told[event] ?? []), value];
  }
  return { user, told };
}

async function expectWhole(house: TestEngine, user: string, told: Told, when: string): Promise<void> {
  const { db } = house.database;
  const methods = await house.engine.methods(user);
  const events = await house.eventTypes(user);
  const states = await db
    .selectFrom('mfa_transactions')
    .select('state')
    .where('user_id', '=', user)
    .execute();
  const count = (type: string) => events.filter((event) => event === type).length;
  const completed = states.filter((row) => row.state === 'completed').length;
  const isEnrolled = methods.some((method) => method.factor === 'otp' && method.isConfirmed);

  if (told.enrolled) expect(isEnrolled, when).toBe(true);
  expect(new Set(methods.map((method) => method.isConfirmed)).size, when).toBeLessThan(2);
  expect(count('gd_enrollment_complete'), when).toBe(isEnrolled ? 1 : 0);
  expect(count('seotpft'), when).toBe(completed);
  expect(completed, when).toBeGreaterThanOrEqual(
    ['enrolled', 'passed', 'recovered'].filter((e) => told[e]).length,
  );
  if (!isEnrolled) return;

  // Codes answered with success are spent, one a crash cut off is spent or good once, and the next one works.
  house.clock.now = Date.UTC(2026, 0, 15, 12) + 60_000;
  const [secret] = told.secret as [string];
  if (told.passed) {
    expect(await tryCode(house, user, told.code?.at(-1) as string), when).toBe('invalid_proof');
  }
  const acknowledged = told.recovered?.[0];
  if (acknowledged) {
    expect(await tryCode(house, user, told.recovery?.[0] as string, 'recovery-code'), when).toBe(
      'invalid_proof',
    );
    expect(await tryCode(house, user, acknowledged, 'recovery-code'), when).toBe('completed');
  }
  house.clock.now += 60_000;
  expect(await tryCode(house, user, await codeOf(secret, house.clock.now)), when).toBe('completed');
}

async function tryCode(house: TestEngine, user: string, code: string, factor = 'otp'): Promise<string> {
  const { mfaToken } = await beginToken(house, user);
  const redeemed = await redeem(house, mfaToken, code, factor);
  return redeemed.outcome === 'refused' ? redeemed.code : redeemed.outcome;
}
