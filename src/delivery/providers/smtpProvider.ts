import { createTransport } from 'nodemailer';
import type { Mail } from '../channel.ts';
import { defaultConcurrency } from '../providerStore.ts';
import { type Mailbox, senderOf } from '../senderOf.ts';
import { DeliveryError, type DeliveryErrorKind, type KeptProvider } from './provider.ts';

/** A mail server and how to sign in there. */
export interface SmtpServer {
  host: string;
  port: number;
  /** `starttls` is demanded, not offered; `none` is for a server on the same machine or a trusted network. */
  security: 'starttls' | 'tls' | 'none';
  user?: string | undefined;
  password?: string | undefined;
}

/**
 * Sends through an SMTP server, over connections that are kept open. A message keeps its Message-ID through
 * every try.
 *
 * @param maxConnections as many as messages are handed over at the same time: one that waited for a
 *   connection would use up its time.
 */
export function createSmtpProvider(
  server: SmtpServer,
  sender: Mailbox,
  maxConnections = defaultConcurrency,
): KeptProvider<Mail> {
  const mailer = createTransport({ ...optionsOf(server), pool: true as const, maxConnections });
  return {
    async send(mail, signal) {
      try {
        const { messageId } = await mailer.sendMail({ ...messageOf(mail, sender), signal });
        return { providerMessageId: messageId };
      } catch (error) {
        throw signal.aborted ? new DeliveryError('unknown', 'timeout', { cause: error }) : refusalOf(error);
      }
    },
    /** Connects and signs in on a connection of its own. */
    async check(signal) {
      const single = createTransport(optionsOf(server));
      const end = (): void => single.close();
      signal.addEventListener('abort', end);
      try {
        await single.verify();
      } catch (error) {
        throw refusalOf(error);
      } finally {
        signal.removeEventListener('abort', end);
        single.close();
      }
    },
    close: () => mailer.close(),
  };
}

function messageOf(mail: Mail, standard: Mailbox) {
  const from = (mail.from === undefined ? undefined : senderOf(mail.from)) ?? standard;
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

function optionsOf({ host, port, security, user, password }: SmtpServer) {
  return {
    host,
    port,
    secure: security === 'tls',
    // Without this a man in the middle strips the offer of STARTTLS and reads every link.
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
  };
}

/** Answers with 5xx by the command they were given to; elsewhere another try may help. */
const kindOfCommand: ReadonlyMap<unknown, DeliveryErrorKind> = new Map([
  ['RCPT TO', 'final'],
  ['DATA', 'final'],
  ['MAIL FROM', 'configuration'],
]);

/** Names the fault without the server's own text, which may repeat addresses and links. */
function refusalOf(error: unknown): DeliveryError {
  const { code, responseCode, command } = error as Record<string, unknown>;
  const status = typeof responseCode === 'number' ? `smtp_${responseCode}` : undefined;
  const kind = kindOf(code, responseCode, command);
  return new DeliveryError(kind, status ?? (typeof code === 'string' ? code : 'smtp'), { cause: error });
}

function kindOf(code: unknown, responseCode: unknown, command: unknown): DeliveryErrorKind {
  const isLasting = typeof responseCode === 'number' && responseCode >= 500;
  if (code === 'EAUTH') return isLasting ? 'configuration' : 'retry';
  return (isLasting && kindOfCommand.get(command)) || 'retry';
}
