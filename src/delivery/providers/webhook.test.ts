import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  startWebhookReceiver,
  type WebhookReceiver,
} from '../../../test/support/simulators/webhookReceiver.ts';
import { createOutboundClient } from '../../outbound/createOutboundClient.ts';
import type { Mail, SmsMessage, VoiceMessage } from '../channel.ts';
import { webhookEmail, webhookSms, webhookVoice } from './webhook.ts';

const now = Date.UTC(2026, 0, 15, 12);
const signal = new AbortController().signal;
const sms: SmsMessage = { id: 'msg_1', to: '+4915123456789', text: 'Grüße 123456', createdAt: now };
const call: VoiceMessage = {
  id: 'msg_2',
  to: '+4915123456789',
  language: 'de',
  phrases: [{ text: '1 2 3', pauseAfterSeconds: 1 }],
  createdAt: now,
};
const mail: Mail = { id: 'msg_3', to: 'a@b.example', subject: 's', text: 't', html: '<p>', createdAt: now };

let receiver: WebhookReceiver;
beforeAll(async () => {
  receiver = await startWebhookReceiver({ clock: () => now });
});
afterAll(() => receiver.close());

const tools = (at = now) => ({ http: createOutboundClient({ allow: [receiver.origin] }), clock: () => at });
const config = (secret = receiver.secret) => ({
  settings: { url: `${receiver.origin}/messages?of=acme` },
  credentials: { secret },
});

describe('webhook', () => {
  it('hands a message of each channel over, signed', async () => {
    expect(await webhookSms.create(config(), tools()).send(sms, signal)).toEqual({
      providerMessageId: 'own-msg_1',
    });
    await webhookVoice.create(config(), tools()).send(call, signal);
    await webhookEmail.create(config(), tools()).send(mail, signal);
    expect(receiver.messages).toEqual([
      { channel: 'sms', ...sms },
      { channel: 'voice', ...call },
      { channel: 'email', ...mail },
    ]);
  });

  it('a repetition can be told by its id', async () => {
    const before = receiver.messages.length;
    await webhookSms.create(config(), tools()).send(sms, signal);
    expect(receiver.messages.length).toBe(before);
  });

  it('another secret, or a clock that is off, is a fault of the configuration', async () => {
    const sending = [
      webhookSms.create(config('x'.repeat(32)), tools()).send(sms, signal),
      webhookSms.create(config(), tools(now + 6 * 60_000)).send(sms, signal),
    ];
    for (const attempt of sending) {
      await expect(attempt).rejects.toMatchObject({ kind: 'configuration', code: 'http_401' });
    }
  });

  it('an acceptance needs no body', async () => {
    receiver.misbehave({ answer: { status: 204 } });
    expect(await webhookSms.create(config(), tools()).send(sms, signal)).toEqual({});
  });
});
