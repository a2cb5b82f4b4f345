import { Agent, type IncomingMessage, request } from 'node:http';
import { audience, callback, password } from './prepare.ts';

/** A sign-in at the pages, from the application's redirect to the code that comes back. */
export interface PageLogin {
  clientId: string;
  email: string;
  code: () => Promise<string>;
}

/** Pages shown in one sign-in: password, one-time password. */
export const pagesPerLogin = 2;

/** Walks through sign-ins as a browser without scripts does. @throws when one ends without a code. */
export function pageWalker(port: number, connections: number): (login: PageLogin) => Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return async ({ clientId, email, code }) => {
    const browser = new BareBrowser(agent, port);
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: callback,
      scope: 'openid',
      audience,
      state: 'benchmark',
    });
    await browser.get(`/authorize?${query}`);
    await browser.submit({ username: email, password });
    await browser.submit({ code: await code() });
    if (!browser.location?.startsWith(`${callback}?code=`)) {
      throw new Error(`The sign-in ended at ${browser.location ?? browser.body.slice(0, 200)}.`);
    }
  };
}

class BareBrowser {
  body = '';
  location: string | undefined;
  readonly #cookies = new Map<string, string>();
  readonly #agent: Agent;
  readonly #port: number;

  constructor(agent: Agent, port: number) {
    this.#agent = agent;
    this.#port = port;
  }

  async get(path: string): Promise<void> {
    await this.#send('GET', path);
    await this.#follow();
  }

  /** Fills in the page's form and follows where it leads. */
  async submit(fields: Record<string, string>): Promise<void> {
    const form = /<form[^>]*action="([^"]*)"[^>]*id="step"[^>]*>([\s\S]*?)<\/form>/.exec(this.body);
    if (!form) throw new Error(`The page has no form: ${this.body.slice(0, 200)}`);
    const hidden = [...(form[2] ?? '').matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
    const filled = {
      ...Object.fromEntries(hidden.map(([, name, value]) => [name, value])),
      action: 'default',
      ...fields,
    };
    await this.#send(
      'POST',
      (form[1] ?? '').replaceAll('&amp;', '&'),
      new URLSearchParams(filled).toString(),
    );
    await this.#follow();
  }

  async #follow(): Promise<void> {
    const own = `http://localhost:${this.#port}`;
    while (this.location?.startsWith('/') || this.location?.startsWith(own)) {
      await this.#send('GET', this.location.replace(own, ''));
    }
  }

  async #send(method: 'GET' | 'POST', path: string, body?: string): Promise<void> {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = {
        host: `localhost:${this.#port}`,
        origin: `http://localhost:${this.#port}`,
        'user-agent': 'benchmark',
        'accept-language': 'en',
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body === undefined
          ? {}
          : {
              'content-type': 'application/x-www-form-urlencoded',
              'content-length': Buffer.byteLength(body),
            }),
      };
      request({ agent: this.#agent, host: '127.0.0.1', port: this.#port, path, method, headers }, resolve)
        .on('error', reject)
        .end(body);
    });
    this.body = '';
    for await (const chunk of answer.setEncoding('utf8')) this.body += chunk;
    for (const cookie of answer.headers['set-cookie'] ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) as unknown as [string, string, string];
      this.#cookies.set(name, value);
    }
    this.location = answer.headers.location;
  }
}
