import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAws } from '../../../test/support/simulators/aws.ts';
import { startMailgun } from '../../../test/support/simulators/mailgun.ts';
import { startSendgrid } from '../../../test/support/simulators/sendgrid.ts';
import { startTwilio } from '../../../test/support/simulators/twilio.ts';
import type { VendorServer } from '../../../test/support/simulators/vendorServer.ts';
import { startVonage } from '../../../test/support/simulators/vonage.ts';
import { startWebhookReceiver } from '../../../test/support/simulators/webhookReceiver.ts';
import { createOutboundClient } from '../../outbound/createOutboundClient.ts';
import { awsSes } from './aws/awsSes.ts';
import { awsSns } from './aws/awsSns.ts';
import { mailgun } from './mailgun.ts';
import { DeliveryError, type HandOver, type ProviderTools } from './provider.ts';
import { sendgrid } from './sendgrid.ts';
import { twilioSms } from './twilio/twilioSms.ts';
import { twilioVoice } from './twilio/twilioVoice.ts';
import { vonageSms } from './vonage/vonageSms.ts';
import { vonageVoice } from './vonage/vonageVoice.ts';
import { webhookSms } from './webhook.ts';

const now = Date.UTC(2026, 0, 15, 12);
const clock = () => now;
const to = '+4915123456789';
const sms = { id: 'msg_1', to, text: 'code 123456', createdAt: now };
const call = { id: 'msg_1', to, language: 'en', phrases: [{ text: '1 2 3' }], createdAt: now };
const mail = { id: 'msg_1', to: 'a@b.example', subject: 's', text: 't', html: '<p>h</p>', createdAt: now };
const from = 'login@acme.example';

type Send = (tools: ProviderTools, signal: AbortSignal, baseUrl: string) => Promise<HandOver>;
interface Case {
  start: () => Promise<{ server: VendorServer; send: Send }>;
  /** Whether a 2xx without a body is as good as one with. */
  needsNoBody?: true;
}

const cases: Record<string, Case> = {
  'Twilio, text': {
    start: async () => {
      const server = await startTwilio();
      const { sid: accountSid, authToken, from } = server.account;
      const send: Send = (tools, signal, baseUrl) =>
        twilioSms
          .create({ settings: { accountSid, from, baseUrl }, credentials: { authToken } }, tools)
          .send(sms, signal);
      return { server, send };
    },
  },
  'Twilio, call': {
    start: async () => {
      const server = await startTwilio();
      const { sid: accountSid, authToken, from } = server.account;
      const send: Send = (tools, signal, baseUrl) =>
        twilioVoice
          .create({ settings: { accountSid, from, baseUrl }, credentials: { authToken } }, tools)
          .send(call, signal);
      return { server, send };
    },
  },
  'Vonage, text': {
    start: async () => {
      const server = await startVonage({ clock });
      const { apiKey, apiSecret, from } = server.account;
      const send: Send = (tools, signal, baseUrl) =>
        vonageSms
          .create({ settings: { apiKey, from, baseUrl }, credentials: { apiSecret } }, tools)
          .send(sms, signal);
      return { server, send };
    },
  },
  'Vonage, call': {
    start: async () => {
      const server = await startVonage({ clock });
      const { applicationId, privateKey, from } = server.account;
      const send: Send = (tools, signal, baseUrl) =>
        vonageVoice
          .create({ settings: { applicationId, from, baseUrl }, credentials: { privateKey } }, tools)
          .send(call, signal);
      return { server, send };
    },
  },
  'AWS SNS': {
    start: async () => {
      const server = await startAws({ clock });
      const { region, ...credentials } = server.account;
      const send: Send = (tools, signal, baseUrl) =>
        awsSns.create({ settings: { region, baseUrl }, credentials }, tools).send(sms, signal);
      return { server, send };
    },
  },
  'AWS SES': {
    start: async () => {
      const server = await startAws({ clock });
      const { region, ...credentials } = server.account;
      const send: Send = (tools, signal, baseUrl) =>
        awsSes.create({ settings: { region, from, baseUrl }, credentials }, tools).send(mail, signal);
      return { server, send };
    },
  },
  SendGrid: {
    needsNoBody: true,
    start: async () => {
      const server = await startSendgrid();
      const { apiKey } = server.account;
      const send: Send = (tools, signal, baseUrl) =>
        sendgrid.create({ settings: { from, baseUrl }, credentials: { apiKey } }, tools).send(mail, signal);
      return { server, send };
    },
  },
  Mailgun: {
    start: async () => {
      const server = await startMailgun();
      const { apiKey, domain } = server.account;
      const send: Send = (tools, signal, baseUrl) =>
        mailgun
          .create({ settings: { from, domain, baseUrl }, credentials: { apiKey } }, tools)
          .send(mail, signal);
      return { server, send };
    },
  },
  webhook: {
    needsNoBody: true,
    start: async () => {
      const server = await startWebhookReceiver({ clock });
      const { secret } = server;
      const send: Send = (tools, signal, url) =>
        webhookSms.create({ settings: { url }, credentials: { secret } }, tools).send(sms, signal);
      return { server, send };
    },
  },
};

describe.each(Object.entries(cases))('%s', (_name, { start, needsNoBody }) => {
  let server: VendorServer;
  let send: Send;
  beforeAll(async () => {
    ({ server, send } = await start());
  });
  afterAll(() => server.close());

  async function attempt(baseUrl = server.origin, signal = AbortSignal.timeout(10_000), timeoutMs = 10_000) {
    const http = createOutboundClient({ allow: [server.origin, new URL(baseUrl).origin], timeoutMs });
    return send({ http, clock }, signal, baseUrl).catch((error: unknown) => error);
  }

  it('S-93 is a hand-over only once it was accepted', async () => {
    expect(await attempt()).not.toBeInstanceOf(Error);
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    [429, 'retry'],
    [500, 'retry'],
    [502, 'retry'],
    [503, 'retry'],
    [504, 'unknown'],
    [401, 'configuration'],
    [403, 'configuration'],
    [307, 'configuration'],
    [400, 'final'],
  ])('S-93 a %i with a page of somebody in between is %s', async (status, kind) => {
    server.misbehave({
      answer: {
        status,
        headers: { location: 'https://evil.example/', 'retry-after': '17' },
        body: '<html>canary',
      },
    });
    const error = await attempt();
    expect(error).toBeInstanceOf(DeliveryError);
    expect(error).toMatchObject({ kind, code: `http_${status}`, retryAfterSeconds: 17 });
    expect(String(error)).not.toContain('canary');
  });

  it.runIf(!needsNoBody)('S-93 an acceptance nobody can read may be one', async () => {
    for (const body of ['', '<html>', '{}', '[]', 'null', '{"sid":7,"uuid":"","id":[],"messages":[]}']) {
      server.misbehave({ answer: { status: 200, body } });
      expect(await attempt(), body).toMatchObject({ kind: 'unknown', code: 'unreadable_answer' });
    }
  });

  it('S-93 a connection that breaks after the request leaves open what happened', async () => {
    for (const how of ['reset', 'takeThenReset', 'endless'] as const) {
      server.misbehave(how);
      expect(await attempt(), how).toMatchObject({ kind: 'unknown' });
    }
  });

  it('S-93 so does an answer that doesn’t come in time', async () => {
    server.misbehave({ late: 2500 });
    const attempted = attempt(server.origin, AbortSignal.timeout(10_000), 1000);
    expect(await attempted).toMatchObject({ kind: 'unknown', code: 'timeout' });
  });

  it('S-93 so does a caller who gives up', async () => {
    server.misbehave({ late: 2500 });
    const giveUp = new AbortController();
    const before = server.requests.length;
    const attempted = attempt(server.origin, giveUp.signal);
    // Before, nothing would have been handed over.
    await expect.poll(() => server.requests.length, { interval: 10 }).toBe(before + 1);
    giveUp.abort();
    expect(await attempted).toMatchObject({ kind: 'unknown' });
  });

  it('S-93 a server that can’t be reached has taken nothing', async () => {
    expect(await attempt('https://localhost:1')).toMatchObject({ kind: 'retry', code: 'ECONNREFUSED' });
  });

  it('S-92 goes out through the guard', async () => {
    const http = createOutboundClient();
    const error = await send({ http, clock }, AbortSignal.timeout(1000), server.origin).catch((e) => e);
    expect(error).toMatchObject({ kind: 'configuration', code: 'private_address' });
  });
});
