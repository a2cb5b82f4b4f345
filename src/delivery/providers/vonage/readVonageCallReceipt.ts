import { hash } from 'node:crypto';
import { jwtVerify } from 'jose';
import { Type } from 'typebox';
import { equalSecrets } from '../../../crypto/constantTime.ts';
import type { Receipt, ReceiptReading, ReceiptRequest } from '../provider.ts';
import { readJson } from '../readJson.ts';
import { receiptCode } from '../receiptCode.ts';
import { costOf, freshSeconds } from './vonageAccount.ts';
import type { VonageVoiceConfig } from './vonageVoice.ts';

const statuses: ReadonlyMap<string, Receipt['status']> = new Map([
  ['answered', 'sent'],
  ['completed', 'delivered'],
  ['busy', 'undelivered'],
  ['cancelled', 'undelivered'],
  ['unanswered', 'undelivered'],
  ['rejected', 'undelivered'],
  ['failed', 'undelivered'],
  ['timeout', 'undelivered'],
]);

const event = Type.Object({
  uuid: Type.String({ minLength: 1, maxLength: 100 }),
  status: Type.String(),
  detail: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  price: Type.Optional(Type.Union([Type.String(), Type.Null()])),
});

/**
 * Reads an event of the Voice API: JSON, with a token in the Authorization header that is signed with the
 * account's signature secret and holds the hash of the body.
 * https://developer.vonage.com/en/getting-started/concepts/webhooks#decoding-signed-webhooks
 */
export async function readVonageCallReceipt(
  request: ReceiptRequest,
  { settings, credentials }: VonageVoiceConfig,
  now: number,
): Promise<ReceiptReading> {
  const claims = await claimsOf(request, credentials.signatureSecret, now);
  if (!claims || request.method !== 'POST') return 'unauthenticated';
  const { payload_hash, application_id, api_key } = claims;
  if (typeof payload_hash !== 'string') return 'unauthenticated';
  if (!equalSecrets(payload_hash.toLowerCase(), hash('sha256', request.body))) return 'unauthenticated';
  if (application_id !== settings.applicationId) return 'unauthenticated';
  if (settings.apiKey !== undefined && api_key !== settings.apiKey) return 'unauthenticated';
  return receiptOf(request.body, settings.currency);
}

async function claimsOf({ headers }: ReceiptRequest, secret: string | undefined, now: number) {
  const token = /^Bearer ([\w.-]+)$/i.exec(headers.authorization ?? '')?.[1];
  if (token === undefined || secret === undefined) return undefined;
  try {
    const { payload } = await jwtVerify(token, Buffer.from(secret), {
      algorithms: ['HS256'],
      issuer: 'Vonage',
      maxTokenAge: freshSeconds,
      clockTolerance: 30,
      currentDate: new Date(now),
    });
    return payload;
  } catch {
    return undefined;
  }
}

function receiptOf(body: Buffer, currency: string | undefined): ReceiptReading {
  const told = readJson(body, event);
  const status = told && statuses.get(told.status);
  if (!told || !status) return 'ignored';
  const code = status === 'undelivered' ? receiptCode(told.detail ?? told.status) : undefined;
  return {
    providerMessageId: told.uuid,
    status,
    ...(code !== undefined && { code }),
    ...costOf(told.price, currency),
  };
}
