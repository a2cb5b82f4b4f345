import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { blockUser } from '../../src/accounts/blockUser.ts';
import { grantTypes } from '../../src/applications/client.ts';
import type { Answer, Send } from './httpClient.ts';
import {
  type Application,
  authorizationRequest,
  callback,
  type Person,
  password,
  type SecondNode,
  type Target,
  targetStarter,
} from './target.ts';
import type { WebBrowser } from './webBrowser.ts';

const parallel = 50;
const rounds = 8;

for (const engine of ['sqlite', 'postgres'] as const) {
  describe(`two server processes on one database, ${engine}`, () => {
    const start = targetStarter(engine);
    let target: Target;
    let second: SecondNode;
    let strict: Application;
    let spa: Application;
    let nodes: readonly Send[];

    beforeAll(async () => {
      target = await start();
      second = await target.secondNode();
      nodes = [target.send, second.send];
      strict = await target.application({ mfaPolicy: 'always' });
      spa = await target.application({
        grantTypes: [grantTypes.authorizationCode, grantTypes.refreshToken],
        tokenEndpointAuthMethod: 'none',
        refreshToken: {
          rotationType: 'rotating',
          expirationType: 'expiring',
          leewaySeconds: 0,
          tokenLifetimeSeconds: 10_000,
          idleTokenLifetimeSeconds: 10_000,
        },
      });
    });

    // Every guess comes from one address, whose budget is not what most of this is about.
    beforeEach(async () => {
      await target.house.database.db.deleteFrom('throttles').execute();
    });

    afterAll(() => second.kill());

    /** Sends the same token request `times` times at once, half to each node. */
    function race(forms: readonly Record<string, string>[]): Promise<Answer[]> {
      return Promise.all(forms.map((form, i) => (nodes[i % nodes.length] as Send)('/oauth/token', { form })));
    }

    const times = (form: Record<string, string>) => Array.from({ length: parallel }, () => form);
    const successes = (answers: readonly Answer[]) => answers.filter(({ status }) => status === 200);

    /** Somebody's browser with a session, and what the application got with it. */
    async function signIn(person: Person): Promise<{ browser: WebBrowser; code: Record<string, string> }> {
      const browser = target.browser();
      const { path, verifier } = authorizationRequest(spa, { scope: 'openid offline_access' });
      await browser.open(path);
      const answer = await browser.submit({ username: person.email, password });
      const code = new URL(answer.headers.location ?? '', target.issuer).searchParams.get('code') ?? '';
      return {
        browser,
        code: {
          grant_type: grantTypes.authorizationCode,
          client_id: spa.client.clientId,
          redirect_uri: callback,
          code_verifier: verifier,
          code,
        },
      };
    }

    const refreshing = (token: string) => ({
      grant_type: grantTypes.refreshToken,
      client_id: spa.client.clientId,
      refresh_token: token,
    });

    it(`S-01 of ${parallel} submissions of one code, over many transactions, one succeeds`, async () => {
      for (let round = 0; round < rounds; round += 1) {
        const person = await target.enrolledPerson(strict);
        const tokens = await Promise.all(Array.from({ length: 4 }, () => target.mfaToken(strict, person)));
        const otp = await target.code(person);
        const forms = Array.from({ length: parallel }, (_, i) => ({
          ...strict.credentials,
          grant_type: grantTypes.mfaOtp,
          mfa_token: tokens[i % tokens.length] as string,
          otp,
        }));
        const answers = await race(forms);
        expect(successes(answers), `round ${round}`).toHaveLength(1);
        for (const { status, body } of answers)
          if (status !== 200) expect(status, body.error).toBeLessThan(500);
      }
    });

    it(`S-10 S-37 of ${parallel} submissions of one recovery code one succeeds, and its successor is the only one`, async () => {
      const person = await target.enrolledPerson(strict);
      const token = await target.mfaToken(strict, person);
      const answers = await race(
        times({
          ...strict.credentials,
          grant_type: grantTypes.mfaRecoveryCode,
          mfa_token: token,
          recovery_code: person.recoveryCode,
        }),
      );
      expect(successes(answers)).toHaveLength(1);
      expect(successes(answers)[0]?.body.recovery_code).toMatch(/^[A-Z0-9]{24}$/);
    });

    it(`S-70 of ${parallel} redemptions of one authorization code one succeeds, and its tokens end`, async () => {
      const person = await target.person();
      for (let round = 0; round < rounds; round += 1) {
        const { code } = await signIn(person);
        const answers = await race(times(code));
        const [winner, ...more] = successes(answers);
        expect(more, `round ${round}`).toEqual([]);
        expect(winner, `round ${round}`).toBeDefined();
        const refused = answers.filter(({ status }) => status !== 200);
        expect(new Set(refused.map(({ text }) => text))).toEqual(
          new Set(['{"error":"invalid_grant","error_description":"Invalid authorization code"}']),
        );
        const [after] = await race([refreshing(winner?.body.refresh_token)]);
        expect(after?.status, `round ${round}`).toBe(403);
        const opened = await second.send('/userinfo', {
          headers: { authorization: `Bearer ${winner?.body.access_token}` },
        });
        expect(opened.status, `round ${round}`).toBe(401);
      }
    });

    it(`S-71 of ${parallel} exchanges of one refresh token at most one succeeds, and the family ends`, async () => {
      const person = await target.person();
      for (let round = 0; round < rounds; round += 1) {
        const { code } = await signIn(person);
        const [first] = await race([code]);
        const answers = await race(times(refreshing(first?.body.refresh_token)));
        expect(successes(answers).length, `round ${round}`).toBeLessThanOrEqual(1);
        for (const winner of successes(answers)) {
          const [after] = await race([refreshing(winner.body.refresh_token)]);
          expect(after?.status, `round ${round}`).toBe(403);
        }
      }
    });

    it('S-26 S-41 two enrolments at once: one is confirmed, and no second one comes of the race', async () => {
      const person = await target.person();
      const tokens = [await target.mfaToken(strict, person), await target.mfaToken(strict, person)];
      const [one, other] = await Promise.all(tokens.map((token) => target.associate(token)));
      const forms = await Promise.all(
        [one, other].map(async (answer, i) => ({
          ...strict.credentials,
          grant_type: grantTypes.mfaOtp,
          mfa_token: tokens[i] as string,
          otp: await target.code({ ...person, secret: answer?.body.secret }),
        })),
      );
      expect(successes(await race(forms))).toHaveLength(1);
      const { db } = target.house.database;
      const methods = db.selectFrom('authentication_methods').select(['factor', 'confirmed_at']);
      const stored = await methods.where('user_id', '=', person.id).execute();
      expect(stored.filter(({ factor }) => factor === 'otp')).toHaveLength(1);
      expect(stored.every((method) => method.confirmed_at !== null)).toBe(true);
    });

    it('S-15 S-23 guesses on both nodes spend one budget, which a restart doesn’t refill', async () => {
      const person = await target.enrolledPerson(strict);
      const token = await target.mfaToken(strict, person);
      const wrong = (await target.code(person)) === '000000' ? '111111' : '000000';
      const guess = { ...strict.credentials, grant_type: grantTypes.mfaOtp, mfa_token: token, otp: wrong };
      const answers = await race(times(guess));
      const judged = answers.filter(({ body }) => body.error_description === 'Invalid otp_code.');
      expect(judged.length).toBeLessThanOrEqual(10);
      await second.restart();
      const fresh = await target.mfaToken(strict, person);
      for (const send of nodes) {
        const form = { ...guess, mfa_token: fresh, otp: await target.code(person) };
        const { status, body, headers } = await send('/oauth/token', { form });
        expect([status, body.error]).toEqual([429, 'too_many_attempts']);
        expect(Number(headers['retry-after'])).toBeGreaterThan(600);
      }
    });

    it('S-71 reuse of a rotated refresh token is noticed after a restart, and ends the family', async () => {
      const { code } = await signIn(await target.person());
      const first = (await second.send('/oauth/token', { form: code })).body.refresh_token;
      const rotated = (await second.send('/oauth/token', { form: refreshing(first) })).body.refresh_token;
      expect(rotated).toBeTypeOf('string');
      await second.restart();
      expect((await second.send('/oauth/token', { form: refreshing(first) })).status).toBe(403);
      const after = await target.send('/oauth/token', { form: refreshing(rotated) });
      expect(after.body).toEqual({
        error: 'invalid_grant',
        error_description: 'Unknown or invalid refresh token.',
      });
    });

    it('S-38 S-79 who is blocked on one node is out on the other at the next request', async () => {
      const person = await target.enrolledPerson(strict);
      const { browser, code } = await signIn(person);
      const { refresh_token: refreshToken, access_token: accessToken } = (await race([code]))[0]?.body ?? {};
      const mfaToken = await target.mfaToken(strict, person);
      const silent = authorizationRequest(spa, { prompt: 'none' }).path;
      const cookie = browser.cookieHeader();
      const silently = async () => (await second.send(silent, { headers: { cookie } })).headers.location;
      expect(await silently()).toContain('code=');

      const { database, clock } = target.house;
      await database.transaction((trx) => blockUser(trx, clock, person.id));

      expect(await silently()).toContain('error=login_required');
      expect((await second.send('/oauth/token', { form: refreshing(refreshToken) })).status).toBe(403);
      const authorization = `Bearer ${accessToken}`;
      expect((await second.send('/userinfo', { headers: { authorization } })).status).toBe(401);
      const bearer = { headers: { authorization: `Bearer ${mfaToken}` } };
      expect((await second.send('/mfa/authenticators', bearer)).status).toBe(401);
      const otp = await target.code(person);
      const redeem = { ...strict.credentials, grant_type: grantTypes.mfaOtp, mfa_token: mfaToken, otp };
      expect((await second.send('/oauth/token', { form: redeem })).status).toBe(401);
      const login = { ...strict.credentials, grant_type: 'password', username: person.email, password };
      expect((await second.send('/oauth/token', { form: login })).body.error).toBe('invalid_grant');
    });
  });
}
