import type { Answer, Call, Send } from './httpClient.ts';

interface Cookie {
  name: string;
  value: string;
  path: string;
  /** As it was set. */
  line: string;
}

/**
 * A person's browser without scripts: keeps cookies with their paths, posts the forms it was shown, and
 * follows redirects only when told to, up to where they leave the server.
 */
export class WebBrowser {
  readonly cookies = new Map<string, Cookie>();
  /** Sent with every request. */
  headers: Record<string, string> = { 'user-agent': 'abuse', 'accept-language': 'en' };
  /** The answer that is shown now. */
  page: Answer | undefined;
  /** Path and query of what is shown now. */
  at = '';
  readonly #send: Send;
  readonly #origin: string;

  constructor(send: Send, issuer: string) {
    this.#send = send;
    this.#origin = new URL(issuer).origin;
  }

  cookieHeader(path = '/'): string {
    const sent = [...this.cookies.values()].filter((cookie) => isBelow(path, cookie.path));
    // The longest path first, as browsers do.
    sent.sort((a, b) => b.path.length - a.path.length);
    return sent.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  async request(path: string, call: Call = {}): Promise<Answer> {
    const cookie = this.cookieHeader(path.split('?', 1)[0]);
    const headers = { ...this.headers, ...(cookie ? { cookie } : {}), ...call.headers };
    const answer = await this.#send(path, { ...call, headers });
    for (const line of answer.headers['set-cookie'] ?? []) this.#keep(line, path);
    if (!answer.headers.location) {
      this.page = answer;
      this.at = path;
    }
    return answer;
  }

  /** Opens an address and follows redirects within the server. */
  async open(path: string, call: Call = {}): Promise<Answer> {
    return this.follow(await this.request(path, call));
  }

  /** Ends at a page, or at the redirect that leaves the server. */
  async follow(first: Answer): Promise<Answer> {
    let answer = first;
    for (let hops = 0; hops < 15; hops += 1) {
      const next = this.internal(answer.headers.location);
      if (next === undefined) return answer;
      answer = await this.request(next);
    }
    throw new Error('Redirected without end.');
  }

  /** Fills in the form with this id on the present page and presses its button; follows. */
  async submit(fields: Record<string, string>, form = 'step', headers: Record<string, string> = {}) {
    const { action, hidden } = formIn(this.page?.text ?? '', form);
    const posted = { ...hidden, ...(form === 'step' ? { action: 'default' } : {}), ...fields };
    return this.follow(
      await this.request(action, { form: posted, headers: { origin: this.#origin, ...headers } }),
    );
  }

  /** The hidden fields of the present page's form. */
  hidden(form = 'step'): Record<string, string> {
    return formIn(this.page?.text ?? '', form).hidden;
  }

  get heading(): string | undefined {
    return /<h1>([^<]*)<\/h1>/.exec(this.page?.text ?? '')?.[1];
  }

  /** The code or key that the page shows for copying. */
  get shownCode(): string {
    const code = /data-code="([^"]+)"/.exec(this.page?.text ?? '')?.[1];
    if (!code) throw new Error(`The page ${this.at} shows no code: ${this.heading}.`);
    return code;
  }

  /** A copy with the same cookies, which then goes its own way. */
  clone(): WebBrowser {
    const copy = new WebBrowser(this.#send, this.#origin);
    for (const [key, cookie] of this.cookies) copy.cookies.set(key, cookie);
    Object.assign(copy, { page: this.page, at: this.at });
    return copy;
  }

  /** Path and query, if the address is the server's own. */
  internal(location: string | undefined): string | undefined {
    if (location === undefined) return undefined;
    const url = new URL(location, `${this.#origin}${this.at || '/'}`);
    return url.origin === this.#origin && url.pathname !== '/callback'
      ? url.pathname + url.search
      : undefined;
  }

  #keep(line: string, requested: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const name = pair.slice(0, pair.indexOf('='));
    const attribute = (wanted: string) =>
      attributes.find((text) => text.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1);
    const path = attribute('path') ?? requested.split('?', 1)[0] ?? '/';
    const expires = attribute('expires');
    if (expires !== undefined && Date.parse(expires) <= Date.now()) this.cookies.delete(`${name} ${path}`);
    else this.cookies.set(`${name} ${path}`, { name, value: pair.slice(name.length + 1), path, line });
  }
}

function isBelow(path: string, cookiePath: string): boolean {
  return cookiePath === '/' || path === cookiePath || path.startsWith(`${cookiePath}/`);
}

function formIn(text: string, id: string): { action: string; hidden: Record<string, string> } {
  const form = new RegExp(`<form[^>]*action="([^"]*)"[^>]*id="${id}"[^>]*>([\\s\\S]*?)</form>`).exec(text);
  if (!form) throw new Error(`The page has no form "${id}": ${text.slice(0, 500)}`);
  const fields = [...(form[2] ?? '').matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  return {
    action: unescapeHtml(form[1] ?? ''),
    hidden: Object.fromEntries(fields.map(([, name, value]) => [name, unescapeHtml(value ?? '')])),
  };
}

function unescapeHtml(text: string): string {
  const entities: Record<string, string> = { quot: '"', '#39': "'", lt: '<', gt: '>', amp: '&' };
  return text.replace(/&(quot|#39|lt|gt|amp);/g, (entity, name: string) => entities[name] ?? entity);
}
