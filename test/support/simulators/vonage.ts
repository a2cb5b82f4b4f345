import { createHash, createHmac, generateKeyPairSync, randomUUID, verify } from 'node:crypto';
import { simulatorId } from './simulatorIds.ts';
import type { VendorReceipt } from './vendorReceipt.ts';
import {
  startVendorServer,
  type VendorAnswer,
  type VendorRequest,
  type VendorServer,
} from './vendorServer.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const account = {
  apiKey: 'abcd1234',
  apiSecret: 'abcdefCanary1234',
  signatureSecret: 'vonage-signature-secret-canary-0123456789',
  applicationId: 'aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab',
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  from: '14155550100',
} as const;

/** A call as it was asked for. */
export interface VonageCall {
  uuid: string;
  request: { ncco: { action: string; text?: string; language?: string; timeout?: number }[] } & Record<
    string,
    unknown
  >;
}

/** A text that was taken, by Vonage's field names. */
export interface VonageText {
  id: string;
  fields: Record<string, string>;
}

/** Plays Vonage's SMS and Voice APIs for one account and application. */
export interface VonageSimulator extends VendorServer {
  account: typeof account;
  texts: VonageText[];
  calls: VonageCall[];
  /** What the next texts are refused with: the SMS API answers 200 all the same. */
  refuseTexts(status: string | undefined): void;
  /** A delivery receipt of a text, signed with HMAC-SHA-256, in the form that an account chose. */
  textReceipt(
    id: string,
    status: string,
    options?: { form?: 'query' | 'form' | 'json'; more?: Record<string, string>; at?: number },
  ): VendorReceipt;
  /** An event of a call, with a signed token. */
  callEvent(uuid: string, status: string, options?: { more?: object; at?: number }): VendorReceipt;
}

/** Starts it on a free port. */
export async function startVonage({
  isSecure = true,
  clock = Date.now,
}: {
  isSecure?: boolean;
  clock?: () => number;
} = {}): Promise<VonageSimulator> {
  const texts: VonageText[] = [];
  const calls: VonageCall[] = [];
  const usedTokens = new Set<string>();
  let refusing: string | undefined;

  function takeText(request: VendorRequest): VendorAnswer {
    const fields = Object.fromEntries(new URLSearchParams(request.body));
    const status = refusing ?? statusOf(fields);
    if (status !== '0') return textAnswer([{ status, 'error-text': 'canary +49 …' }]);
    const id = simulatorId('', 8).toUpperCase();
    texts.push({ id, fields });
    return textAnswer([
      {
        to: fields.to ?? '',
        'message-id': id,
        status,
        'remaining-balance': '3.14159265',
        'message-price': '0.03330000',
        network: '12345',
      },
    ]);
  }

  function takeCall(request: VendorRequest): VendorAnswer {
    const token = readToken(request.headers.authorization, clock());
    if (!token || usedTokens.has(token)) return problem(401, 'Unauthorized');
    usedTokens.add(token);
    const asked = JSON.parse(request.body) as VonageCall['request'];
    if (request.headers['content-type'] !== 'application/json') return problem(415, 'Unsupported media type');
    if (!isCall(asked)) return problem(400, 'Bad Request');
    const uuid = randomUUID();
    calls.push({ uuid, request: asked });
    const conversation_uuid = `CON-${randomUUID()}`;
    return json(201, { uuid, status: 'started', direction: 'outbound', conversation_uuid });
  }

  const server = await startVendorServer(
    (request) => {
      const { pathname } = request.url;
      if (request.method === 'POST' && pathname === '/sms/json') return takeText(request);
      if (request.method === 'POST' && pathname === '/v1/calls') return takeCall(request);
      return problem(404, 'Not Found');
    },
    { isSecure },
  );

  return {
    ...server,
    account,
    texts,
    calls,
    refuseTexts(status) {
      refusing = status;
    },
    textReceipt(id, status, { form = 'query', more = {}, at = clock() } = {}) {
      const text = texts.find((one) => one.id === id);
      const url = text?.fields.callback;
      if (!text || url === undefined) throw new Error(`Nothing was taken under ${id}, or without callback.`);
      const fields = {
        msisdn: text.fields.to ?? '',
        to: text.fields.from ?? '',
        'network-code': '12345',
        messageId: id,
        price: '0.03330000',
        status,
        scts: '2001011400',
        'err-code': status === 'delivered' ? '0' : '1',
        'api-key': account.apiKey,
        'client-ref': text.fields['client-ref'] ?? '',
        'message-timestamp': new Date(at).toISOString().replace('T', ' ').slice(0, 19),
        timestamp: String(Math.floor(at / 1000)),
        nonce: randomUUID(),
        ...more,
      };
      return inForm(url, { ...fields, sig: signatureOf(fields) }, form);
    },
    callEvent(uuid, status, { more = {}, at = clock() } = {}) {
      const call = calls.find((one) => one.uuid === uuid);
      const [url] = (call?.request.event_url as string[] | undefined) ?? [];
      if (url === undefined) throw new Error(`No call was taken under ${uuid}, or without event URL.`);
      const event = { from: account.from, to: '4915123456789', uuid, status, direction: 'outbound', ...more };
      const body = Buffer.from(JSON.stringify({ ...event, timestamp: new Date(at).toISOString() }));
      return {
        method: 'POST',
        url,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${signedToken(body, at)}` },
        body,
      };
    },
  };
}

const textFields = ['api_key', 'api_secret', 'from', 'to', 'text', 'type', 'client-ref', 'callback', 'ttl'];

function statusOf(fields: Record<string, string>): string {
  const { api_key, api_secret, from, to = '', text = '', type = 'text', callback } = fields;
  if ([api_key, api_secret, from].includes(undefined) || to === '' || text === '') return '2';
  if (api_key !== account.apiKey || api_secret !== account.apiSecret) return '4';
  if (!Object.keys(fields).every((name) => textFields.includes(name))) return '3';
  if (!/^\d{7,15}$/.test(to) || !['text', 'unicode'].includes(type)) return '3';
  if ((fields['client-ref'] ?? '').length > 40) return '3';
  if (from !== account.from) return '15';
  // Sent as plain text, what GSM-7 lacks would arrive as question marks.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII is meant
  if (type === 'text' && /[^\x00-\x7f€äöüÄÖÜßñÑéèàùìò]/.test(text)) return '3';
  return callback === undefined || URL.canParse(callback) ? '0' : '23';
}

function textAnswer(messages: Record<string, string>[]): VendorAnswer {
  return json(200, { 'message-count': String(messages.length), messages });
}

function json(status: number, body: unknown): VendorAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function problem(status: number, title: string): VendorAnswer {
  return json(status, {
    type: 'https://developer.nexmo.com/api-errors',
    title,
    detail: 'canary',
    instance: 'x',
  });
}

/** The token's id when its signature and claims are good. */
function readToken(header: string | undefined, now: number): string | undefined {
  const [, head = '', claims = '', signature = ''] =
    /^Bearer ([^.]+)\.([^.]+)\.([^.]+)$/.exec(header ?? '') ?? [];
  const isSigned = verify(
    'RSA-SHA256',
    Buffer.from(`${head}.${claims}`),
    publicKey,
    Buffer.from(signature, 'base64url'),
  );
  if (!isSigned) return undefined;
  const { alg } = JSON.parse(Buffer.from(head, 'base64url').toString());
  const { application_id, iat, exp, jti } = JSON.parse(Buffer.from(claims, 'base64url').toString());
  const seconds = now / 1000;
  const isFresh = iat <= seconds + 60 && exp > seconds && exp - iat <= 24 * 3600;
  return alg === 'RS256' && application_id === account.applicationId && isFresh ? jti : undefined;
}

function isCall(asked: VonageCall['request']): boolean {
  const known = ['to', 'from', 'ncco', 'event_url', 'event_method', 'length_timer', 'ringing_timer'];
  const { to, from, ncco, event_url, event_method } = asked as Record<string, unknown> &
    VonageCall['request'];
  const isPhone = (value: unknown) => {
    const { type, number } = value as Record<string, unknown>;
    return type === 'phone' && /^\d{7,15}$/.test(String(number));
  };
  return (
    Object.keys(asked).every((name) => known.includes(name)) &&
    Array.isArray(to) &&
    to.length === 1 &&
    isPhone(to[0]) &&
    isPhone(from) &&
    (from as { number: string }).number === account.from &&
    (event_url === undefined || (Array.isArray(event_url) && URL.canParse(event_url[0]))) &&
    (event_method === undefined || event_method === 'POST' || event_method === 'GET') &&
    ncco.length > 0 &&
    ncco.every(isAction)
  );
}

function isAction({
  action,
  text,
  language,
  timeout,
  ...rest
}: VonageCall['request']['ncco'][number]): boolean {
  if (Object.keys(rest).length > 0) return false;
  if (action === 'wait') return timeout !== undefined && timeout >= 0.1 && timeout <= 7200;
  const isText = typeof text === 'string' && text.length > 0 && text.length <= 1500 && !text.includes('<');
  return action === 'talk' && isText && /^[a-z]{2,3}(-[A-Z]{2})?$/.test(language ?? '');
}

function signatureOf(fields: Record<string, string>): string {
  const hmac = createHmac('sha256', account.signatureSecret);
  for (const [name, value] of Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))) {
    hmac.update(`&${name}=${value.replaceAll('&', '_').replaceAll('=', '_')}`);
  }
  return hmac.digest('hex').toUpperCase();
}

function inForm(url: string, fields: Record<string, string>, form: 'query' | 'form' | 'json'): VendorReceipt {
  const encoded = new URLSearchParams(fields).toString();
  if (form === 'query') {
    return { method: 'GET', url: `${url}?${encoded}`, headers: {}, body: Buffer.alloc(0) };
  }
  const isJson = form === 'json';
  return {
    method: 'POST',
    url,
    headers: { 'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded' },
    body: Buffer.from(isJson ? JSON.stringify(fields) : encoded),
  };
}

function signedToken(body: Buffer, at: number): string {
  const claims = {
    iat: Math.floor(at / 1000),
    jti: randomUUID(),
    iss: 'Vonage',
    payload_hash: createHash('sha256').update(body).digest('hex'),
    api_key: account.apiKey,
    application_id: account.applicationId,
  };
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', account.signatureSecret).update(signed).digest('base64url')}`;
}
