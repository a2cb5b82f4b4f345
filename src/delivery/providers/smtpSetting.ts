import type { Mail } from '../channel.ts';
import { senderOf } from '../senderOf.ts';
import type { KeptProvider } from './provider.ts';
import { createSmtpProvider, type SmtpServer } from './smtpProvider.ts';

/** The SMTP settings can't be used; the message names what was expected and never repeats the password. */
export class SmtpSettingsError extends Error {
  override name = 'SmtpSettingsError';
}

/**
 * The mail server of the settings `smtpUrl` and `mailFrom`.
 *
 * @param setting.url `smtp://user:password@host:587` (STARTTLS demanded) or `smtps://user:password@host:465`
 *   (TLS from the start). `?tls=off` sends in the clear: for a server on the same machine or a trusted network.
 * @param setting.from an address, or a name and an address as in `Example <login@example.com>`.
 * @throws SmtpSettingsError
 */
export function createSmtpFromSetting({ url, from }: { url: string; from: string }): KeptProvider<Mail> {
  const sender = senderOf(from);
  if (!sender) {
    throw new SmtpSettingsError(
      'The sender must be an address, or a name and an address: Example <login@example.com>.',
    );
  }
  return createSmtpProvider(parseSmtpUrl(url), sender);
}

function parseSmtpUrl(text: string): SmtpServer {
  const url = URL.parse(text);
  if (!url || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '') {
    throw new SmtpSettingsError(
      'The SMTP URL must look like smtp://user:password@host:587 or smtps://host:465.',
    );
  }
  const isTlsFromStart = url.protocol === 'smtps:';
  const isClear = !isTlsFromStart && url.searchParams.get('tls') === 'off';
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (isTlsFromStart ? 465 : 587) : Number(url.port),
    security: isTlsFromStart ? 'tls' : isClear ? 'none' : 'starttls',
    ...(url.username !== '' && {
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
    }),
  };
}
