import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type CertifiedKey,
  generateAuthority,
  generateLocalCertificate,
} from '../../tls/generateCertificate.ts';
import type { Mail } from '../channel.ts';
import { DeliveryError } from './provider.ts';
import { smtp } from './smtp.ts';
import { createSmtpFromSetting, SmtpSettingsError } from './smtpSetting.ts';

const from = 'Acme Login <login@acme.example>';
const mail: Mail = {
  id: 'msg_1',
  to: 'ann@example.com',
  subject: 'Grüße aus dem Büro',
  text: 'Guten Tag\nhttps://login.example.com/u/reset?ticket=abc\n',
  html: '<p>Guten Tag</p>',
  createdAt: Date.UTC(2026, 0, 15, 12),
};
const noSignal = new AbortController().signal;

interface Received {
  envelope: string[];
  message: ParsedMail;
  isSecure: boolean;
}

describe('smtp', () => {
  const received: Received[] = [];
  const closers: (() => void)[] = [];
  const trusted = getCACertificates('default');
  let certificate: CertifiedKey;
  let strangers: CertifiedKey;

  beforeAll(async () => {
    const now = Date.now();
    const authority = await generateAuthority(now);
    certificate = await generateLocalCertificate(authority, 'localhost', now);
    strangers = await generateLocalCertificate(await generateAuthority(now), 'localhost', now);
    setDefaultCACertificates([...trusted, authority.cert]);
  });

  afterAll(() => setDefaultCACertificates(trusted));

  afterEach(() => {
    received.length = 0;
    for (const close of closers.splice(0)) close();
  });

  /** A real SMTP server on a free port; it takes everything unless told otherwise. */
  async function listen(options: SMTPServerOptions = {}): Promise<number> {
    const server = new SMTPServer({
      authOptional: true,
      key: certificate.key,
      cert: certificate.cert,
      onData(stream, session, done) {
        simpleParser(stream).then((message) => {
          const envelope = session.envelope.rcptTo.map(({ address }) => address);
          received.push({ envelope, message, isSecure: session.secure });
          done();
        }, done);
      },
      ...options,
    });
    server.on('error', () => {});
    const listening = server.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    closers.push(() => server.close());
    return (listening.address() as AddressInfo).port;
  }

  function connect(url: string) {
    const transport = createSmtpFromSetting({ url, from });
    closers.push(() => transport.close());
    return transport;
  }

  it('sends one message in both forms to one recipient', async () => {
    const port = await listen();
    await connect(`smtp://127.0.0.1:${port}?tls=off`).send(mail, noSignal);
    expect(received).toHaveLength(1);
    const { envelope, message } = received[0] as Received;
    expect(envelope).toEqual(['ann@example.com']);
    expect(message.from?.value).toEqual([{ name: 'Acme Login', address: 'login@acme.example' }]);
    expect(message.subject).toBe(mail.subject);
    expect(message.text?.trim()).toBe(mail.text.trim());
    expect(message.html).toContain('Guten Tag');
    expect(message.date?.getTime()).toBe(mail.createdAt);
    expect(message.messageId).toBe('<msg_1@acme.example>');
    expect(message.headers.get('auto-submitted')).toBe('auto-generated');
  });

  it('sends a message of another sender from there', async () => {
    const port = await listen();
    const other = { ...mail, from: 'Codes <codes@other.example>' };
    await connect(`smtp://127.0.0.1:${port}?tls=off`).send(other, noSignal);
    expect(received[0]?.message.from?.value).toEqual([{ name: 'Codes', address: 'codes@other.example' }]);
    expect(received[0]?.message.messageId).toBe('<msg_1@other.example>');
  });

  it('opens a connection for each message under way, so that a slow server delays none', async () => {
    const open: (() => void)[] = [];
    const port = await listen({
      onData(stream, _session, done) {
        stream.resume().on('end', () => open.push(done));
      },
    });
    const transport = connect(`smtp://127.0.0.1:${port}?tls=off`);
    const sent = Array.from({ length: 10 }, (_, i) => transport.send({ ...mail, id: `msg_${i}` }, noSignal));
    await expect.poll(() => open).toHaveLength(10);
    for (const done of open) done();
    await Promise.all(sent);
  });

  it('keeps the connection for the next message', async () => {
    let connections = 0;
    const port = await listen({
      onConnect(_session, done) {
        connections += 1;
        done();
      },
    });
    const transport = connect(`smtp://127.0.0.1:${port}?tls=off`);
    await transport.send(mail, noSignal);
    await transport.send({ ...mail, id: 'msg_2' }, noSignal);
    expect(received).toHaveLength(2);
    expect(connections).toBe(1);
  });

  it('logs in with the user and password of the URL', async () => {
    const seen: unknown[] = [];
    const port = await listen({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth({ username, password }, _session, done) {
        seen.push([username, password]);
        done(null, { user: username });
      },
    });
    await connect(`smtp://post%40acme:p%23ss%2Fword@127.0.0.1:${port}?tls=off`).send(mail, noSignal);
    expect(seen).toEqual([['post@acme', 'p#ss/word']]);
  });

  it('demands TLS unless told otherwise: one who strips STARTTLS gets no message', async () => {
    const port = await listen({ disabledCommands: ['STARTTLS'] });
    await expect(connect(`smtp://127.0.0.1:${port}`).send(mail, noSignal)).rejects.toThrow();
    expect(received).toEqual([]);
  });

  it.each(['smtp', 'smtps'])('sends over TLS by %s', async (scheme) => {
    const port = await listen({ secure: scheme === 'smtps' });
    await connect(`${scheme}://localhost:${port}`).send(mail, noSignal);
    expect(received.map(({ isSecure }) => isSecure)).toEqual([true]);
  });

  it('doesn’t trust a certificate that nobody vouches for', async () => {
    const port = await listen({ key: strangers.key, cert: strangers.cert });
    const failure = await connect(`smtp://localhost:${port}`)
      .send(mail, noSignal)
      .catch((error: unknown) => error);
    expect(String((failure as Error).cause)).toMatch(/certificate/i);
    expect(received).toEqual([]);
  });

  const refusing = (hook: 'onRcptTo' | 'onMailFrom' | 'onAuth', responseCode: number) => ({
    ...(hook === 'onAuth' && { authOptional: false, allowInsecureAuth: true }),
    [hook](_what: unknown, _session: unknown, done: (error?: Error) => void) {
      done(Object.assign(new Error('canary ann@example.com'), { responseCode }));
    },
  });

  it.each([
    ['onRcptTo', 550, 'final'],
    ['onRcptTo', 451, 'retry'],
    ['onMailFrom', 553, 'configuration'],
    ['onMailFrom', 421, 'retry'],
    ['onAuth', 535, 'configuration'],
    ['onAuth', 454, 'retry'],
  ] as const)('after %s answered %i the fault is %s', async (hook, status, kind) => {
    const user = hook === 'onAuth' ? 'user:wrong@' : '';
    const provider = connect(`smtp://${user}127.0.0.1:${await listen(refusing(hook, status))}?tls=off`);
    const failure = await provider.send(mail, noSignal).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DeliveryError);
    expect(failure).toMatchObject({ kind, code: `smtp_${status}` });
    expect((failure as Error).message).not.toMatch(/canary/);
  });

  it('S-93 a server that can’t be reached is a fault that may pass', async () => {
    const failure = connect('smtp://127.0.0.1:1?tls=off').send(mail, noSignal);
    await expect(failure).rejects.toMatchObject({ kind: 'retry', code: 'ESOCKET' });
  });

  it('S-93 a try that is ended may have been taken', async () => {
    const port = await listen({ onData: () => {} });
    const failure = connect(`smtp://127.0.0.1:${port}?tls=off`).send(mail, AbortSignal.timeout(300));
    await expect(failure).rejects.toMatchObject({ kind: 'unknown', code: 'timeout' });
  });

  it('a stored provider signs in with its user and password', async () => {
    const seen: unknown[] = [];
    const port = await listen({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth({ username, password }, _session, done) {
        seen.push([username, password]);
        done(null, { user: username });
      },
    });
    const settings = { host: '127.0.0.1', port, security: 'none', user: 'post', from } as const;
    const config = { settings, credentials: { password: 'p#ss/word' } };
    const provider = smtp.create(config, { http: { request: () => expect.fail() }, clock: () => 0 });
    closers.push(() => provider.close?.());
    expect(await provider.send(mail, noSignal)).toEqual({ providerMessageId: '<msg_1@acme.example>' });
    expect(seen).toEqual([['post', 'p#ss/word']]);
  });

  it('S-95 a line end in a subject or name makes no header', async () => {
    const port = await listen();
    const transport = connect(`smtp://127.0.0.1:${port}?tls=off`);
    await transport.send({ ...mail, subject: 'Hello\r\nBcc: bob@example.com\r\n\r\nbody' }, noSignal);
    const { envelope, message } = received[0] as Received;
    expect(envelope).toEqual(['ann@example.com']);
    expect(message.bcc).toBeUndefined();
    expect(message.headers.has('bcc')).toBe(false);
  });

  it('S-95 a recipient with a comma is one address, not two', async () => {
    const port = await listen();
    const transport = connect(`smtp://127.0.0.1:${port}?tls=off`);
    await transport.send({ ...mail, to: 'ann@example.com, bob@example.com' }, noSignal).catch(() => {});
    for (const { envelope } of received) expect(envelope).not.toContain('bob@example.com');
  });

  it('a check connects without sending', async () => {
    const port = await listen();
    await connect(`smtp://127.0.0.1:${port}?tls=off`).check(noSignal);
    expect(received).toEqual([]);
    const failure = await connect('smtp://127.0.0.1:1?tls=off')
      .check(noSignal)
      .catch((error: unknown) => error);
    expect(String((failure as Error).cause)).toMatch(/ECONNREFUSED/);
  });

  it.each([
    ['https://mail.example.com', from],
    ['mail.example.com', from],
    ['smtp://', from],
    ['smtp://mail.example.com', 'nobody'],
    ['smtp://mail.example.com', 'a@example.com, b@example.com'],
    ['smtp://mail.example.com', 'Eve\r\nBcc: x <a@example.com>'],
  ])('names what is wrong with %j from %j', (url, sender) => {
    expect(() => createSmtpFromSetting({ url, from: sender })).toThrow(SmtpSettingsError);
  });

  it('S-105 never repeats the password of the URL', () => {
    const attempt = () => createSmtpFromSetting({ url: 'smtpx://user:canary@mail.example.com', from });
    expect(attempt).toThrow(/smtps:\/\/host/);
    expect(attempt).not.toThrow(/canary/);
  });
});
