import { gzipSync } from 'node:zlib';
import type { Answer, Call } from './httpClient.ts';

/** A request that must be refused, and what is wrong with it. */
export interface Malformed {
  what: string;
  call: Call;
  /** Why it must be refused, where something else about it may be refused as well: in status and text. */
  because?: RegExp;
}

type Fields = Readonly<Record<string, string>>;

const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const huge = 'x'.repeat(64 * 1024);

/** Values no field takes, of whatever type a JSON body can hold. */
const wrongTypes: readonly unknown[] = [[], ['123456'], [['a']], {}, { a: 1 }, 123456, 0, true, 1e300];

/** Texts that mean trouble somewhere. */
const wrongTexts: readonly string[] = [
  '',
  ' ',
  '\t\r\n',
  'a\0b',
  '\ud800',
  '１２３４５６',
  '٠١٢٣٤٥',
  '12345６',
  '-12345',
  '1e5',
  '0x1F',
  '\u202e123456',
  'x'.repeat(10_000),
  '1'.repeat(10_000),
  'é'.repeat(5_000),
  '../../../../etc/passwd',
  "' or '1'='1' --",
  '<script>alert(1)</script>',
  'a\r\nSet-Cookie: a=b',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is meant to look like one
  '${7*7}{{7*7}}<%=7%>',
  'constructor',
  '__proto__',
  '%00%2e%2e',
];

/** Bodies that are broken whatever the endpoint. */
export function brokenBodies(fields: Fields): Malformed[] {
  const text = JSON.stringify(fields);
  const encoded = new URLSearchParams(fields).toString();
  const [first = 'a'] = Object.keys(fields);
  const escapedFirst = `\\u00${first.charCodeAt(0).toString(16)}${first.slice(1)}`;
  const asJson = (what: string, body: string | Buffer, because?: RegExp): Malformed => ({
    what,
    call: { body, headers: json },
    ...(because ? { because } : {}),
  });
  const asForm = (what: string, body: string, because?: RegExp): Malformed => ({
    what,
    call: { body, headers: form },
    ...(because ? { because } : {}),
  });
  const asType = (type: string, body: string | Buffer = text, more = {}): Malformed => ({
    what: `content type ${type}`,
    call: { body, headers: { 'content-type': type, ...more } },
  });
  const notJson = /^400 .*no valid JSON/;
  const forbiddenKey = /^400 .*is not allowed/;
  const twice = /^400 .*twice/;
  return [
    asJson('truncated JSON', text.slice(0, -1), notJson),
    asJson('JSON with more behind it', `${text}x`, notJson),
    asJson('JSON in single quotes', text.replaceAll('"', "'"), notJson),
    asJson('JSON with a comment', `/**/${text}`, notJson),
    asJson('JSON with NaN', `{"${first}":NaN}`, notJson),
    ...['null', '42', '"text"', 'true', '[]', `[${text}]`, '{}', '', '   '].map((body) =>
      asJson(`JSON ${body.slice(0, 12)}`, body),
    ),
    asJson('__proto__', `{"__proto__":{"isAdmin":true},${text.slice(1)}`, forbiddenKey),
    asJson('__proto__, spelt in escapes', `{"__pr\\u006fto__":{"a":1},${text.slice(1)}`, forbiddenKey),
    asJson('constructor', `{"constructor":{"prototype":{"a":1}},${text.slice(1)}`, forbiddenKey),
    asJson('a key twice', `{"${first}":"a",${text.slice(1)}`, twice),
    asJson('a key twice, spelt differently', `{"${escapedFirst}":"a",${text.slice(1)}`, twice),
    asJson('17 levels', `{"a":${'['.repeat(17)}${']'.repeat(17)},${text.slice(1)}`, /^400 .*nested/),
    asJson('20 000 levels', '['.repeat(20_000) + ']'.repeat(20_000), /^400 .*nested/),
    asJson('a null character in a key', `{"a\\u0000":1,${text.slice(1)}`, /^400 .*Null characters/),
    asJson('invalid UTF-8', Buffer.from(`{"${first}":"\xff\xfe"}`, 'latin1')),
    asJson('64 KB', JSON.stringify({ ...fields, more: huge }), /^413 /),
    asForm('64 KB in a form', `${encoded}&more=${huge}`, /^413 /),
    asForm('a parameter twice', `${encoded}&${first}=a`, twice),
    asForm('brackets', `${first}[]=a&${first}[b]=c`),
    asForm('bad escapes', `${first}=%zz%`),
    asForm('a null character', `${encoded}&more=%00`, /^400 .*Null characters/),
    asForm('only separators', '&&&===&&'),
    asForm('__proto__ in a form', `__proto__=a&constructor=b&${first}.__proto__=c`),
    ...[
      'text/plain',
      'application/xml',
      'application/jsonx',
      'multipart/form-data; boundary=x',
      '*/*',
      'x',
    ].map((type) => ({ ...asType(type), because: /^415 / })),
    asType('application/json; charset=utf-16', Buffer.from(text, 'utf16le')),
    asType('application/json', gzipSync(text), { 'content-encoding': 'gzip' }),
    { what: 'no content type', call: { body: text }, because: /^415 / },
    { what: 'no body', call: { method: 'POST' } },
  ];
}

/** Every field with every wrong type and text, and left out, one at a time. */
export function brokenFields(fields: Fields): Malformed[] {
  return Object.keys(fields).flatMap((name) => {
    const { [name]: _, ...rest } = fields;
    return [
      { what: `without ${name}`, call: { json: rest } },
      { what: `${name} is null`, call: { json: { ...rest, [name]: null } } },
      ...[...wrongTypes, ...wrongTexts].map((value) => ({
        what: `${name} is ${JSON.stringify(value).slice(0, 30)}`,
        call: { json: { ...rest, [name]: value } },
      })),
      ...wrongTexts.map((value) => ({
        what: `${name} is ${JSON.stringify(value).slice(0, 30)} in a form`,
        call: { form: { ...rest, [name]: value } },
      })),
    ];
  });
}

/** Every query parameter with every wrong text, repeated, and as an array. */
export function brokenQueries(parameters: Fields): { what: string; query: string }[] {
  return Object.keys(parameters).flatMap((name) => {
    const { [name]: value = '', ...rest } = parameters;
    const others = new URLSearchParams(rest).toString();
    return [
      { what: `without ${name}`, query: others },
      { what: `${name} twice`, query: `${others}&${name}=${encodeURIComponent(value)}&${name}=b` },
      { what: `${name}[]`, query: `${others}&${name}[]=a&${name}[b]=c` },
      { what: `${name} with a bad escape`, query: `${others}&${name}=%zz%` },
      { what: `${name} with invalid UTF-8`, query: `${others}&${name}=%ff%fe` },
      ...wrongTexts.map((text) => ({
        what: `${name} is ${JSON.stringify(text).slice(0, 30)}`,
        query: `${others}&${name}=${encodeURIComponent(text.toWellFormed())}`,
      })),
    ];
  });
}

/** What an answer must not tell: where code stands, how data are stored, what a fault said (S-91). */
const leak =
  /node_modules|\.[jt]s:\d+|\bat [\w.<>]+ \(|file:\/\/|\/work\/|\/tmp\/|sqlite|postgres|kysely|\binsert into\b|\bselect "|syntax error|violates|FST_|ERR_[A-Z]|\b(?:Type|Syntax|Range|Reference)Error\b|undefined|\[object/i;

/** Why an answer is no refusal in the contract's shape, or undefined. */
export function refusalFault(answer: Answer, { because = /^/ }: Partial<Malformed> = {}): string | undefined {
  const { status, headers, text, body } = answer;
  if (status < 400 || status > 499) return `status ${status}: ${text.slice(0, 100)}`;
  const told = leak.exec(text);
  if (told) return `tells "${told[0]}": ${text.slice(0, 200)}`;
  if (!headers['content-type']?.startsWith('application/json')) return `type ${headers['content-type']}`;
  if (!because.test(`${status} ${text}`))
    return `refused for something else: ${status} ${text.slice(0, 100)}`;
  const isOAuth = typeof body?.error === 'string' && typeof body.error_description === 'string';
  const isSignUp = typeof body?.code === 'string' && body.statusCode === status && 'description' in body;
  const isOther = [isGuardian, isManagement, isProblem].some((has) => has(status, body));
  const isKnown = isOAuth || isSignUp || isOther;
  return isKnown ? undefined : `shape ${text.slice(0, 100)}`;
}

/** The shape of the My Account API: RFC 7807. */
function isProblem(status: number, body: Record<string, unknown> | undefined): boolean {
  const isText = (value: unknown) => typeof value === 'string' && value !== '';
  return body?.status === status && [body.type, body.title, body.detail].every(isText);
}

/** The shape of the Management API. */
function isManagement(status: number, body: Record<string, unknown> | undefined): boolean {
  const isText = (value: unknown) => typeof value === 'string' && value !== '';
  return body?.statusCode === status && isText(body.error) && isText(body.message);
}

/** The shape of the Guardian API: every value a text but the status. */
function isGuardian(status: number, body: Record<string, unknown> | undefined): boolean {
  const { statusCode, ...texts } = body ?? {};
  const names = ['error', 'message', 'errorCode', 'description'];
  return (
    statusCode === status && names.every((name) => typeof texts[name] === 'string' && texts[name] !== '')
  );
}

/** Why an answer is no page that refuses or leads elsewhere within the pages, or undefined. */
export function pageFault({ status, headers, text }: Answer): string | undefined {
  if (status >= 500 || status < 200) return `status ${status}`;
  const told = leak.exec(text);
  if (told) return `tells "${told[0]}"`;
  if (status === 303 && /^\/u\//.test(headers.location ?? '')) return undefined;
  const isPage = headers['content-type']?.startsWith('text/html') === true;
  const isError = headers['content-type']?.startsWith('application/json') === true && status >= 400;
  return isPage || isError ? undefined : `status ${status} ${headers.location} ${headers['content-type']}`;
}
