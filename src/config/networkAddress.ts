import { BlockList, isIP, SocketAddress } from 'node:net';

const mappedPrefix = '::ffff:';
const bitsOf = { 4: 32, 6: 128 } as const;

/**
 * An IP address in its one canonical spelling: IPv6 compressed and lower case without a zone,
 * IPv4-mapped IPv6 as IPv4.
 *
 * @returns undefined when the text is no IP address. No name is resolved.
 */
export function parseAddress(text: string): string | undefined {
  const version = isIP(text);
  if (version === 0) return undefined;
  if (version === 4) return text;
  const { address } = new SocketAddress({ address: text, family: 'ipv6' });
  const mapped = address.startsWith(mappedPrefix) ? address.slice(mappedPrefix.length) : '';
  return isIP(mapped) === 4 ? mapped : address;
}

/**
 * What limits per address count under: an IPv4 address itself, an IPv6 address by its /64, since one
 * subscriber owns that many and could take a fresh one for each guess (S-22).
 *
 * @param address canonical, as `parseAddress` gives it.
 */
export function addressBudgetKey(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail = ''] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const zeros = address.includes('::') ? Array(8 - left.length - groupCount(right)).fill('0') : [];
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`;
}

/** A dotted IPv4 tail stands for two groups. */
function groupCount(groups: readonly string[]): number {
  return groups.reduce((count, group) => count + (group.includes('.') ? 2 : 1), 0);
}

/** A network as address and prefix length, `10.0.0.0/8`; a single address is a network of its own. */
export interface Network {
  address: string;
  prefix: number;
  version: 4 | 6;
}

/** @returns undefined when the text is neither an address nor an address with a prefix length. */
export function parseNetwork(text: string): Network | undefined {
  const [host = '', length, ...rest] = text.split('/');
  const address = parseAddress(host);
  if (address === undefined || rest.length > 0) return undefined;
  const version = isIP(address) as 4 | 6;
  if (length === undefined) return { address, prefix: bitsOf[version], version };
  // A prefix written for the mapped form would mean another network than the one that is left.
  if (isIP(host) !== version || !/^\d{1,3}$/.test(length)) return undefined;
  const prefix = Number(length);
  return prefix <= bitsOf[version] ? { address, prefix, version } : undefined;
}

/** Tells whether a canonical address lies in one of the networks. */
export type AddressMatcher = (address: string) => boolean;

/** @param networks texts that `parseNetwork` accepts. */
export function matcherOf(networks: readonly string[]): AddressMatcher {
  const list = new BlockList();
  for (const text of networks) {
    const network = parseNetwork(text);
    if (!network) throw new TypeError(`${text} is no network.`);
    list.addSubnet(network.address, network.prefix, network.version === 4 ? 'ipv4' : 'ipv6');
  }
  return (address) => list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
}
