import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { blockUser } from '../../src/accounts/blockUser.ts';
import { hashPassword, verifyPassword } from '../../src/crypto/passwordHash.ts';
import type { Answer } from './httpClient.ts';
import {
  type Application,
  authorizationRequest,
  connection,
  type Person,
  password,
  type Target,
  targetStarter,
} from './target.ts';

vi.mock(import('../../src/crypto/passwordHash.ts'), { spy: true });

const unknown = 'nobody@example.com';

for (const engine of ['sqlite', 'postgres'] as const) {
  describe(engine, () => {
    const start = targetStarter(engine);
    let target: Target;
    let application: Application;
    let known: Person;
    let enrolled: Person;
    let blocked: Person;
    let locked: Person;

    beforeAll(async () => {
      target = await start();
      application = await target.application({ mfaPolicy: 'always' });
      known = await target.person();
      enrolled = await target.enrolledPerson(application);
      blocked = await target.person();
      const { database, clock } = target.house;
      await database.transaction((trx) => blockUser(trx, clock, blocked.id));
      locked = await target.enrolledPerson(application);
      const mfaToken = await target.mfaToken(application, locked);
      const wrong = (await target.code(locked)) === '000000' ? '111111' : '000000';
      for (let i = 0; i < 10; i += 1) await target.redeem(application, mfaToken, wrong);
    });

    beforeEach(async () => {
      await target.send('/dev/outbox.json');
      await target.house.database.db.deleteFrom('throttles').execute();
    });

    /** What a stranger sees of one attempt, and what it cost. */
    async function costOf(attempt: () => Promise<Answer>) {
      vi.mocked(verifyPassword).mockClear();
      vi.mocked(hashPassword).mockClear();
      target.takeStatements();
      const answer = await attempt();
      return {
        seen: visible(answer),
        hashes: vi.mocked(verifyPassword).mock.calls.length + vi.mocked(hashPassword).mock.calls.length,
        // The queue is worked off after the answer, whenever that is.
        statements: target.takeStatements().filter((statement) => !statement.includes('"messages"')),
      };
    }

    describe('S-82 unknown, wrong, blocked and locked look and cost the same', () => {
      const attempts = (): [who: string, identifier: string, typed: string][] => [
        ['an unknown address', unknown, password],
        ['no address at all', 'no-address-at-all', password],
        ['a wrong password', known.email, 'wrong password'],
        ['a wrong password of somebody enrolled', enrolled.email, 'wrong password'],
        ['a wrong password of somebody locked', locked.email, 'wrong password'],
        ['a blocked user with the right password', blocked.email, password],
        ['a blocked user with a wrong one', blocked.email, 'wrong password'],
        ['an address of 300 characters', `${'a'.repeat(288)}@example.com`, password],
      ];

      it('at the token endpoint', async () => {
        const costs = [];
        for (const [, username, typed] of attempts()) {
          costs.push(
            await costOf(() =>
              target.token(application, { grant_type: 'password', username, password: typed }),
            ),
          );
        }
        expect(costs[0]?.seen).toMatchObject({
          status: 403,
          text: '{"error":"invalid_grant","error_description":"Wrong email or password."}',
        });
        expect(costs[0]?.hashes).toBe(1);
        for (const [i, [who]] of attempts().entries()) expect(costs[i], who).toEqual(costs[0]);
      });

      it('at the sign-in page', async () => {
        const costs = [];
        for (const [, username, typed] of attempts()) {
          const browser = target.browser();
          await browser.open(authorizationRequest(application).path);
          const form = { ...browser.hidden(), action: 'default', username, password: typed };
          const cost = await costOf(() => browser.request('/u/login', { form }));
          costs.push({
            ...cost,
            seen: { ...cost.seen, text: cost.seen.text.replaceAll(username, 'USERNAME') },
          });
        }
        expect(costs[0]?.seen.status).toBe(400);
        expect(costs[0]?.hashes).toBe(1);
        for (const [i, [who]] of attempts().entries()) expect(costs[i], who).toEqual(costs[0]);
      });

      it('in processor time, too', async () => {
        const timeOf = async (username: string) => {
          const before = process.cpuUsage();
          for (let i = 0; i < 8; i += 1) {
            await target.token(application, { grant_type: 'password', username, password: 'wrong password' });
          }
          const { user, system } = process.cpuUsage(before);
          return user + system;
        };
        const ofNobody = await timeOf(unknown);
        const ofSomebody = await timeOf(known.email);
        // A password hash is most of it: without one it would be a fifth at the most.
        expect(ofNobody / ofSomebody).toBeGreaterThan(0.5);
        expect(ofNobody / ofSomebody).toBeLessThan(2);
      });

      it('and when the budget is spent, too', async () => {
        const answers = [];
        for (const username of [unknown, known.email, blocked.email]) {
          const wrong = { grant_type: 'password', username, password: 'wrong password' };
          for (let i = 0; i < 10; i += 1) await target.token(application, wrong);
          answers.push(await costOf(() => target.token(application, wrong)));
        }
        expect(answers[0]?.seen).toMatchObject({ status: 429 });
        expect(answers[0]?.hashes).toBe(0);
        expect(answers[1]).toEqual(answers[0]);
        expect(answers[2]).toEqual(answers[0]);
      }, 30_000);
    });

    // Their statements are counted beside the sources; here the queue is worked off meanwhile.
    describe('S-83 whether an address has an account shows nowhere', () => {
      const addresses = () => [unknown, known.email, enrolled.email, blocked.email];

      it.each([
        ['/dbconnections/signup', { connection, password: 'a quite new one 1' }],
        ['/dbconnections/change_password', { connection }],
      ])('%s', async (path, fields) => {
        const costs = [];
        for (const email of addresses()) {
          const json = { client_id: application.client.clientId, email, ...fields };
          const cost = await costOf(() => target.send(path, { json }));
          costs.push({
            hashes: cost.hashes,
            seen: {
              ...cost.seen,
              text: cost.seen.text.replace(email, 'EMAIL').replace(/[0-9a-f]{24}/, 'ID'),
            },
          });
        }
        expect(costs[0]?.seen.status).toBe(200);
        for (const [i, email] of addresses().entries()) expect(costs[i], email).toEqual(costs[0]);
      });

      it.each([
        ['signup', { password: 'a quite new one 1' }],
        ['reset-password/request', {}],
      ])('the page %s', async (page, fields) => {
        const costs = [];
        for (const email of addresses()) {
          const browser = target.browser();
          await browser.open(authorizationRequest(application).path);
          await browser.open(browser.at.replace('/u/login', `/u/${page}`));
          const form = { ...browser.hidden(), action: 'default', email, ...fields };
          const cost = await costOf(() => browser.request(`/u/${page}`, { form }));
          const seen = { ...cost.seen, text: cost.seen.text.replaceAll(email, 'EMAIL') };
          costs.push({ hashes: cost.hashes, seen });
        }
        expect(costs[0]?.seen.status).toBe(200);
        for (const [i, email] of addresses().entries()) expect(costs[i], email).toEqual(costs[0]);
      });
    });

    it('what strangers leave behind at /authorize is gone after half an hour', async () => {
      const { db } = target.house.database;
      const count = async () => (await db.selectFrom('oidc_records').select('expires_at').execute()).length;
      const before = await count();
      const { path } = authorizationRequest(application);
      for (let i = 0; i < 5; i += 1) await target.send(path, { headers: { cookie: `countersign=junk${i}` } });
      expect(await count()).toBeGreaterThan(before);
      const halfAnHour = Date.now() + 31 * 60 * 1000;
      const lasting = await db
        .selectFrom('oidc_records')
        .select('model')
        .where('account_id', 'is', null)
        .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', halfAnHour)]))
        .execute();
      expect(lasting).toEqual([]);
    });

    it('S-84 factors show to nobody before the password: not at sign-in, nor by the API without a token', async () => {
      for (const person of [known, enrolled, locked]) {
        const answer = await target.token(application, {
          grant_type: 'password',
          username: person.email,
          password: 'wrong',
        });
        expect(answer.text).not.toMatch(/mfa|otp|challenge|enroll/);
      }
      for (const headers of [
        {},
        { authorization: 'Bearer x' },
        { authorization: `Bearer ${enrolled.id}` },
      ] as Record<string, string>[]) {
        const answer = await target.send('/mfa/authenticators', { headers });
        expect(answer.status).toBe(401);
        expect(answer.text).not.toContain('totp');
      }
    });
  });
}

/** Status, headers and text, without what differs between any two answers. */
function visible({ status, headers, text }: Answer) {
  const {
    'x-request-id': _id,
    date: _date,
    'x-ratelimit-reset': _reset,
    'retry-after': _after,
    'content-length': _length,
    ...rest
  } = headers;
  return {
    status,
    headers: rest,
    text: text.replace(/state=[\w-]+|name="(?:state|csrf)" value="[^"]*"/g, ''),
  };
}
