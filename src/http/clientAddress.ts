import { type AddressMatcher, parseAddress } from '../config/networkAddress.ts';

/**
 * Tells the client's address, canonical. Each proxy appends who connected to it, so the list is read
 * from its end, and the first address that is no trusted proxy is the client: whatever stands before
 * it was written by that client and means nothing (S-22).
 *
 * @param peer the address that is connected to the socket.
 * @param forwardedFor the X-Forwarded-For header; ignored unless the peer is a trusted proxy.
 * @returns undefined when a trusted proxy passed on something that is no address; the request is then
 * refused, since no limit could count it.
 */
export function clientAddress(
  peer: string | undefined,
  forwardedFor: string | undefined,
  isTrustedProxy: AddressMatcher,
): string | undefined {
  let address = parseAddress(peer ?? '');
  const hops = forwardedFor === undefined ? [] : forwardedFor.split(',');
  while (address !== undefined && isTrustedProxy(address)) {
    const hop = hops.pop();
    if (hop === undefined) break;
    address = parseAddress(withoutPort(hop.trim()));
  }
  return address;
}

/** Some proxies add the port: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function withoutPort(hop: string): string {
  return hop.match(/^\[([^\]]*)\](?::\d{1,5})?$/)?.[1] ?? hop.match(/^([\d.]+):\d{1,5}$/)?.[1] ?? hop;
}
