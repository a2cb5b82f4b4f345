import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/**
 * Lets `fetch` and every SDK in this process trust a certificate authority, as NODE_EXTRA_CA_CERTS does for
 * a process that starts.
 */
export function trustAuthority(caFile: string): void {
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(caFile, 'utf8')]);
}
