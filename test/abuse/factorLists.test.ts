import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { grantTypes } from '../../src/applications/client.ts';
import type { Answer, Call } from './httpClient.ts';
import {
  type Application,
  apiAudience,
  authorizationRequest,
  type Person,
  password,
  type Target,
  targetStarter,
} from './target.ts';

const start = targetStarter();
let target: Target;
let application: Application;
let enrolled: Person;
let bare: Person;

beforeAll(async () => {
  target = await start();
  await target.api();
  application = await target.application({ mfaPolicy: 'always' });
  enrolled = await target.enrolledPerson(application);
  bare = await target.person();
});

beforeEach(async () => {
  await target.house.database.db.deleteFrom('throttles').execute();
});

/** Whatever would tell that somebody has a second factor, or which. */
const telling =
  /totp|recovery|authenticator_type|dev_\w{16}|mfa_requirements|otpauth:|data-code|authenticator app/i;

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('S-84 before the first factor, what factors somebody has is told', () => {
  /** Every page of a second factor, asked for and posted to as if the password had been given. */
  const pageRoutes = () =>
    target.routes.filter(({ url, method }) => /^\/u\/mfa/.test(url) && method !== 'HEAD');

  async function walkPages(person: Person): Promise<string[]> {
    const browser = target.browser();
    await browser.open(authorizationRequest(application, { login_hint: person.email }).path);
    const hidden = browser.hidden();
    const seen: string[] = [];
    for (const { method, url } of pageRoutes()) {
      const form = { ...hidden, action: 'default', username: person.email, code: '000000' };
      const call: Call = method === 'POST' ? { form } : {};
      const path = method === 'POST' ? url : `${url}?state=${hidden.state}`;
      const first = await browser.request(path, call);
      const last = await browser.follow(first);
      for (const answer of [first, last]) expect(answer.text, `${method} ${url}`).not.toMatch(telling);
      seen.push(
        `${method} ${url} ${first.status} ${first.headers.location} ${last.status} ${browser.heading}`,
      );
    }
    return seen.map((line) => line.replaceAll(hidden.state ?? '', 'STATE'));
  }

  it('at none of the pages of the second factor, which look alike for everybody', async () => {
    expect(pageRoutes().length).toBeGreaterThan(14);
    const seen = await walkPages(enrolled);
    // Not a page: how the request to a device stands, of which there is none.
    const asked = 'GET /u/mfa-answer 200 ';
    for (const line of seen.filter((one) => !one.startsWith(asked))) {
      expect(line).toMatch(/ 200 Sign in$| 4\d\d /);
    }
    expect(await walkPages(bare)).toEqual(seen);
  });

  it('by no address of somebody else’s sign-in, however far it is', async () => {
    const owner = target.browser();
    await owner.open(authorizationRequest(application).path);
    await owner.submit({ username: enrolled.email, password });
    expect(owner.page?.text).toMatch(telling);
    const state = owner.hidden().state ?? '';
    const stranger = target.browser();
    await stranger.open(authorizationRequest(application).path);
    for (const { method, url } of pageRoutes()) {
      const form = { ...stranger.hidden(), state, action: 'default', code: '000000' };
      const answer = await (method === 'POST'
        ? stranger.clone().open(url, { form })
        : stranger.clone().open(`${url}?state=${state}`));
      expect(answer.status, url).toBeGreaterThanOrEqual(400);
      expect(answer.text, url).not.toMatch(telling);
    }
  });

  /** The same questions about one person, by whoever hasn't proved to be that person. */
  async function askApi(
    person: Person,
    headers: Record<string, string>,
    mfaToken: string,
  ): Promise<Answer[]> {
    const [method] = await target.house.engine.methods(person.id);
    const id = method?.id ?? `totp|dev_${'A'.repeat(16)}`;
    const named = { mfa_token: mfaToken, ...application.credentials };
    const grants: Record<string, string>[] = [
      { grant_type: grantTypes.mfaOtp, otp: '000000' },
      { grant_type: grantTypes.mfaOob, oob_code: 'x', binding_code: '000000' },
      { grant_type: grantTypes.mfaRecoveryCode, recovery_code: 'A'.repeat(24) },
    ];
    return [
      await target.send('/mfa/authenticators', { headers }),
      await target.send(`/mfa/authenticators/${encodeURIComponent(id)}`, { method: 'DELETE', headers }),
      await target.send('/mfa/associate', { headers, json: { authenticator_types: ['otp'] } }),
      await target.send('/mfa/associate', {
        headers,
        json: { authenticator_types: ['oob'], oob_channels: ['email'], email: person.email },
      }),
      await target.send('/mfa/challenge', { headers, json: named }),
      await target.send('/mfa/challenge', {
        headers,
        json: { ...named, authenticator_id: id },
      }),
      ...(await Promise.all(
        grants.map((grant) => target.token(application, { ...grant, mfa_token: mfaToken })),
      )),
    ];
  }

  const told = (answers: readonly Answer[]) => answers.map(({ status, text }) => `${status} ${text}`);

  it('at no address of /mfa and in none of its errors, whatever a stranger holds', async () => {
    const machine = await target.token(application, {
      grant_type: grantTypes.clientCredentials,
      audience: apiAudience,
    });
    expect(machine.status).toBe(200);
    for (const held of [undefined, 'nonsense', machine.body.access_token, 'the id'] as const) {
      const asked = async (person: Person) => {
        const token = held === 'the id' ? person.id : held;
        return told(await askApi(person, token === undefined ? {} : bearer(token), token ?? ''));
      };
      const answers = await asked(enrolled);
      for (const answer of answers) expect(answer).not.toMatch(/^2|totp|dev_\w{16}|mfa_requirements/);
      expect(await asked(bare)).toEqual(answers);
    }
  });

  it('by no wrong password', async () => {
    const answers = [];
    for (const person of [enrolled, bare]) {
      answers.push(await target.login(application, person, { password: 'wrong' }));
      const browser = target.browser();
      await browser.open(authorizationRequest(application).path);
      answers.push(await browser.submit({ username: person.email, password: 'wrong' }));
    }
    for (const { status, text } of answers) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(text).not.toMatch(telling);
    }
  });

  it('while after it, the person is told, and of their own only', async () => {
    const { body } = await target.login(application, enrolled);
    expect(body.mfa_requirements).toEqual({ challenge: [{ type: 'otp' }, { type: 'recovery-code' }] });
    const listed = await target.send('/mfa/authenticators', { headers: bearer(body.mfa_token) });
    const [method] = await target.house.engine.methods(enrolled.id);
    expect(listed.body[0]).toEqual({
      id: method?.id,
      authenticator_type: 'otp',
      type: 'otp',
      active: true,
    });
    const other = await target.mfaToken(application, bare);
    const theirs = await target.send('/mfa/authenticators', { headers: bearer(other) });
    expect(theirs.text).not.toContain(method?.id);
  });
});
