import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { OutboundError } from './outboundError.ts';
import type { OutboundGuard } from './outboundGuard.ts';

/** Finds every address of a name. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

export const systemResolve: Resolve = (hostname) => lookup(hostname, { all: true });

/**
 * A look-up for one connection. The name is resolved once, every address of it is checked, and the connection
 * goes to one of exactly these: a name that changes its mind (DNS rebinding) gains nothing. One address that
 * isn't permitted spoils the name.
 */
export function guardedLookup(guard: OutboundGuard, url: URL, resolve: Resolve): LookupFunction {
  async function permitted(hostname: string): Promise<[LookupAddress, ...LookupAddress[]]> {
    const [first, ...others] = await resolve(hostname);
    if (!first) throw new OutboundError('unsent', 'ENOTFOUND');
    const addresses = [first, ...others] as const;
    if (addresses.every(({ address }) => guard.permits(url, address))) return [...addresses];
    throw new OutboundError('refused', 'private_address');
  }

  return (hostname, { all }, callback) => {
    permitted(hostname).then(
      ([first, ...others]) => {
        if (all) callback(null, [first, ...others]);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };
}
