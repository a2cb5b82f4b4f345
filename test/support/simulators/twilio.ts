import { createHmac } from 'node:crypto';
import { simulatorId } from './simulatorIds.ts';
import type { VendorReceipt } from './vendorReceipt.ts';
import {
  startVendorServer,
  type VendorAnswer,
  type VendorRequest,
  type VendorServer,
} from './vendorServer.ts';

const account = {
  sid: 'AC0123456789abcdef0123456789abcdef',
  authToken: 'twilio-auth-token-canary',
  apiKeySid: 'SK0123456789abcdef0123456789abcdef',
  apiKeySecret: 'twilio-key-secret-canary',
  /** The numbers of Twilio's own test credentials: this one may send. */
  from: '+15005550006',
  messagingServiceSid: 'MG0123456789abcdef0123456789abcdef',
} as const;

/** What the numbers of Twilio's test credentials are refused with, as texts and as calls. */
const refusedNumbers: Readonly<Record<string, { text: number; call: number }>> = {
  '+15005550001': { text: 21211, call: 21217 },
  '+15005550002': { text: 21612, call: 21214 },
  '+15005550003': { text: 21408, call: 21215 },
  '+15005550004': { text: 21610, call: 21216 },
  '+15005550009': { text: 21614, call: 21217 },
};

const fieldsOf = {
  Messages: ['To', 'From', 'MessagingServiceSid', 'Body', 'StatusCallback', 'ValidityPeriod', 'SmartEncoded'],
  Calls: ['To', 'From', 'Twiml', 'StatusCallback', 'StatusCallbackEvent', 'StatusCallbackMethod', 'Timeout'],
} as const;
type Resource = keyof typeof fieldsOf;

/** A message or call that was taken, by Twilio's field names. */
export interface TwilioResource {
  sid: string;
  fields: Record<string, string>;
}

/** Plays Twilio's Messages and Calls resources for one account. */
export interface TwilioSimulator extends VendorServer {
  account: typeof account;
  messages: TwilioResource[];
  calls: TwilioResource[];
  /** A status callback for what was taken, signed by the auth token. */
  receipt(sid: string, status: string, more?: Record<string, string>): VendorReceipt;
}

/** Starts it on a free port. */
export async function startTwilio(options: { isSecure?: boolean } = {}): Promise<TwilioSimulator> {
  const taken: Record<Resource, TwilioResource[]> = { Messages: [], Calls: [] };
  const server = await startVendorServer((request) => answerTo(request, taken), options);
  return {
    ...server,
    account,
    messages: taken.Messages,
    calls: taken.Calls,
    receipt: (sid, status, more) => receiptFor(taken, sid, status, more),
  };
}

function answerTo(request: VendorRequest, taken: Record<Resource, TwilioResource[]>): VendorAnswer {
  const [, resource] =
    new RegExp(`^/2010-04-01/Accounts/${account.sid}/(Messages|Calls)\\.json$`).exec(request.url.pathname) ??
    [];
  if (!isSignedIn(request)) return refusal(401, 20003);
  if (resource === undefined || request.method !== 'POST') return refusal(404, 20404);
  if (request.headers['content-type'] !== 'application/x-www-form-urlencoded') return refusal(400, 20001);
  const fields = Object.fromEntries(new URLSearchParams(request.body));
  const code = resource === 'Messages' ? faultOfMessage(fields) : faultOfCall(fields);
  if (code !== undefined) return refusal(400, code);
  const known: readonly string[] = fieldsOf[resource as Resource];
  if (!Object.keys(fields).every((name) => known.includes(name))) return refusal(400, 20001);
  const sid = simulatorId(resource === 'Messages' ? 'SM' : 'CA');
  taken[resource as Resource].push({ sid, fields });
  const body = {
    sid,
    account_sid: account.sid,
    status: 'queued',
    price: null,
    price_unit: 'USD',
    error_code: null,
  };
  return { status: 201, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function isSignedIn({ headers }: VendorRequest): boolean {
  const [scheme, encoded = ''] = (headers.authorization ?? '').split(' ');
  const pair = Buffer.from(encoded, 'base64').toString();
  const known = [`${account.sid}:${account.authToken}`, `${account.apiKeySid}:${account.apiKeySecret}`];
  return scheme === 'Basic' && known.includes(pair);
}

function faultOfMessage(fields: Record<string, string>): number | undefined {
  const { To = '', From, MessagingServiceSid, Body = '', StatusCallback } = fields;
  if (!/^\+[1-9]\d{6,14}$/.test(To)) return 21211;
  if (From === undefined && MessagingServiceSid === undefined) return 21603;
  if (From !== undefined && From !== account.from) return 21606;
  if (MessagingServiceSid !== undefined && MessagingServiceSid !== account.messagingServiceSid) return 21705;
  if (Body === '') return 21602;
  if (Body.length > 1600) return 21617;
  if (StatusCallback !== undefined && !URL.canParse(StatusCallback)) return 21609;
  return refusedNumbers[To]?.text;
}

function faultOfCall(fields: Record<string, string>): number | undefined {
  const { To = '', From, Twiml = '' } = fields;
  if (!/^\+[1-9]\d{6,14}$/.test(To)) return 21217;
  if (From === undefined) return 21213;
  if (From !== account.from) return 21210;
  if (Twiml.length > 4000 || spokenIn(Twiml) === undefined) return 12100;
  return refusedNumbers[To]?.call;
}

/** What a document of Say and Pause says, as `language: text` and `pause N`; undefined when it is anything else. */
export function spokenIn(twiml: string): string[] | undefined {
  const inner = /^<\?xml version="1\.0" encoding="UTF-8"\?><Response>(.*)<\/Response>$/s.exec(twiml)?.[1];
  if (inner === undefined) return undefined;
  const verb = /<Say language="([\w-]+)">([^<>]*)<\/Say>|<Pause length="(\d+)"\/>/g;
  if (inner.replace(verb, '') !== '' || /&(?!amp;|lt;|gt;|quot;|apos;)/.test(inner)) return undefined;
  return [...inner.matchAll(verb)].map(([, language, text, seconds]) =>
    seconds === undefined ? `${language}: ${unescapeXml(text ?? '')}` : `pause ${seconds}`,
  );
}

function unescapeXml(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function refusal(status: number, code: number): VendorAnswer {
  const more_info = `https://www.twilio.com/docs/errors/${code}`;
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, message: 'canary: the number +15005550001 …', more_info, status }),
  };
}

function receiptFor(
  taken: Record<Resource, TwilioResource[]>,
  sid: string,
  status: string,
  more: Record<string, string> = {},
): VendorReceipt {
  const isCall = sid.startsWith('CA');
  const resource = taken[isCall ? 'Calls' : 'Messages'].find((one) => one.sid === sid);
  const url = resource?.fields.StatusCallback;
  if (!resource || url === undefined) throw new Error(`Nothing was taken under ${sid}, or without callback.`);
  const named: Record<string, string> = isCall
    ? { CallSid: sid, CallStatus: status, Direction: 'outbound-api', CallDuration: '12' }
    : { MessageSid: sid, SmsSid: sid, MessageStatus: status, SmsStatus: status };
  const { To = '', From = '' } = resource.fields;
  const fields = { AccountSid: account.sid, ApiVersion: '2010-04-01', To, From, ...named, ...more };
  return {
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signatureOf(url, fields),
    },
    body: Buffer.from(new URLSearchParams(fields).toString()),
  };
}

function signatureOf(url: string, fields: Record<string, string>): string {
  let signed = url;
  for (const name of Object.keys(fields).sort()) signed += name + fields[name];
  return createHmac('sha1', account.authToken).update(Buffer.from(signed, 'utf-8')).digest('base64');
}
