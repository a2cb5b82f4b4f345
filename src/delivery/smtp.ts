import { createTransport } from 'nodemailer';
import type { Mail, MailTransport } from './transport.ts';
import { UndeliverableError } from './transport.ts';

export interface SmtpSettings {
  /**
   * `smtp://user:password@host:587` (STARTTLS demanded) or `smtps://user:password@host:465` (TLS from the
   * start). `?tls=off` sends in the clear: for a server on the same machine or a trusted network only.
   */
  url: string;
  /** The sender: an address, or a name and an address as in `Example <login@example.com>`. */
  from: string;
}

/** The SMTP settings can't be used; the message names what was expected and never repeats the password. */
export class SmtpSettingsError extends Error {
  override name = 'SmtpSettingsError';
}

/** Answers of the receiver that another try won't change; a refused login may be mended by the operator. */
const finalCommands: ReadonlySet<unknown> = new Set(['RCPT TO', 'DATA']);

/**
 * Sends through an SMTP server, over a few connections that are kept open.
 *
 * @throws SmtpSettingsError
 */
export function createSmtpTransport(settings: SmtpSettings): MailTransport {
  const from = senderOf(settings);
  const mailer = createTransport({ ...connectionOf(settings.url), pool: true as const, maxConnections: 3 });
  return {
    keepsContent: false,
    async send(mail, signal) {
      try {
        await mailer.sendMail({ ...messageOf(mail, from), signal });
      } catch (error) {
        throw isFinal(error) ? new UndeliverableError('refused by the receiver', { cause: error }) : error;
      }
    },
    close: () => mailer.close(),
  };
}

/**
 * Connects and logs in without sending, for `doctor`.
 *
 * @throws the fault as the server or the network reported it, or SmtpSettingsError.
 */
export async function checkSmtp(settings: SmtpSettings): Promise<void> {
  senderOf(settings);
  const mailer = createTransport(connectionOf(settings.url));
  try {
    await mailer.verify();
  } finally {
    mailer.close();
  }
}

function messageOf(mail: Mail, from: { name: string; address: string }) {
  return {
    from,
    // As an object: a text would be parsed as a list of addresses.
    to: { name: '', address: mail.to },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    date: new Date(mail.createdAt),
    messageId: `<${mail.id}@${from.address.split('@')[1]}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function connectionOf(text: string) {
  const url = URL.parse(text);
  if (!url || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '') {
    throw new SmtpSettingsError(
      'The SMTP URL must look like smtp://user:password@host:587 or smtps://host:465.',
    );
  }
  const isClear = url.protocol === 'smtp:' && url.searchParams.get('tls') === 'off';
  const isTlsFromStart = url.protocol === 'smtps:';
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (isTlsFromStart ? 465 : 587) : Number(url.port),
    secure: isTlsFromStart,
    // Without this a man in the middle strips the offer of STARTTLS and reads every link.
    requireTLS: !isTlsFromStart && !isClear,
    ignoreTLS: isClear,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    ...(url.username !== '' && {
      auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    }),
  };
}

function senderOf({ from }: SmtpSettings): { name: string; address: string } {
  const [, named, inBrackets, bare] =
    /^(?:([^<>@\r\n]+) <([^\s<>@,;]+@[^\s<>@,;]+)>|([^\s<>@,;]+@[^\s<>@,;]+))$/.exec(from) ?? [];
  const address = inBrackets ?? bare;
  if (address === undefined) {
    throw new SmtpSettingsError(
      'The sender must be an address, or a name and an address: Example <login@example.com>.',
    );
  }
  return { name: named ?? '', address };
}

function isFinal(error: unknown): boolean {
  const { responseCode, command } = error as { responseCode?: unknown; command?: unknown };
  return typeof responseCode === 'number' && responseCode >= 500 && finalCommands.has(command);
}
