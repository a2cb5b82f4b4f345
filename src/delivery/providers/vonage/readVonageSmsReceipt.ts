import { createHmac } from 'node:crypto';
import { equalSecrets } from '../../../crypto/constantTime.ts';
import type { Receipt, ReceiptReading, ReceiptRequest } from '../provider.ts';
import { receiptCode } from '../receiptCode.ts';
import { costOf, freshSeconds } from './vonageAccount.ts';
import type { VonageSmsConfig } from './vonageSms.ts';

const statuses: ReadonlyMap<string | undefined, Receipt['status']> = new Map([
  ['accepted', 'sent'],
  ['buffered', 'sent'],
  ['delivered', 'delivered'],
  ['expired', 'undelivered'],
  ['failed', 'undelivered'],
  ['rejected', 'undelivered'],
]);

/**
 * Reads a delivery receipt of the SMS API: fields in the query, a form or JSON, as the account has it, with a
 * signature over all of them. https://developer.vonage.com/en/getting-started/concepts/signing-messages
 */
export function readVonageSmsReceipt(
  request: ReceiptRequest,
  { settings, credentials }: VonageSmsConfig,
  now: number,
): ReceiptReading {
  const { signatureSecret } = credentials;
  const fields = fieldsOf(request);
  if (!fields || signatureSecret === undefined) return 'unauthenticated';
  const { sig, ...signed } = fields;
  const algorithm = settings.signatureMethod === 'sha512hmac' ? 'sha512' : 'sha256';
  const expected = createHmac(algorithm, signatureSecret).update(signedText(signed)).digest('hex');
  if (sig === undefined || !equalSecrets(sig.toLowerCase(), expected)) return 'unauthenticated';
  if (!(Math.abs(Number(fields.timestamp) - now / 1000) <= freshSeconds)) return 'unauthenticated';
  if (fields['api-key'] !== undefined && fields['api-key'] !== settings.apiKey) return 'unauthenticated';
  const providerMessageId = fields.messageId;
  const status = statuses.get(fields.status);
  if (!providerMessageId || !status) return 'ignored';
  const code = status === 'undelivered' ? receiptCode(fields['err-code'] ?? fields.status) : undefined;
  return {
    providerMessageId,
    status,
    ...(code !== undefined && { code }),
    ...costOf(fields.price, settings.currency),
  };
}

function signedText(fields: Readonly<Record<string, string>>): string {
  return Object.keys(fields)
    .sort()
    .map((name) => `&${name}=${fields[name]?.replace(/[&=]/g, '_')}`)
    .join('');
}

/** Every field as text, from wherever it came; undefined when it is no such request. */
function fieldsOf({ method, url, headers, body }: ReceiptRequest): Record<string, string> | undefined {
  if (method === 'GET') return Object.fromEntries(new URL(url).searchParams);
  if (!headers['content-type']?.startsWith('application/json')) {
    return Object.fromEntries(new URLSearchParams(body.toString()));
  }
  try {
    const value: unknown = JSON.parse(body.toString());
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, String(field)]));
  } catch {
    return undefined;
  }
}
