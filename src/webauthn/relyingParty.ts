import { isIP } from 'node:net';
import { getPublicSuffix } from 'tldts';

/** Whom credentials are made for and shown to. */
export interface RelyingParty {
  /** A domain without port, e.g. `example.com`; credentials are bound to it for good. */
  id: string;
  /** Shown by some browsers. */
  name: string;
  /** The only origin whose ceremonies count, compared exactly, e.g. `https://login.example.com`. */
  origin: string;
}

/**
 * Why `id` can't be the relying party of pages at `host` (no port), or undefined. It has to be the host
 * itself or a suffix of it that somebody can register: `example.com` for `login.example.com`, never `com`
 * nor `github.io`. An IP address and `localhost` have no suffix. WebAuthn Level 3 §5.1.3, by the public
 * suffix list.
 */
export function relyingPartyIdFault(id: string, host: string): 'not_a_suffix' | 'public_suffix' | undefined {
  if (id === host) return undefined;
  if (id === '' || isIP(host) !== 0 || !host.endsWith(`.${id}`)) return 'not_a_suffix';
  const publicSuffix = getPublicSuffix(host, { allowPrivateDomains: true, extractHostname: false });
  const isRegistrable = publicSuffix !== null && id.endsWith(`.${publicSuffix}`);
  return isRegistrable ? undefined : 'public_suffix';
}
