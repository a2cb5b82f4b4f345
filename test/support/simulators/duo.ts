import { randomBytes, randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import {
  startVendorServer,
  type VendorAnswer,
  type VendorRequest,
  type VendorServer,
} from './vendorServer.ts';

/** How the next id_token differs from what it should be. */
export interface DuoLie {
  claims?: Record<string, unknown>;
  /** Seconds from now. */
  expiresIn?: number;
  /** Signed by somebody else. */
  isForged?: true;
  alg?: 'HS256' | 'HS384';
  /** Members of the answer around it. */
  answer?: Record<string, unknown>;
}

/** What a person does at the prompt. */
export type DuoChoice = 'approve' | 'deny' | 'cancel';

/** Plays Duo for one application: strict in what it takes, and as false as a test wants in what it says. */
export interface DuoSimulator extends Pick<VendorServer, 'requests' | 'misbehave' | 'close'> {
  /** As in `localhost:40123`. */
  host: string;
  ikey: string;
  skey: string;
  /** What the browser meets next when it is sent there, without a browser: where it is sent back to. */
  choose(url: string, choice?: DuoChoice): Promise<URL>;
  /** What the person saw of who they are, at the last prompt. */
  promptedFor(): string | undefined;
  lie(lie: DuoLie): void;
}

interface Prompt {
  username: string;
  state: string;
  redirectUri: string;
}

interface Grant extends Prompt {
  result: 'allow' | 'deny';
  expiresAt: number;
}

const codeLifetimeMs = 60_000;
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Starts it on a free port, over TLS that this process trusts. */
export async function startDuo(): Promise<DuoSimulator> {
  const ikey = `DI${randomText(18).toUpperCase()}`;
  const skey = randomText(40);
  const key = new TextEncoder().encode(skey);
  const prompts = new Map<string, Prompt>();
  const grants = new Map<string, Grant>();
  const usedIds = new Set<string>();
  let lastName: string | undefined;
  let nextLie: DuoLie | undefined;

  const server = await startVendorServer(async (request) => {
    const { pathname } = request.url;
    if (request.method === 'POST' && pathname === '/oauth/v1/health_check') return health(request);
    if (request.method === 'GET' && pathname === '/oauth/v1/authorize') return authorise(request);
    if (request.method === 'POST' && pathname === '/prompt') return takeChoice(request);
    if (request.method === 'POST' && pathname === '/oauth/v1/token') return exchange(request);
    return json(404, { stat: 'FAIL', code: 40401, message: 'Resource not found' });
  });
  const host = new URL(server.origin).host;

  async function health(request: VendorRequest): Promise<VendorAnswer> {
    const form = formOf(request);
    const fault = await faultOfAssertion(form, '/oauth/v1/health_check');
    return fault ? failed(fault) : json(200, { stat: 'OK', response: { timestamp: seconds() } });
  }

  async function authorise({ url }: VendorRequest): Promise<VendorAnswer> {
    const query = Object.fromEntries(url.searchParams);
    const { payload } = await jwtVerify(query.request ?? '', key, {
      algorithms: ['HS512'],
      issuer: ikey,
      audience: server.origin,
      requiredClaims: ['exp'],
    });
    const { state, duo_uname: username, redirect_uri: redirectUri } = payload as Record<string, string>;
    const isSound =
      query.client_id === ikey &&
      query.response_type === 'code' &&
      query.scope === 'openid' &&
      query.redirect_uri === redirectUri &&
      payload.client_id === ikey &&
      payload.response_type === 'code' &&
      payload.scope === 'openid' &&
      payload.use_duo_code_attribute === true &&
      Number(payload.exp) <= seconds() + 301 &&
      URL.canParse(redirectUri ?? '') &&
      username !== undefined &&
      state !== undefined &&
      state.length >= 22 &&
      state.length <= 1024;
    if (!isSound) return page(400, '<h1>Invalid request</h1>');
    const id = randomUUID();
    prompts.set(id, { username, state, redirectUri: redirectUri ?? '' });
    lastName = username;
    return page(200, promptPage(id, username));
  }

  async function takeChoice(request: VendorRequest): Promise<VendorAnswer> {
    const { id = '', choice } = formOf(request);
    const prompt = prompts.get(id);
    if (!prompt || !prompts.delete(id)) return page(400, '<h1>This prompt is over</h1>');
    const back = new URL(prompt.redirectUri);
    back.searchParams.set('state', prompt.state);
    if (choice === 'cancel') {
      back.searchParams.set('error', 'access_denied');
      back.searchParams.set('error_description', 'The user cancelled');
    } else {
      const code = randomText(32);
      const result = choice === 'approve' ? 'allow' : 'deny';
      grants.set(code, { ...prompt, result, expiresAt: Date.now() + codeLifetimeMs });
      back.searchParams.set('duo_code', code);
    }
    return { status: 303, headers: { location: back.href } };
  }

  async function exchange(request: VendorRequest): Promise<VendorAnswer> {
    const form = formOf(request);
    const fault = await faultOfAssertion(form, '/oauth/v1/token');
    if (fault) return failed(fault);
    if (form.grant_type !== 'authorization_code') return refused('unsupported_grant_type');
    if (form.client_assertion_type !== assertionType) return refused('invalid_request');
    const grant = grants.get(form.code ?? '');
    grants.delete(form.code ?? '');
    if (!grant || grant.expiresAt < Date.now() || grant.redirectUri !== form.redirect_uri)
      return refused('invalid_grant');
    const lie = nextLie;
    nextLie = undefined;
    return json(200, {
      id_token: await idToken(grant, lie),
      access_token: randomText(32),
      expires_in: 3600,
      token_type: 'Bearer',
      ...lie?.answer,
    });
  }

  async function idToken({ username, result }: Grant, lie: DuoLie = {}): Promise<string> {
    const isAllowed = result === 'allow';
    const claims = {
      iss: `${server.origin}/oauth/v1/token`,
      aud: ikey,
      sub: username,
      preferred_username: username,
      iat: seconds(),
      exp: seconds() + (lie.expiresIn ?? 3600),
      auth_time: seconds(),
      auth_result: {
        result,
        status: result,
        status_msg: isAllowed ? 'Login Successful' : 'Login request denied.',
      },
      auth_context: { factor: 'duo_push', result: isAllowed ? 'success' : 'denied', txid: randomUUID() },
      ...lie.claims,
    };
    return new SignJWT(claims)
      .setProtectedHeader({ alg: lie.alg ?? 'HS512', typ: 'JWT' })
      .sign(lie.isForged ? randomBytes(64) : key);
  }

  /** RFC 7523, each assertion once. */
  async function faultOfAssertion(form: Record<string, string>, path: string): Promise<string | undefined> {
    if (form.client_id !== ikey) return 'unknown client';
    try {
      const { payload, protectedHeader } = await jwtVerify(form.client_assertion ?? '', key, {
        algorithms: ['HS512'],
        issuer: ikey,
        subject: ikey,
        audience: `${server.origin}${path}`,
        requiredClaims: ['exp', 'iat', 'jti'],
      });
      const { jti = '', exp = 0, iat = 0 } = payload;
      if (protectedHeader.alg !== 'HS512' || exp > iat + 300) return 'lives too long';
      if (!/^[0-9a-f]{36}$/.test(jti) || usedIds.has(jti)) return 'used before';
      usedIds.add(jti);
      return undefined;
    } catch {
      return 'Failed to verify signature.';
    }
  }

  return {
    host,
    ikey,
    skey,
    requests: server.requests,
    misbehave: server.misbehave,
    close: server.close,
    promptedFor: () => lastName,
    lie: (lie) => {
      nextLie = lie;
    },
    async choose(url, choice = 'approve') {
      const shown = await fetch(url);
      const id = /name="id" value="([^"]+)"/.exec(await shown.text())?.[1];
      if (id === undefined) throw new Error(`Duo shows no prompt: ${url}.`);
      const answered = await fetch(`${server.origin}/prompt`, {
        method: 'POST',
        body: new URLSearchParams({ id, choice }),
        redirect: 'manual',
      });
      return new URL(answered.headers.get('location') ?? '');
    },
  };
}

function promptPage(id: string, username: string): string {
  const button = (choice: DuoChoice, text: string) =>
    `<button name="choice" value="${choice}">${text}</button>`;
  return `<h1>Is it you, ${username}?</h1><form method="post" action="/prompt"><input type="hidden" name="id" value="${id}">${button('approve', 'Approve')} ${button('deny', 'Deny')} ${button('cancel', 'Cancel')}</form>`;
}

function page(status: number, body: string): VendorAnswer {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html><html lang="en"><title>Duo</title><main>${body}</main></html>`,
  };
}

function failed(detail: string): VendorAnswer {
  return json(400, {
    stat: 'FAIL',
    code: 40002,
    message: 'invalid_client',
    message_detail: detail,
    timestamp: seconds(),
  });
}

function refused(error: string): VendorAnswer {
  return json(400, { error, error_description: 'The request was refused.' });
}

function json(status: number, body: object): VendorAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function formOf({ headers, body }: VendorRequest): Record<string, string> {
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  return isForm ? Object.fromEntries(new URLSearchParams(body)) : {};
}

function randomText(length: number): string {
  return randomBytes(length).toString('hex').slice(0, length);
}

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}
