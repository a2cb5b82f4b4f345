import { createHmac } from 'node:crypto';
import { equalSecrets } from '../../../crypto/constantTime.ts';
import type { Receipt, ReceiptReading, ReceiptRequest } from '../provider.ts';
import { receiptCode } from '../receiptCode.ts';
import type { TwilioConfig } from './twilioAccount.ts';

/** Message and call statuses; those missing come before the hand-over to a carrier. */
const statuses: ReadonlyMap<string | null, Receipt['status']> = new Map([
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'delivered'],
  ['undelivered', 'undelivered'],
  ['failed', 'undelivered'],
  ['in-progress', 'sent'],
  ['completed', 'delivered'],
  ['busy', 'undelivered'],
  ['no-answer', 'undelivered'],
  ['canceled', 'undelivered'],
]);

/**
 * Reads a status callback of a message or a call. It is signed with the auth token over the address and all
 * its fields; there is no time in it, so that one may be played again and must change nothing then.
 * https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
export function readTwilioReceipt(request: ReceiptRequest, config: TwilioConfig): ReceiptReading {
  const fields = new URLSearchParams(request.body.toString());
  if (request.method !== 'POST' || !isSigned(request, fields, config.credentials.authToken)) {
    return 'unauthenticated';
  }
  if (fields.get('AccountSid') !== config.settings.accountSid) return 'unauthenticated';
  const providerMessageId = fields.get('MessageSid') ?? fields.get('CallSid');
  const reported = fields.get('MessageStatus') ?? fields.get('CallStatus');
  const status = statuses.get(reported);
  if (!providerMessageId || !status) return 'ignored';
  const code = status === 'undelivered' ? receiptCode(fields.get('ErrorCode') ?? reported) : undefined;
  return { providerMessageId, status, ...(code !== undefined && { code }) };
}

function isSigned({ url, headers }: ReceiptRequest, fields: URLSearchParams, authToken: string): boolean {
  const signature = headers['x-twilio-signature'];
  if (signature === undefined) return false;
  const rest = [...new Set(fields.keys())]
    .sort()
    .map((name) =>
      [...new Set(fields.getAll(name))]
        .sort()
        .map((value) => name + value)
        .join(''),
    )
    .join('');
  // No early end: each spelling is compared, in the same time.
  return (
    spellingsOf(url).filter((spelling) => equalSecrets(signature, sign(spelling + rest, authToken))).length >
    0
  );
}

function sign(text: string, authToken: string): string {
  return createHmac('sha1', authToken).update(text).digest('base64');
}

/** The port is in what was signed at times, and left out at others. */
function spellingsOf(text: string): string[] {
  const url = new URL(text);
  const rest = url.pathname + url.search;
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return [`${url.protocol}//${url.hostname}${rest}`, `${url.protocol}//${url.hostname}:${port}${rest}`];
}
