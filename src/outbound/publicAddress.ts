import { isIP } from 'node:net';
import { matcherOf, parseAddress } from '../config/networkAddress.ts';

/** IPv4 that is not the public Internet: IANA's special-purpose registry, multicast, and Azure's host agent. */
const isSpecialIpv4 = matcherOf([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
]);

const isGlobalUnicast = matcherOf(['2000::/3']);

/** Parts of the global unicast range that lead elsewhere: protocol assignments with Teredo, examples, 6to4. */
const isSpecialIpv6 = matcherOf(['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']);

const nat64Prefix = '64:ff9b::';
const isNat64 = matcherOf([`${nat64Prefix}/96`]);

/**
 * Whether an address belongs to the public Internet. IPv6 that carries an IPv4 address (mapped, NAT64) is
 * judged by that address, so that no spelling of 127.0.0.1 or of a cloud's metadata service passes.
 *
 * @param text an IP address in any spelling; anything else is not public.
 */
export function isPublicAddress(text: string): boolean {
  const address = parseAddress(text);
  if (address === undefined) return false;
  if (isIP(address) === 4) return !isSpecialIpv4(address);
  if (isNat64(address)) return !isSpecialIpv4(lastFourBytes(address));
  return isGlobalUnicast(address) && !isSpecialIpv6(address);
}

/** `64:ff9b::7f00:1` → `127.0.0.1`. The canonical spelling may leave the upper group out. */
function lastFourBytes(address: string): string {
  const tail = address.slice(nat64Prefix.length);
  if (isIP(tail) === 4) return tail;
  const [low = '0', high = '0'] = tail.split(':').reverse();
  const [upper, lower] = [Number.parseInt(high || '0', 16), Number.parseInt(low || '0', 16)];
  return [upper >> 8, upper & 255, lower >> 8, lower & 255].join('.');
}
