import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

const ownAuthorities = getCACertificates('default');

/**
 * Lets `fetch` and every SDK in this process trust a certificate authority, as NODE_EXTRA_CA_CERTS does for
 * a process that starts. It takes the place of the one trusted before: the authorities of two servers share
 * a name, and the wrong one of two would be tried.
 */
export function trustAuthority(caFile: string): void {
  setDefaultCACertificates([...ownAuthorities, readFileSync(caFile, 'utf8')]);
}
