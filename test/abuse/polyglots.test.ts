import { beforeAll, describe, expect, it } from 'vitest';
import { operatorConnection } from '../../src/accounts/operators.ts';
import { codeOf } from '../support/engine.ts';
import type { Answer } from './httpClient.ts';
import {
  apiAudience,
  authorizationRequest,
  connection,
  password,
  type Target,
  targetStarter,
} from './target.ts';
import type { WebBrowser } from './webBrowser.ts';

/** Breaks out of every place where text can stand, if anything does; and templates of several kinds. */
const polyglot = [
  `"'><img src=x onerror=alert(1)>`,
  '--></title></style></textarea></script><svg/onload=alert(1)>',
  `javascript:alert(1)//' onmouseover='alert(1)' style='x:y`,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is meant to look like one
  '{{7*7}}{{ email }}{% raw %}${7*7}<%= 7*7 %>#{7*7}',
  '\u202e\u2028&lt;b&gt;&#60;i&#62;',
].join('');

const start = targetStarter();

/** The same visit to every page that shows somebody's text, with a harmless text and with the hostile one. */
async function tour(target: Target, text: string): Promise<Map<string, string>> {
  const shown = new Map<string, string>();
  const note = (what: string, { text: html, headers }: Answer) => {
    expect(headers['content-type'], what).toMatch(/^text\/html/);
    shown.set(what, html);
  };
  await dress(target, text);
  const application = await target.application({ isFirstParty: false });
  const { database } = target.house;
  await database.db
    .updateTable('clients')
    .set({ name: text })
    .where('client_id', '=', application.client.clientId)
    .execute();
  const person = await target.person();
  const profile = { name: text, nickname: text, givenName: text, familyName: text };
  await database.db
    .updateTable('users')
    .set({ profile: JSON.stringify(profile) })
    .where('id', '=', person.id)
    .execute();

  const browser = target.browser();
  browser.headers['user-agent'] = Buffer.from(text)
    .toString('latin1')
    .replace(/[^\x20-\x7e]/g, '');
  const ask = (more: Record<string, string> = {}) =>
    browser.open(authorizationRequest(application, { login_hint: text, ui_locales: text, ...more }).path);
  note('sign-in', await ask());
  note('sign-in with a wrong name', await browser.submit({ username: text, password: text }));
  note('sign-up', await browser.open(browser.at.replace('/u/login', '/u/signup')));
  note('sign-up with a wrong address', await browser.submit({ email: text, password: text }));
  await ask();
  note('reset', await browser.open(browser.at.replace('/u/login', '/u/reset-password/request')));
  note('reset with a wrong address', await browser.submit({ email: text }));
  await target.setTenant({ policy: 'always' });
  await ask({ scope: 'openid profile read:account', audience: apiAudience });
  note('enrolment', await browser.submit({ username: person.email, password }));
  note('key', await browser.open(browser.at.replace('enrollment-qr', 'enrollment-code')));
  const secret = browser.shownCode;
  note('a wrong code', await browser.submit({ code: text }));
  note('recovery code', await browser.submit({ code: await codeOf(secret, Date.now() - 30_000) }));
  note('consent', await browser.submit({ saved: 'on' }));
  await browser.submit({ action: 'accept' });
  note(
    'sign-out',
    await browser.open(
      `/oidc/logout?client_id=${application.client.clientId}&state=${encodeURIComponent(text)}`,
    ),
  );
  for (const parameter of [
    'client_id',
    'redirect_uri',
    'response_type',
    'scope',
    'state',
    'audience',
    'prompt',
  ]) {
    const broken = authorizationRequest(application, {
      redirect_uri: 'https://nowhere.example.com/',
      [parameter]: text,
    });
    note(`an error with ${parameter}`, await target.send(broken.path));
  }
  note('an unknown page', await target.send(`/u/${encodeURIComponent(text)}`.slice(0, 900)));
  note('an unknown ticket', await target.send(`/u/email-verification?ticket=${encodeURIComponent(text)}`));

  const signUp = {
    client_id: application.client.clientId,
    connection,
    email: 'newcomer@example.com',
    password,
  };
  await target.send('/dbconnections/signup', {
    json: {
      ...signUp,
      name: text.slice(0, 300),
      nickname: text.slice(0, 300),
      user_metadata: { a: text.slice(0, 500) },
    },
  });
  const { body: messages } = await target.send('/dev/outbox.json');
  for (const { id, to, template, html } of messages) {
    shown.set(`message ${template} to ${to}`, html);
    note(`outbox ${template} to ${to}`, await target.send(`/dev/outbox/${id}`));
  }
  note('outbox', await target.send('/dev/outbox'));
  await console(target, note);
  return shown;
}

/** The tenant's and the API's own texts. */
async function dress(target: Target, text: string): Promise<void> {
  await target.setTenant({ friendlyName: text });
  await target.api({ name: 'API', scopes: [{ value: 'read:account', description: text }], stepUpScopes: [] });
}

/** The operator console, signed in: it shows what everybody else typed. */
async function console(target: Target, note: (what: string, answer: Answer) => void): Promise<void> {
  const { email } = await target.person('operator@example.com', operatorConnection);
  const browser = target.browser();
  await browser.open('/operator');
  await browser.submit({ username: email, password });
  await browser.open(browser.at.replace('enrollment-qr', 'enrollment-code'));
  await browser.submit({ code: await codeOf(browser.shownCode, Date.now() - 30_000) });
  note('console', await browser.submit({ saved: 'on' }));
  expect(browser.at).toBe('/operator');
  for (const path of ['users', 'logs', 'applications', 'multi-factor'])
    note(path, await browser.open(`/operator/${path}`));
  for (const [section, pattern] of [
    ['users', /href="(\/operator\/users\/[^"?/]+)"/g],
    ['applications', /href="(\/operator\/applications\/[^"?/]+)"/g],
    ['logs', /href="(\/operator\/logs\/[^"?/]+)"/g],
  ] as const) {
    const { text } = await browser.open(`/operator/${section}`);
    for (const [i, [, path = '']] of [...text.matchAll(pattern)].entries())
      note(`${section} ${i}`, await visit(browser, path));
  }
}

const visit = (browser: WebBrowser, path: string) => browser.open(path.replaceAll('&amp;', '&'));

/** Every tag with the names of its attributes, in order: what text must not be able to change. */
function structureOf(html: string): string[] {
  const tags = html.matchAll(
    /<(\/?[a-z!][^\s/>]*)((?:\s+[^\s=/>]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?|\s|\/)*)>/gi,
  );
  return [...tags].map(([, name = '', attributes = '']) => {
    const names = [...attributes.matchAll(/([^\s=/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?/g)].map(
      ([, attribute]) => attribute,
    );
    return [name, ...names].join(' ');
  });
}

describe('S-88 text that others wrote, whatever it holds', () => {
  let harmless: Map<string, string>;
  let hostile: Map<string, string>;

  beforeAll(async () => {
    const [one, other] = await Promise.all([start(), start()]);
    [harmless, hostile] = await Promise.all([tour(one, 'A harmless text'), tour(other, polyglot)]);
  }, 60_000);

  it('is shown on many pages', () => {
    expect(hostile.size).toBeGreaterThan(40);
    expect([...hostile.keys()]).toEqual([...harmless.keys()]);
    const showing = [...hostile.values()].filter((html) =>
      html.includes('&lt;img src=x onerror=alert(1)&gt;'),
    );
    expect(showing.length).toBeGreaterThan(25);
  });

  it('changes no page’s structure: the same elements with the same attributes as with a harmless one', () => {
    for (const [what, html] of hostile) {
      // The code to scan differs from person to person.
      const drawn = (page: string) =>
        structureOf(page.replace(/<svg class="qr(?: is-dense)?"[\s\S]*?<\/svg>/g, ''));
      expect(drawn(html), what).toEqual(drawn(harmless.get(what) ?? ''));
    }
  });

  it('is computed by no template', () => {
    for (const [what, html] of hostile) {
      if (html.includes('7*7')) expect(html.includes('{{7*7}}'), what).toBe(true);
      expect(/[^\d]49[^\d]*alert/.test(html), what).toBe(false);
    }
  });

  it('begins no script, style, event handler or script address', () => {
    for (const [what, html] of hostile) {
      for (const tag of structureOf(html))
        expect(
          tag
            .split(' ')
            .slice(1)
            .filter((name) => /^on/i.test(name)),
          `${what}: ${tag}`,
        ).toEqual([]);
      expect(html, what).not.toMatch(
        /(?:href|src|action|url)\s*=\s*["']?\s*(?:javascript|data:text|vbscript)/i,
      );
    }
  });
});
