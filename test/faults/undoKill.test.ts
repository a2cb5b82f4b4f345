import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { forEachDatabase, type TestDatabase } from '../support/databases.ts';
import { context, createTestEngine, enrolOtp, masterKey, type TestEngine } from '../support/engine.ts';

const worker = fileURLToPath(new URL('undoKillWorker.ts', import.meta.url));
const atOnce = 3;

forEachDatabase((_engine, open) => {
  it('S-109 S-46 a change is undone as a whole or not at all, wherever the process is killed', {
    timeout: 300_000,
  }, async () => {
    const database = await open();
    const house = await createTestEngine(database);
    await house.setTenant({ policy: 'always' });
    const first = await removed(house, 0);
    const [outcome, total = '0'] = (await undo(database, first.ticket, 0)).split(' ');
    expect(outcome).toBe('undone');
    expect(Number(total)).toBeGreaterThan(20);
    expect(await standing(house, first)).toBe('undone');

    for (let from = 1; from <= Number(total); from += atOnce) {
      const points = Array.from({ length: atOnce }, (_, i) => from + i).filter((n) => n <= Number(total));
      const people = [];
      for (const point of points) people.push(await removed(house, point));
      const told = await Promise.all(people.map(({ ticket }, i) => undo(database, ticket, points[i] ?? 0)));
      for (const [i, person] of people.entries()) {
        const when = `${points[i]} of ${total} statements`;
        expect(told[i], when).toBe('');
        const stands = await standing(house, person);
        expect(['removed', 'undone'], when).toContain(stands);
        // A link that a crash left unused works afterwards.
        const again = await house.engine.changes.undo(person.ticket, context);
        expect(again.outcome, when).toBe(stands === 'removed' ? 'undone' : 'refused');
        expect(await standing(house, person), when).toBe('undone');
      }
    }
  });
});

interface Person {
  user: string;
  ticket: string;
  methodIds: readonly string[];
}

/** Somebody who has a session, and whose methods were removed just now. */
async function removed(house: TestEngine, point: number): Promise<Person> {
  const user = `auth0|undo-${point}`;
  const { now } = house.clock;
  await house.addUser(user);
  await enrolOtp(house, user);
  const methodIds = (await house.engine.methods(user)).map(({ id }) => id).sort();
  const methodId = methodIds.find((id) => id.startsWith('totp')) ?? '';
  const proofs = [{ factor: 'otp', methodId, at: house.clock.now }];
  await house.engine.removeMethod(user, methodId, { kind: 'person', id: 'app', proofs }, context);
  await house.database.db
    .insertInto('sessions')
    .values({
      ...{ uid: `session-${point}`, user_id: user, proofs: '[]' },
      ...{ ip: context.ip, user_agent: context.userAgent },
      ...{ created_at: now, updated_at: now, expires_at: now + 3_600_000 },
    })
    .execute();
  const notice = house.notices.findLast(({ template }) => template === 'mfa_removed');
  const ticket = notice && 'undoTicket' in notice ? notice.undoTicket : undefined;
  return { user, methodIds, ticket: ticket ?? '' };
}

/** What the worker told, if it lived to tell. */
function undo({ target }: TestDatabase, ticket: string, killAt: number): Promise<string> {
  const words = [worker, JSON.stringify(target), masterKey.toString('base64'), ticket, String(killAt)];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, words, (error, stdout, stderr) => {
      if (killAt === 0 ? error : error?.signal !== 'SIGKILL') reject(new Error(stderr));
      else resolve(stdout.trim());
    });
  });
}

/** Which of the two states everything about a person agrees on. */
async function standing(house: TestEngine, { user, methodIds }: Person): Promise<string> {
  const { db } = house.database;
  const change = await db
    .selectFrom('method_changes')
    .select('undone_at')
    .where('user_id', '=', user)
    .where('kind', '=', 'removed')
    .executeTakeFirstOrThrow();
  const sessions = await db.selectFrom('sessions').select('uid').where('user_id', '=', user).execute();
  const links = await db.selectFrom('tickets').select('id').where('user_id', '=', user).execute();
  const ids = (await house.engine.methods(user)).map(({ id }) => id).sort();
  const events = await house.eventTypes(user);
  const facts = [
    change.undone_at !== null,
    sessions.length === 0,
    links.length === 1,
    JSON.stringify(ids) === JSON.stringify(methodIds),
    events.includes('w'),
  ];
  if (facts.every((fact) => fact)) return 'undone';
  return facts.some((fact) => fact) || ids.length > 0 ? `half: ${facts}` : 'removed';
}
