import { Type } from 'typebox';
import { Check } from 'typebox/value';
import { simulatorId } from './simulatorIds.ts';
import { startVendorServer, type VendorAnswer, type VendorServer } from './vendorServer.ts';

const account = { apiKey: 'SG.canary-0123456789.abcdefghijklmnop', from: 'login@acme.example' } as const;

const strict = { additionalProperties: false } as const;
const address = Type.Object(
  {
    email: Type.String({ pattern: '^[^\\s@,;]+@[^\\s@,;]+$' }),
    name: Type.Optional(Type.String({ minLength: 1 })),
  },
  strict,
);
const isOn = Type.Object({ enable: Type.Boolean() }, strict);
/** The fields of Mail Send that are in use here, each as the API's own description has it. */
const mailSend = Type.Object(
  {
    personalizations: Type.Array(
      Type.Object(
        {
          to: Type.Array(address, { minItems: 1, maxItems: 1000 }),
          custom_args: Type.Optional(Type.Record(Type.String(), Type.String())),
        },
        strict,
      ),
      { minItems: 1, maxItems: 1000 },
    ),
    from: address,
    subject: Type.String({ minLength: 1 }),
    content: Type.Tuple([
      // Plain text has to come first.
      Type.Object({ type: Type.Literal('text/plain'), value: Type.String({ minLength: 1 }) }, strict),
      Type.Object({ type: Type.Literal('text/html'), value: Type.String({ minLength: 1 }) }, strict),
    ]),
    headers: Type.Optional(Type.Record(Type.String(), Type.String())),
    tracking_settings: Type.Optional(
      Type.Object(
        {
          click_tracking: Type.Object({ enable: Type.Boolean(), enable_text: Type.Boolean() }, strict),
          open_tracking: isOn,
        },
        strict,
      ),
    ),
  },
  strict,
);

/** Plays SendGrid's Mail Send for one key and one verified sender. */
export interface SendgridSimulator extends VendorServer {
  account: typeof account;
  /** Mails as they were posted. */
  mails: Record<string, unknown>[];
}

/** Starts it on a free port. */
export async function startSendgrid(options: { isSecure?: boolean } = {}): Promise<SendgridSimulator> {
  const mails: Record<string, unknown>[] = [];
  const server = await startVendorServer(({ method, url, headers, body }) => {
    if (headers.authorization !== `Bearer ${account.apiKey}`) return refusal(401, 'authorization required');
    if (method !== 'POST' || url.pathname !== '/v3/mail/send') return refusal(404, 'not found');
    if (headers['content-type'] !== 'application/json') return refusal(415, 'unsupported media type');
    const mail: unknown = JSON.parse(body);
    if (!Check(mailSend, mail)) return refusal(400, 'Bad Request canary');
    const reserved = ['to', 'from', 'subject', 'reply-to', 'content-type', 'received', 'dkim-signature'];
    const names = Object.keys(mail.headers ?? {}).map((name) => name.toLowerCase());
    if (names.some((name) => reserved.includes(name))) return refusal(400, 'reserved header');
    if (mail.from.email !== account.from)
      return refusal(403, 'The from address does not match a verified Sender');
    mails.push(mail);
    return { status: 202, headers: { 'x-message-id': simulatorId('', 11) } };
  }, options);
  return { ...server, account, mails };
}

function refusal(status: number, message: string): VendorAnswer {
  const body = JSON.stringify({ errors: [{ message, field: null, help: null }] });
  return { status, headers: { 'content-type': 'application/json' }, body };
}
