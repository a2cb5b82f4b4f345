import type { App } from '../../src/http/createApp.ts';

/** An answer as a person's browser sees it. */
export interface PageAnswer {
  status: number;
  headers: Readonly<Record<string, unknown>>;
  body: string;
  /** Path and query of a redirect. */
  location: string | undefined;
  /** Text of the first heading. */
  heading: string | undefined;
}

/**
 * A browser without scripts, over injected requests: keeps cookies and posts the forms it was shown,
 * with their hidden fields.
 */
export class FormBrowser {
  readonly cookies = new Map<string, string>();
  readonly #app: App;
  /** Sent with every request; `undefined` takes one away. */
  headers: Record<string, string> = { 'user-agent': 'test', 'accept-language': 'en' };
  page: PageAnswer | undefined;
  /** What it says when a page asks what it can do: nothing, as without scripts. */
  abilities: Readonly<Record<string, string>> = {};

  constructor(app: App, cookie?: { name: string; value: string }) {
    this.#app = app;
    if (cookie) this.cookies.set(cookie.name, cookie.value);
  }

  async get(path: string): Promise<PageAnswer> {
    return this.#send('GET', path);
  }

  /** Fills in the form with id `form` on the present page and presses its button. */
  async submit(fields: Record<string, string>, form = 'step'): Promise<PageAnswer> {
    const { action, hidden } = formIn(this.page?.body ?? '', form);
    return this.post(action, { ...hidden, ...(form === 'step' ? { action: 'default' } : {}), ...fields });
  }

  async post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
    return this.#send('POST', path, new URLSearchParams(fields).toString(), headers);
  }

  /** Follows redirects, also past the page that asks what the browser can do, until a page comes; gives that. */
  async follow(answer: PageAnswer): Promise<PageAnswer> {
    let current = answer;
    for (let hops = 0; hops < 10; hops += 1) {
      if (current.location !== undefined) current = await this.get(current.location);
      else if (isAsking(current)) current = await this.submit(this.abilities);
      else break;
    }
    return current;
  }

  async #send(method: 'GET' | 'POST', url: string, payload?: string, more: Record<string, string> = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await this.#app.inject({
      method,
      url,
      headers: {
        ...this.headers,
        ...(cookie ? { cookie } : {}),
        ...(payload === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        ...more,
      },
      ...(payload === undefined ? {} : { payload }),
    });
    for (const { name, value } of response.cookies) this.cookies.set(name, value);
    const location = response.headers.location;
    const answer: PageAnswer = {
      status: response.statusCode,
      headers: response.headers,
      body: response.body,
      location: typeof location === 'string' ? pathOf(location) : undefined,
      heading: /<h1>([^<]*)<\/h1>/.exec(response.body)?.[1],
    };
    if (answer.location === undefined) this.page = answer;
    return answer;
  }
}

function isAsking({ body }: PageAnswer): boolean {
  return body.includes('action="/u/mfa-detect-browser-capabilities');
}

function formIn(body: string, id: string): { action: string; hidden: Record<string, string> } {
  const form = new RegExp(`<form[^>]*action="([^"]*)"[^>]*id="${id}"[^>]*>([\\s\\S]*?)</form>`).exec(body);
  if (!form) throw new Error(`The page has no form "${id}".`);
  const hidden = [...(form[2] ?? '').matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
  return {
    action: (form[1] ?? '').replaceAll('&amp;', '&'),
    hidden: Object.fromEntries(hidden.map(([, name, value]) => [name, value])),
  };
}

function pathOf(location: string): string {
  if (location.startsWith('/')) return location;
  const { pathname, search } = new URL(location);
  return pathname + search;
}
