import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { multiFactorAcr } from '../../src/mfa/authenticationContext.ts';
import { codeOf } from '../support/engine.ts';
import type { Answer } from './httpClient.ts';
import { classOf } from './routes.ts';
import {
  type Application,
  authorizationRequest,
  type Person,
  password,
  type Target,
  targetStarter,
} from './target.ts';
import type { WebBrowser } from './webBrowser.ts';

const walks = 60;
const longestWalk = 40;
/** The same walks at every run, so that a failing one can be walked again. */
const seed = 20_260_115;

const start = targetStarter();
let target: Target;
let application: Application;
/** Whose password the attacker knows: one has an authenticator app, the other nothing yet. */
let victims: Person[];
let pages: string[];

beforeAll(async () => {
  target = await start();
  // The walks post wrong codes at will; the lock has tests of its own.
  await target.setTenant({ policy: 'always', secondFactorLock: { failures: 100_000, minutes: [15] } });
  application = await target.application();
  victims = [await target.enrolledPerson(application), await target.enrolledPerson(application)];
  const ofPages = target.routes.filter((route) => route.method === 'POST' && classOf(route) === 'page');
  pages = [...ofPages.map(({ url }) => url), '/u/mfa'];
}, 60_000);

/** One authorization request in the attacker's hands. */
interface Tab {
  state: string;
  csrf: string;
}

/** What an attacker with an account of their own, two browsers and the victims' passwords may do next. */
const step = fc.record({
  act: fc.constantFrom(
    ...([
      'authorize',
      'authorize',
      'password',
      'password',
      'password',
      'own code',
      'own code',
      'get',
      'get',
    ] as const),
    ...([
      'post',
      'post',
      'post',
      'resume',
      'resume',
      'repeat',
      'keep',
      'swap',
      'lend',
      'sign out',
      'honest',
      'honest',
    ] as const),
  ),
  browser: fc.nat(1),
  tab: fc.nat(3),
  otherTab: fc.nat(3),
  page: fc.nat(100),
  person: fc.nat(2),
  choice: fc.nat(100),
});

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

describe('S-36 S-37 S-11 random walks over the whole server', () => {
  it(`never lead to a code or session of somebody whose second factor was not proved, ${walks} walks`, async () => {
    const reached = { sessions: 0, ownCodes: 0, passwords: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: longestWalk }), async (steps) => {
        const walk = new Walk(await target.person());
        for (const one of steps) await walk.take(one);
        expect(await gainedOf(victims), walk.taken.join('\n')).toEqual([]);
        reached.sessions += (await gainedOf([walk.attacker])).length;
        reached.ownCodes += walk.ownCodes;
        reached.passwords += walk.passwords;
        await target.house.database.db.deleteFrom('throttles').execute();
      }),
      { numRuns: walks, seed, endOnFailure: true },
    );
    // The walks went deep: the attacker's own account got in now and then, and victims' passwords were given.
    expect(reached.sessions).toBeGreaterThan(0);
    expect(reached.ownCodes).toBeGreaterThan(10);
    expect(reached.passwords).toBeGreaterThan(50);
  }, 120_000);

  it('and the honest way still works after them', async () => {
    const [victim] = victims as [Person];
    const browser = target.browser();
    await browser.open(authorizationRequest(application).path);
    await browser.submit({ username: victim.email, password });
    const answer = await browser.submit({ code: await target.code(victim) });
    expect(answer.headers.location).toContain('code=');
    expect(await gainedOf([victim])).not.toEqual([]);
  });
});

/** What gets somebody in, as far as it is stored. The enrolment itself yielded a token, which is no part of it. */
async function gainedOf(people: readonly Person[]): Promise<string[]> {
  const { db } = target.house.database;
  const ids = people.map(({ id }) => id);
  const sessions = await db.selectFrom('sessions').select('user_id').where('user_id', 'in', ids).execute();
  const records = await db
    .selectFrom('oidc_records')
    .select(['model', 'account_id', 'payload'])
    .where('account_id', 'in', ids)
    .where('model', 'in', ['AuthorizationCode', 'Session', 'RefreshToken', 'Grant'])
    .execute();
  return [...sessions.map(({ user_id }) => `session of ${user_id}`), ...records.map(({ model }) => model)];
}

class Walk {
  readonly attacker: Person;
  readonly taken: string[] = [];
  readonly #browsers: readonly [WebBrowser, WebBrowser] = [target.browser(), target.browser()];
  readonly #tabs: Tab[] = [];
  #secret = '';
  #codesUsed = 0;
  #last: { path: string; form: Record<string, string> } | undefined;
  ownCodes = 0;
  passwords = 0;

  constructor(attacker: Person) {
    this.attacker = attacker;
  }

  async take(step: Step): Promise<void> {
    const browser = this.#browsers[step.browser] as WebBrowser;
    const answer = await this.#perform(step, browser);
    this.taken.push(
      `${JSON.stringify(step)} → ${answer?.status} ${answer?.headers.location ?? browser.heading}`,
    );
    if (answer) expect(answer.status, this.taken.join('\n')).toBeLessThan(500);
    // Whatever key is shown on the way is the attacker's own: nobody else is at an enrolment.
    this.#note(browser);
  }

  #note(browser: WebBrowser): void {
    const isKey = browser.at.startsWith('/u/mfa-otp-enrollment-code');
    if (isKey && browser.page?.text.includes('data-code="')) this.#secret ||= browser.shownCode;
  }

  async #perform(step: Step, browser: WebBrowser): Promise<Answer | undefined> {
    const tab = this.#tabs[step.tab % Math.max(1, this.#tabs.length)];
    const otherTab = this.#tabs[step.otherTab % Math.max(1, this.#tabs.length)];
    if (step.act === 'authorize' || !tab || !otherTab) return this.#authorize(step, browser);
    const page = pages[step.page % pages.length] as string;
    switch (step.act) {
      case 'password': {
        const person = [...victims, this.attacker][step.person] as Person;
        if (person !== this.attacker) this.passwords += 1;
        return this.#post(browser, '/u/login', {
          ...formOf(tab, otherTab, step),
          username: person.email,
          password,
        });
      }
      case 'own code':
        return this.#ownCode(browser, tab);
      case 'get':
        return browser.open(`${page}?state=${tab.state}`);
      case 'post':
        return this.#post(browser, page, { ...formOf(tab, otherTab, step), ...fieldsOf(step) });
      case 'resume':
        return browser.request(`/authorize/${tab.state}`);
      case 'honest':
        return this.#honest(step, browser);
      case 'repeat':
        return (
          this.#last && browser.follow(await browser.request(this.#last.path, { form: this.#last.form }))
        );
      case 'keep':
        return this.#post(browser, '/u/mfa-recovery-code-enrollment', {
          ...formOf(tab, tab, step),
          saved: 'on',
        });
      case 'swap':
        return this.#swap(browser, tab, otherTab);
      case 'lend':
        return this.#lend(browser);
      case 'sign out':
        return browser.request('/oidc/logout', { headers: { 'sec-fetch-site': 'none' } });
    }
  }

  async #authorize(step: Step, browser: WebBrowser): Promise<Answer> {
    const kinds: Record<string, string>[] = [
      {},
      {},
      { prompt: 'none' },
      { prompt: 'login' },
      { acr_values: multiFactorAcr },
      { max_age: '0' },
      { audience: `${target.issuer}mfa/`, scope: 'openid enroll' },
      { screen_hint: 'signup' },
    ];
    const answer = await browser.open(
      authorizationRequest(application, kinds[step.choice % kinds.length]).path,
    );
    const state = new URL(browser.at, target.issuer).searchParams.get('state');
    const csrf = /name="csrf" value="([^"]*)"/.exec(answer.text)?.[1];
    if (state && csrf) this.#tabs.splice(step.tab, 1, { state, csrf });
    return answer;
  }

  /** The attacker's own sign-in as it is meant, up to where it goes back to the application, or through. */
  async #honest({ tab, choice }: Step, browser: WebBrowser): Promise<Answer> {
    await browser.open(authorizationRequest(application, { prompt: 'login' }).path);
    const state = new URL(browser.at, target.issuer).searchParams.get('state') ?? '';
    const { csrf = '' } = browser.hidden();
    this.#tabs.splice(tab, 1, { state, csrf });
    await browser.submit({ username: this.attacker.email, password });
    const answer = await this.#ownCode(browser, { state, csrf });
    if (browser.page?.text.includes('data-code="') || choice % 2 === 0) return answer;
    return browser.open(`/authorize/${state}`);
  }

  /** Enrols the attacker's own app with what is shown, or answers with its next code. */
  async #ownCode(browser: WebBrowser, tab: Tab): Promise<Answer> {
    if (!this.#secret) {
      await browser.open(`/u/mfa-otp-enrollment-code?state=${tab.state}`);
      this.#note(browser);
    }
    if (!this.#secret) return browser.page as Answer;
    const code = await codeOf(this.#secret, Date.now() + (this.#codesUsed - 1) * 30_000);
    const page = this.#codesUsed === 0 ? '/u/mfa-otp-enrollment-code' : '/u/mfa-otp-challenge';
    this.#codesUsed = (this.#codesUsed + 1) % 3;
    this.ownCodes += 1;
    return this.#post(browser, page, { ...tab, action: 'default', code });
  }

  /** Gives one request the cookie of another. */
  async #swap(browser: WebBrowser, tab: Tab, otherTab: Tab): Promise<undefined> {
    const [name, otherName] = [tab, otherTab].map(({ state }) => `cs_i_${state.slice(0, 16)} /`) as [
      string,
      string,
    ];
    const [one, other] = [browser.cookies.get(name), browser.cookies.get(otherName)];
    if (one && other) {
      browser.cookies.set(name, { ...one, value: other.value });
      browser.cookies.set(`countersign_resume /authorize/${tab.state}`, {
        name: 'countersign_resume',
        value: otherTab.state,
        path: `/authorize/${tab.state}`,
        line: '',
      });
    }
  }

  /** Copies the other browser's session. */
  async #lend(browser: WebBrowser): Promise<undefined> {
    const other = this.#browsers.find((candidate) => candidate !== browser);
    const session = other?.cookies.get('countersign /');
    if (session) browser.cookies.set('countersign /', session);
  }

  async #post(browser: WebBrowser, path: string, form: Record<string, string>): Promise<Answer> {
    this.#last = { path, form };
    return browser.follow(await browser.request(path, { form }));
  }
}

function formOf(tab: Tab, otherTab: Tab, { choice }: Step): Record<string, string> {
  return { state: tab.state, csrf: choice % 5 === 0 ? otherTab.csrf : tab.csrf, action: 'default' };
}

function fieldsOf({ choice, person }: Step): Record<string, string> {
  const actions = [
    'default',
    'pick-authenticator',
    'toggle-view',
    'back-action',
    'otp',
    'recovery-code',
    'accept',
    '',
  ];
  return {
    action: actions[choice % actions.length] as string,
    ...(choice % 3 === 0 ? { code: choice % 2 === 0 ? '000000' : 'A'.repeat(24) } : {}),
    ...(person === 0 ? { saved: 'on', rememberBrowser: 'true' } : {}),
  };
}
