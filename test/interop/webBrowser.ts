import type { Visitor } from './hostedPages.ts';

/**
 * A person's browser without scripts, over real connections: keeps cookies as their attributes say, follows
 * redirects within the server, and posts the forms it was shown with their hidden fields.
 */
export class WebBrowser implements Visitor {
  readonly #origin: string;
  readonly #cookies = new Map<string, string>();
  #url: URL;
  #status = 0;
  #body = '';

  constructor(issuer: string) {
    this.#url = new URL(issuer);
    this.#origin = this.#url.origin;
  }

  /** The page that is shown, or the address outside the server where the last redirect led. */
  get url(): URL {
    return this.#url;
  }

  get status(): number {
    return this.#status;
  }

  get body(): string {
    return this.#body;
  }

  get screen(): string | undefined {
    const { origin, pathname } = this.#url;
    return origin === this.#origin ? /^\/u\/(.+)$/.exec(pathname)?.[1] : undefined;
  }

  /** Opens an address; ends at a page, or outside. */
  async open(address: string | URL, headers: Record<string, string> = {}): Promise<void> {
    await this.#follow(new URL(address, this.#url), { headers });
  }

  submit(fields: Record<string, string>): Promise<void> {
    return this.#post('step', { action: 'default', ...fields });
  }

  press(action: string): Promise<void> {
    return this.#post('aside', { action });
  }

  async shownCode(): Promise<string> {
    const code = /data-code="([^"]+)"/.exec(this.#body)?.[1];
    if (!code) throw new Error(`The page ${this.#url.pathname} shows no code.`);
    return code;
  }

  async #post(form: string, fields: Record<string, string>): Promise<void> {
    const { action, hidden } = formIn(this.#body, form);
    await this.#follow(new URL(action, this.#url), {
      method: 'POST',
      body: new URLSearchParams({ ...hidden, ...fields }),
      headers: { origin: this.#origin },
    });
  }

  async #follow(address: URL, first: RequestInit): Promise<void> {
    let response = await this.#send(address, first);
    this.#url = address;
    for (let hops = 0; hops < 15; hops += 1) {
      const location = response.headers.get('location');
      this.#status = response.status;
      this.#body = await response.text();
      if (location === null) return;
      this.#url = new URL(location, this.#url);
      if (this.#url.origin !== this.#origin) return;
      response = await this.#send(this.#url, {});
    }
    throw new Error(`Redirected without end, last to ${this.#url.pathname}.`);
  }

  async #send(url: URL, { headers, ...init }: RequestInit): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: {
        'user-agent': 'interop',
        'accept-language': 'en',
        ...(cookie ? { cookie } : {}),
        ...(headers as Record<string, string> | undefined),
      },
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const name = pair.slice(0, pair.indexOf('='));
    const expires = attributes.find((attribute) => /^expires=/i.test(attribute))?.slice('expires='.length);
    if (expires !== undefined && Date.parse(expires) <= Date.now()) this.#cookies.delete(name);
    else this.#cookies.set(name, pair.slice(name.length + 1));
  }
}

function formIn(body: string, id: string): { action: string; hidden: Record<string, string> } {
  const form = new RegExp(`<form[^>]*action="([^"]*)"[^>]*id="${id}"[^>]*>([\\s\\S]*?)</form>`).exec(body);
  if (!form) throw new Error(`The page has no form "${id}": ${body.slice(0, 500)}`);
  return { action: unescapeHtml(form[1] ?? ''), hidden: hiddenFields(form[2] ?? '') };
}

/** The hidden fields in a piece of HTML. */
export function hiddenFields(markup: string): Record<string, string> {
  const inputs = [...markup.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  return Object.fromEntries(inputs.map(([, name, value]) => [name, unescapeHtml(value ?? '')]));
}

function unescapeHtml(text: string): string {
  const entities: Record<string, string> = { '&quot;': '"', '&#39;': "'", '&lt;': '<', '&gt;': '>' };
  return text
    .replace(/&(?:quot|#39|lt|gt);/g, (entity) => entities[entity] ?? entity)
    .replaceAll('&amp;', '&');
}
