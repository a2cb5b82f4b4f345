import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startVonage, type VonageSimulator } from '../../../../test/support/simulators/vonage.ts';
import { createOutboundClient } from '../../../outbound/createOutboundClient.ts';
import type { SmsMessage, VoiceMessage } from '../../channel.ts';
import type { ReceiptRequest } from '../provider.ts';
import { vonageSms } from './vonageSms.ts';
import { vonageVoice } from './vonageVoice.ts';

const now = Date.UTC(2026, 0, 15, 12);
const clock = () => now;
const minute = 60_000;
const signal = new AbortController().signal;
const callbackUrl = 'https://login.example.com/delivery/receipts/dlp_1';
const sms = (text = 'Your code is 123456'): SmsMessage => ({
  id: 'msg_019bc0000000000000abcdef01234567',
  to: '+4915123456789',
  text,
  createdAt: now,
});
const call: VoiceMessage = {
  id: 'msg_2',
  to: '+4915123456789',
  language: 'pt',
  phrases: [{ text: '<speak>Aqui fala & Cia</speak>', pauseAfterSeconds: 2 }, { text: '1 2 3 4 5 6' }],
  createdAt: now,
};

let vonage: VonageSimulator;
let tools: Parameters<typeof vonageSms.create>[1];

beforeAll(async () => {
  vonage = await startVonage({ clock });
  tools = { http: createOutboundClient({ allow: [vonage.origin] }), clock, callbackUrl };
});
afterEach(() => vonage.refuseTexts(undefined));
afterAll(() => vonage.close());

function smsConfig(settings: object = {}, credentials: object = {}) {
  const { apiKey, apiSecret, signatureSecret, from } = vonage.account;
  return {
    settings: { apiKey, from, baseUrl: vonage.origin, ...settings },
    credentials: { apiSecret, signatureSecret, ...credentials },
  };
}

function voiceConfig(settings: object = {}, credentials: object = {}) {
  const { apiKey, applicationId, privateKey, signatureSecret, from } = vonage.account;
  return {
    settings: { apiKey, applicationId, from, baseUrl: vonage.origin, ...settings },
    credentials: { privateKey, signatureSecret, ...credentials },
  };
}

describe('texts by Vonage', () => {
  it('hands a text over, tells its price and asks for receipts', async () => {
    const handOver = await vonageSms.create(smsConfig(), tools).send(sms(), signal);
    const taken = vonage.texts.at(-1);
    expect(handOver).toEqual({
      providerMessageId: taken?.id,
      cost: { amount: '0.03330000', currency: 'EUR' },
    });
    expect(taken?.fields).toMatchObject({
      to: '4915123456789',
      text: sms().text,
      type: 'text',
      'client-ref': sms().id,
      callback: callbackUrl,
    });
  });

  it('what GSM-7 lacks goes as Unicode', async () => {
    await vonageSms.create(smsConfig(), tools).send(sms('コードは 123456 です'), signal);
    expect(vonage.texts.at(-1)?.fields).toMatchObject({ type: 'unicode', text: 'コードは 123456 です' });
  });

  it('asks for no receipts that it could not tell from forged ones', async () => {
    const unsigned = smsConfig({}, { signatureSecret: undefined });
    await vonageSms.create(unsigned, tools).send(sms(), signal);
    expect(vonage.texts.at(-1)?.fields).not.toHaveProperty('callback');
  });

  it.each([
    ['1', 'retry'],
    ['5', 'retry'],
    ['10', 'retry'],
    ['6', 'final'],
    ['7', 'final'],
    ['33', 'final'],
    ['99', 'final'],
    ['4', 'configuration'],
    ['9', 'configuration'],
    ['14', 'configuration'],
  ])('status %s, which comes with HTTP 200, is %s', async (status, kind) => {
    vonage.refuseTexts(status);
    const sending = vonageSms.create(smsConfig(), tools).send(sms(), signal);
    await expect(sending).rejects.toMatchObject({ kind, code: status });
  });

  it('wrong credentials are a fault of the configuration', async () => {
    const sending = vonageSms.create(smsConfig({}, { apiSecret: 'wrong' }), tools).send(sms(), signal);
    await expect(sending).rejects.toMatchObject({ kind: 'configuration', code: '4' });
  });

  it('a long text of which a part was refused is not sent again', async () => {
    const messages = [{ status: '0', 'message-id': 'A' }, { status: '1' }];
    vonage.misbehave({ answer: { status: 200, body: JSON.stringify({ messages }) } });
    const sending = vonageSms.create(smsConfig(), tools).send(sms(), signal);
    await expect(sending).rejects.toMatchObject({ kind: 'unknown', code: '1' });
  });
});

describe('calls by Vonage', () => {
  it('S-95 says what it was given, signed in as the application', async () => {
    const handOver = await vonageVoice.create(voiceConfig(), tools).send(call, signal);
    const taken = vonage.calls.at(-1);
    expect(handOver).toEqual({ providerMessageId: taken?.uuid });
    expect(taken?.request.ncco).toEqual([
      { action: 'talk', text: ' speak Aqui fala   Cia /speak ', language: 'pt-BR' },
      { action: 'wait', timeout: 2 },
      { action: 'talk', text: '1 2 3 4 5 6', language: 'pt-BR' },
    ]);
    expect(taken?.request.event_url).toEqual([callbackUrl]);
  });

  it('what is longer than Vonage takes is not sent', async () => {
    const calls = vonage.calls.length;
    const long = { ...call, phrases: [{ text: 'a'.repeat(1501) }] };
    const calling = vonageVoice.create(voiceConfig(), tools).send(long, signal);
    await expect(calling).rejects.toMatchObject({ kind: 'final', code: 'too_long' });
    expect(vonage.calls).toHaveLength(calls);
  });

  it('each call has a token of its own', async () => {
    const provider = vonageVoice.create(voiceConfig(), tools);
    await provider.send(call, signal);
    await provider.send(call, signal);
    expect(vonage.calls.length).toBeGreaterThanOrEqual(2);
  });

  it('another application or number is a fault that is told', async () => {
    const stranger = voiceConfig({ applicationId: 'bbbbbbbb-bbbb-4ccc-8ddd-0123456789ab' });
    await expect(vonageVoice.create(stranger, tools).send(call, signal)).rejects.toMatchObject({
      kind: 'configuration',
      code: 'http_401',
    });
  });

  it('S-105 a key that is none is refused at once, and not repeated', () => {
    const broken = voiceConfig({}, { privateKey: `-----BEGIN PRIVATE KEY-----\n${'canary'.repeat(30)}` });
    const attempt = () => vonageVoice.create(broken, tools);
    expect(attempt).toThrow('private_key');
    expect(attempt).not.toThrow(/canary/);
  });
});

describe('receipts of texts', () => {
  const read = (request: ReceiptRequest, at = now) =>
    vonageSms.readReceipt?.(request, smsConfig(), { clock: () => at });
  let id: string;
  beforeAll(async () => {
    await vonageSms.create(smsConfig(), tools).send(sms(), signal);
    id = vonage.texts.at(-1)?.id ?? '';
  });

  it.each(['query', 'form', 'json'] as const)('come as %s', async (form) => {
    expect(await read(vonage.textReceipt(id, 'delivered', { form }))).toEqual({
      providerMessageId: id,
      status: 'delivered',
      cost: { amount: '0.03330000', currency: 'EUR' },
    });
  });

  it.each([
    ['accepted', 'sent'],
    ['buffered', 'sent'],
    ['expired', 'undelivered'],
    ['failed', 'undelivered'],
    ['rejected', 'undelivered'],
  ])('%s is read as %s', async (status, expected) => {
    expect(await read(vonage.textReceipt(id, status))).toMatchObject({ status: expected });
  });

  it('tell why, by code', async () => {
    const receipt = vonage.textReceipt(id, 'failed', { more: { 'err-code': '12' } });
    expect(await read(receipt)).toMatchObject({ status: 'undelivered', code: '12' });
  });

  it('values with & and = are signed as underscores', async () => {
    const receipt = vonage.textReceipt(id, 'delivered', { more: { 'client-ref': 'a&b=c' } });
    expect(await read(receipt)).toMatchObject({ status: 'delivered' });
  });

  it('unknown tells nothing', async () => {
    expect(await read(vonage.textReceipt(id, 'unknown'))).toBe('ignored');
  });

  it('S-97 refuses an unsigned or altered receipt', async () => {
    const good = vonage.textReceipt(id, 'failed', { form: 'form' });
    const changed = (change: (fields: URLSearchParams) => void) => {
      const fields = new URLSearchParams(good.body.toString());
      change(fields);
      return { ...good, body: Buffer.from(fields.toString()) };
    };
    const attempts = [
      changed((fields) => fields.delete('sig')),
      changed((fields) => fields.set('sig', '')),
      changed((fields) => fields.set('sig', 'a'.repeat(64))),
      changed((fields) => fields.set('status', 'delivered')),
      changed((fields) => fields.set('timestamp', String(now / 1000 + 1))),
      changed((fields) => fields.append('more', 'x')),
      { ...good, body: Buffer.from('{'), headers: { 'content-type': 'application/json' } },
      { ...good, body: Buffer.from('[]'), headers: { 'content-type': 'application/json' } },
    ];
    for (const attempt of attempts) expect(await read(attempt)).toBe('unauthenticated');
  });

  it('S-97 refuses a receipt that is played again later', async () => {
    const receipt = vonage.textReceipt(id, 'delivered');
    expect(await read(receipt, now + 4 * minute)).toMatchObject({ status: 'delivered' });
    expect(await read(receipt, now + 6 * minute)).toBe('unauthenticated');
    expect(await read(receipt, now - 6 * minute)).toBe('unauthenticated');
  });

  it('S-97 refuses every receipt while no secret is set', async () => {
    const unsigned = smsConfig({}, { signatureSecret: undefined });
    const receipt = vonage.textReceipt(id, 'delivered');
    expect(await vonageSms.readReceipt?.(receipt, unsigned, { clock })).toBe('unauthenticated');
  });
});

describe('events of calls', () => {
  const read = (request: ReceiptRequest, at = now) =>
    vonageVoice.readReceipt?.(request, voiceConfig(), { clock: () => at });
  let uuid: string;
  beforeAll(async () => {
    await vonageVoice.create(voiceConfig(), tools).send(call, signal);
    uuid = vonage.calls.at(-1)?.uuid ?? '';
  });

  it('tell what became of a call, and its price', async () => {
    const more = { price: '0.00450000', rate: '0.0135', duration: '20' };
    expect(await read(vonage.callEvent(uuid, 'completed', { more }))).toEqual({
      providerMessageId: uuid,
      status: 'delivered',
      cost: { amount: '0.00450000', currency: 'EUR' },
    });
    expect(await read(vonage.callEvent(uuid, 'answered'))).toMatchObject({ status: 'sent' });
    expect(await read(vonage.callEvent(uuid, 'unanswered', { more: { detail: 'timeout' } }))).toEqual({
      providerMessageId: uuid,
      status: 'undelivered',
      code: 'timeout',
    });
    expect(await read(vonage.callEvent(uuid, 'ringing'))).toBe('ignored');
  });

  it('S-97 refuses an unsigned, altered, foreign or repeated event', async () => {
    const good = vonage.callEvent(uuid, 'busy');
    const other = vonage.callEvent(uuid, 'completed');
    const { authorization = '' } = good.headers;
    const [head, claims, signature] = authorization.split('.');
    const unsignedHead = Buffer.from('{"alg":"none"}').toString('base64url');
    const attempts: ReceiptRequest[] = [
      { ...good, headers: {} },
      { ...good, headers: { authorization: 'Bearer x' } },
      { ...good, headers: { authorization: `${head}.${claims}.${signature?.slice(2)}` } },
      { ...good, headers: { authorization: `Bearer ${unsignedHead}.${claims}.` } },
      { ...good, body: other.body },
      { ...good, body: Buffer.alloc(0) },
      { ...good, method: 'GET' },
    ];
    for (const attempt of attempts) expect(await read(attempt)).toBe('unauthenticated');
    expect(await read(good, now + 6 * minute)).toBe('unauthenticated');
    expect(await read(good, now - minute)).toBe('unauthenticated');
    const strangers = [
      voiceConfig({ applicationId: 'bbbbbbbb-bbbb-4ccc-8ddd-0123456789ab' }),
      voiceConfig({ apiKey: 'other123' }),
      voiceConfig({}, { signatureSecret: 'another-secret-of-a-good-length-0123' }),
      voiceConfig({}, { signatureSecret: undefined }),
    ];
    for (const stranger of strangers) {
      expect(await vonageVoice.readReceipt?.(good, stranger, { clock })).toBe('unauthenticated');
    }
  });
});
