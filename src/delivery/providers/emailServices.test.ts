import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MailgunSimulator, startMailgun } from '../../../test/support/simulators/mailgun.ts';
import { type SendgridSimulator, startSendgrid } from '../../../test/support/simulators/sendgrid.ts';
import { createOutboundClient } from '../../outbound/createOutboundClient.ts';
import type { Mail } from '../channel.ts';
import { mailgun } from './mailgun.ts';
import { sendgrid } from './sendgrid.ts';

const clock = () => Date.UTC(2026, 0, 15, 12);
const signal = new AbortController().signal;
const mail: Mail = {
  id: 'msg_1',
  to: 'ann@example.com',
  subject: 'Grüße\r\nBcc: bob@example.com',
  text: 'Guten Tag & = + %',
  html: '<p>Guten Tag</p>',
  createdAt: clock(),
};

describe('SendGrid', () => {
  let server: SendgridSimulator;
  beforeAll(async () => {
    server = await startSendgrid();
  });
  afterAll(() => server.close());

  const provider = (from = 'Acme Login <login@acme.example>', apiKey: string = server.account.apiKey) =>
    sendgrid.create(
      { settings: { from, baseUrl: server.origin }, credentials: { apiKey } },
      { http: createOutboundClient({ allow: [server.origin] }), clock },
    );

  it('hands a mail over in both forms, without tracking', async () => {
    const handOver = await provider().send(mail, signal);
    expect(handOver.providerMessageId).toMatch(/^[0-9a-f]{22}$/);
    expect(server.mails.at(-1)).toMatchObject({
      personalizations: [{ to: [{ email: 'ann@example.com' }] }],
      from: { email: 'login@acme.example', name: 'Acme Login' },
      subject: mail.subject,
      content: [{ value: mail.text }, { value: mail.html }],
      headers: { 'Auto-Submitted': 'auto-generated' },
      tracking_settings: { click_tracking: { enable: false }, open_tracking: { enable: false } },
    });
  });

  it('a message of another sender has that one', async () => {
    await provider().send({ ...mail, from: 'Acme Codes <login@acme.example>' }, signal);
    expect(server.mails.at(-1)?.from).toEqual({ email: 'login@acme.example', name: 'Acme Codes' });
  });

  it('a sender without a name has none', async () => {
    await provider('login@acme.example').send(mail, signal);
    expect(server.mails.at(-1)?.from).toEqual({ email: 'login@acme.example' });
  });

  it('tells a wrong key and sender from a wrong recipient', async () => {
    await expect(provider(undefined, 'SG.wrong').send(mail, signal)).rejects.toMatchObject({
      kind: 'configuration',
      code: 'http_401',
    });
    await expect(provider('other@acme.example').send(mail, signal)).rejects.toMatchObject({
      kind: 'configuration',
      code: 'http_403',
    });
    await expect(provider().send({ ...mail, to: 'ann' }, signal)).rejects.toMatchObject({
      kind: 'final',
      code: 'http_400',
    });
  });

  it('can’t be set up with several senders', () => {
    expect(() => provider('a@acme.example, b@acme.example')).toThrow('sender');
  });
});

describe('Mailgun', () => {
  let server: MailgunSimulator;
  beforeAll(async () => {
    server = await startMailgun();
  });
  afterAll(() => server.close());

  const provider = (domain: string = server.account.domain, apiKey: string = server.account.apiKey) =>
    mailgun.create(
      {
        settings: { domain, from: 'Acme <login@acme.example>', baseUrl: server.origin },
        credentials: { apiKey },
      },
      { http: createOutboundClient({ allow: [server.origin] }), clock },
    );

  it('hands a mail over in both forms, without tracking', async () => {
    const handOver = await provider().send(mail, signal);
    expect(handOver.providerMessageId).toMatch(/@mg\.acme\.example>$/);
    expect(server.mails.at(-1)).toEqual({
      from: 'Acme <login@acme.example>',
      to: 'ann@example.com',
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      'h:Auto-Submitted': 'auto-generated',
      'o:tracking': 'no',
    });
  });

  it('a message of another sender has that one', async () => {
    await provider().send({ ...mail, from: 'codes@acme.example' }, signal);
    expect(server.mails.at(-1)?.from).toBe('codes@acme.example');
  });

  it('S-95 a name of the sender stays a name', async () => {
    await provider().send({ ...mail, from: 'Acme, Inc. <codes@acme.example>' }, signal);
    expect(server.mails.at(-1)?.from).toBe('"Acme, Inc." <codes@acme.example>');
  });

  it('S-95 a sender that is none is the provider’s', async () => {
    await provider().send({ ...mail, from: 'A\r\nBcc: b <codes@acme.example>' }, signal);
    expect(server.mails.at(-1)?.from).toBe('Acme <login@acme.example>');
  });

  it('tells a wrong key and domain from a wrong recipient', async () => {
    await expect(provider(undefined, 'key-wrong').send(mail, signal)).rejects.toMatchObject({
      kind: 'configuration',
      code: 'http_401',
    });
    await expect(provider('other.example').send(mail, signal)).rejects.toMatchObject({
      kind: 'configuration',
      code: 'http_404',
    });
    await expect(provider().send({ ...mail, to: 'ann, bob' }, signal)).rejects.toMatchObject({
      kind: 'final',
      code: 'http_400',
    });
  });
});
