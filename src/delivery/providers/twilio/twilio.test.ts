import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spokenIn, startTwilio, type TwilioSimulator } from '../../../../test/support/simulators/twilio.ts';
import { createOutboundClient } from '../../../outbound/createOutboundClient.ts';
import type { SmsMessage, VoiceMessage } from '../../channel.ts';
import type { ReceiptRequest } from '../provider.ts';
import { twilioSms } from './twilioSms.ts';
import { twilioVoice } from './twilioVoice.ts';

const clock = () => Date.UTC(2026, 0, 15, 12);
const signal = new AbortController().signal;
const callbackUrl = 'https://login.example.com/delivery/receipts/dlp_1';
const to = '+4915123456789';
const sms = (changes: Partial<SmsMessage> = {}): SmsMessage => ({
  id: 'msg_1',
  to,
  text: 'Ihr Code ist 123456 – nur für Sie & uns.\n\n@login.example.com #123456',
  createdAt: clock(),
  ...changes,
});
const call = (changes: Partial<VoiceMessage> = {}): VoiceMessage => ({
  id: 'msg_2',
  to,
  language: 'de',
  phrases: [{ text: 'Hier ist Müller <&> Söhne.', pauseAfterSeconds: 1 }, { text: '1 2 3 4 5 6' }],
  createdAt: clock(),
  ...changes,
});

let twilio: TwilioSimulator;
let tools: Parameters<typeof twilioSms.create>[1];

beforeAll(async () => {
  twilio = await startTwilio();
  tools = { http: createOutboundClient({ allow: [twilio.origin] }), clock, callbackUrl };
});
afterAll(() => twilio.close());

function config(settings: object = {}, credentials: object = {}) {
  const { sid, authToken, from } = twilio.account;
  return {
    settings: { accountSid: sid, from, baseUrl: `${twilio.origin}/`, ...settings },
    credentials: { authToken, ...credentials },
  };
}

describe('texts by Twilio', () => {
  it('hands a text over, and asks for receipts', async () => {
    const handOver = await twilioSms.create(config(), tools).send(sms(), signal);
    const taken = twilio.messages.at(-1);
    expect(handOver).toEqual({ providerMessageId: taken?.sid });
    expect(taken?.fields).toEqual({
      To: to,
      From: twilio.account.from,
      Body: sms().text,
      StatusCallback: callbackUrl,
    });
  });

  it('sends by a messaging service, signed in by an API key, without receipts', async () => {
    const { apiKeySid, apiKeySecret, messagingServiceSid } = twilio.account;
    const changed = config({ from: undefined, messagingServiceSid, apiKeySid }, { apiKeySecret });
    await twilioSms.create(changed, { http: tools.http, clock }).send(sms(), signal);
    expect(twilio.messages.at(-1)?.fields).toEqual({
      To: to,
      MessagingServiceSid: messagingServiceSid,
      Body: sms().text,
    });
  });

  it('can’t be set up without a sender', () => {
    expect(() => twilioSms.create(config({ from: undefined }), tools)).toThrow('sender_missing');
  });

  it.each([
    ['+15005550001', 'final', '21211'],
    ['+15005550002', 'final', '21612'],
    ['+15005550003', 'final', '21408'],
    ['+15005550004', 'final', '21610'],
    ['+15005550009', 'final', '21614'],
  ])('a text to %s is %s', async (number, kind, code) => {
    const sending = twilioSms.create(config(), tools).send(sms({ to: number }), signal);
    await expect(sending).rejects.toMatchObject({ kind, code });
  });

  it.each([
    ['another sender', { from: '+15005550007' }, {}, '21606'],
    ['another token', {}, { authToken: 'wrong' }, '20003'],
    ['another account', { accountSid: `AC${'f'.repeat(32)}` }, {}, '20003'],
  ])('%s is a fault of the configuration', async (_what, settings, credentials, code) => {
    const sending = twilioSms.create(config(settings, credentials), tools).send(sms(), signal);
    await expect(sending).rejects.toMatchObject({ kind: 'configuration', code });
  });
});

describe('calls by Twilio', () => {
  it('S-95 says what it was given, in the language, and nothing of it is a command', async () => {
    await twilioVoice.create(config(), tools).send(call(), signal);
    const { fields, sid } = twilio.calls.at(-1) ?? {};
    expect(sid).toMatch(/^CA/);
    expect(spokenIn(fields?.Twiml ?? '')).toEqual([
      'de-DE: Hier ist Müller <&> Söhne.',
      'pause 1',
      'de-DE: 1 2 3 4 5 6',
    ]);
  });

  it('a control character, which no XML may hold, is a space', async () => {
    await twilioVoice.create(config(), tools).send(call({ phrases: [{ text: 'a\u0000b\u001bc' }] }), signal);
    expect(spokenIn(twilio.calls.at(-1)?.fields.Twiml ?? '')).toEqual(['de-DE: a b c']);
  });

  it.each([
    ['+15005550001', '21217'],
    ['+15005550003', '21215'],
  ])('a call to %s fails for good', async (number, code) => {
    const calling = twilioVoice.create(config(), tools).send(call({ to: number }), signal);
    await expect(calling).rejects.toMatchObject({ kind: 'final', code });
  });

  it('what is longer than Twilio takes is not sent', async () => {
    const phrases = [{ text: 'a'.repeat(4000) }];
    const calling = twilioVoice.create(config(), tools).send(call({ phrases }), signal);
    await expect(calling).rejects.toMatchObject({ kind: 'final', code: 'too_long' });
  });
});

describe('receipts of Twilio', () => {
  const read = (request: ReceiptRequest) => twilioSms.readReceipt?.(request, config(), { clock });
  let sid: string;
  beforeAll(async () => {
    const handOver = await twilioSms.create(config(), tools).send(sms(), signal);
    sid = handOver.providerMessageId ?? '';
  });

  it.each([
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['read', 'delivered'],
    ['undelivered', 'undelivered'],
    ['failed', 'undelivered'],
  ])('%s is read as %s', async (status, expected) => {
    const more: Record<string, string> = expected === 'undelivered' ? { ErrorCode: '30005' } : {};
    expect(await read(twilio.receipt(sid, status, more))).toEqual({
      providerMessageId: sid,
      status: expected,
      ...(expected === 'undelivered' && { code: '30005' }),
    });
  });

  it('tells of a call: taken, or why not', async () => {
    const { providerMessageId = '' } = await twilioVoice.create(config(), tools).send(call(), signal);
    const readCall = (status: string) =>
      twilioVoice.readReceipt?.(twilio.receipt(providerMessageId, status), config(), { clock });
    expect(await readCall('completed')).toEqual({ providerMessageId, status: 'delivered' });
    expect(await readCall('busy')).toEqual({ providerMessageId, status: 'undelivered', code: 'busy' });
    expect(await readCall('ringing')).toBe('ignored');
  });

  it('fields that Twilio may add later are covered by the signature too', async () => {
    const receipt = twilio.receipt(sid, 'delivered', { RawDlrDoneDate: '2601151200', Zebra: 'ä&=' });
    expect(await read(receipt)).toMatchObject({ status: 'delivered' });
  });

  it('a port is in the signature or left out', async () => {
    const receipt = twilio.receipt(sid, 'delivered');
    const withPort = { ...receipt, url: receipt.url.replace('example.com', 'example.com:443') };
    expect(await read(withPort)).toMatchObject({ status: 'delivered' });
  });

  it('S-97 refuses an unsigned, altered or misdirected receipt', async () => {
    const good = twilio.receipt(sid, 'undelivered');
    const altered = Buffer.from(
      good.body.toString().replace('MessageStatus=undelivered', 'MessageStatus=delivered'),
    );
    const { 'x-twilio-signature': signature = '', ...unsigned } = good.headers;
    const attempts: ReceiptRequest[] = [
      { ...good, headers: unsigned },
      { ...good, headers: { ...unsigned, 'x-twilio-signature': '' } },
      { ...good, headers: { ...unsigned, 'x-twilio-signature': `A${signature.slice(1)}` } },
      { ...good, body: altered },
      { ...good, body: Buffer.concat([good.body, Buffer.from('&MessageStatus=delivered')]) },
      { ...good, url: good.url.replace('dlp_1', 'dlp_2') },
      { ...good, url: `${good.url}?x=1` },
      { ...good, method: 'GET' },
      { ...good, body: Buffer.from('{') },
    ];
    for (const attempt of attempts) expect(await read(attempt)).toBe('unauthenticated');
  });

  it('S-97 refuses what another account or token signed', async () => {
    const receipt = twilio.receipt(sid, 'delivered');
    const others = [config({}, { authToken: 'other' }), config({ accountSid: `AC${'f'.repeat(32)}` })];
    for (const other of others) {
      expect(await twilioSms.readReceipt?.(receipt, other, { clock })).toBe('unauthenticated');
    }
  });

  it('a code that is none is left out (S-105)', async () => {
    const receipt = twilio.receipt(sid, 'failed', { ErrorCode: 'number +49 canary' });
    expect(await read(receipt)).toEqual({ providerMessageId: sid, status: 'undelivered' });
  });
});
