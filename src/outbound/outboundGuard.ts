import { isIP } from 'node:net';
import { matcherOf, parseNetwork } from '../config/networkAddress.ts';
import { OutboundError } from './outboundError.ts';
import { isPublicAddress } from './publicAddress.ts';

export interface OutboundPermissions {
  /**
   * What may be reached beyond the public Internet, as the setting `outboundAllow` has it: networks, and
   * origins, whose host may have any address and, where they begin with http:, be spoken to without TLS.
   */
  allow?: readonly string[];
  /** Permits plain http, and this machine's own loopback addresses. */
  isDevelopment?: boolean;
}

/** Judges where a request may go (S-92). */
export interface OutboundGuard {
  /** @throws OutboundError `refused` unless the URL's form, scheme and, where it holds an address, that address may be used. */
  checkUrl(url: URL): void;
  /** Whether a connection to this address may be made for the URL. */
  permits(url: URL, address: string): boolean;
}

const loopback = ['127.0.0.0/8', '::1'];

/** @param permissions entries of `allow` that are neither network nor origin permit nothing. */
export function createOutboundGuard({
  allow = [],
  isDevelopment = false,
}: OutboundPermissions): OutboundGuard {
  const networks = allow.filter((entry) => parseNetwork(entry) !== undefined);
  const isAllowed = matcherOf(isDevelopment ? [...networks, ...loopback] : networks);
  const origins = new Set(allow.map((entry) => URL.parse(entry)?.origin));

  function permits(url: URL, address: string): boolean {
    return isPublicAddress(address) || isAllowed(address) || origins.has(url.origin);
  }

  return {
    permits,
    checkUrl(url) {
      const isSecure = url.protocol === 'https:';
      const mayBeClear = url.protocol === 'http:' && (isDevelopment || origins.has(url.origin));
      if (!isSecure && !mayBeClear) throw new OutboundError('refused', 'not_https');
      if (url.username !== '' || url.password !== '')
        throw new OutboundError('refused', 'credentials_in_url');
      const host = url.hostname.replace(/^\[|\]$/g, '');
      // Node asks no resolver for a literal address, so the look-up below would never see it.
      if (isIP(host) !== 0 && !permits(url, host)) throw new OutboundError('refused', 'private_address');
    },
  };
}
