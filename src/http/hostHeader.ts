import type { IncomingMessage } from 'node:http';
import { RequestError } from './requestError.ts';

const wellFormed = /^(?:[a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;
const thisMachine: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Makes the configured public address the only one a handler can find: Host and X-Forwarded-Proto are
 * replaced by it, the other forwarding headers dropped, so that no link, issuer or cookie can follow
 * what a client claims (S-85).
 *
 * @throws RequestError on a Host that is malformed or there twice (RFC 9112 section 3.2); in development also on one that is neither the
 * public host nor this machine, so that a web page elsewhere can't point its own name at the outbox
 * (DNS rebinding).
 */
export function pinPublicHost(
  { headers, rawHeaders }: Pick<IncomingMessage, 'headers' | 'rawHeaders'>,
  publicUrl: URL,
  isDevelopment: boolean,
): void {
  const host = headers.host ?? '';
  if (!wellFormed.test(host)) throw new RequestError('The Host header is malformed.');
  if (hasTwoHosts(rawHeaders)) throw new RequestError('The Host header is there more than once.');
  if (isDevelopment && host !== publicUrl.host && !thisMachine.has(host.replace(/:\d+$/, '').toLowerCase())) {
    throw new RequestError(
      'The Host header names another server; the setting publicUrl says which one this is.',
      421,
    );
  }
  headers.host = publicUrl.host;
  headers['x-forwarded-proto'] = publicUrl.protocol.slice(0, -1);
  delete headers['x-forwarded-host'];
  delete headers.forwarded;
}

/** Node keeps the first and says nothing of the others. `raw` has names and values in turn. */
function hasTwoHosts(raw: readonly string[]): boolean {
  let hosts = 0;
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at];
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts > 1;
}
