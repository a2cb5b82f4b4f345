/** The names the development certificate is for: all of them are this machine. */
export const localNames = { host: 'localhost', ipv4: '127.0.0.1', ipv6: '::1' } as const;

const tag = { sequence: 0x30, permittedSubtrees: 0xa0, dnsName: 0x82, ipAddress: 0x87 } as const;

/**
 * DER value of a name constraints extension (RFC 5280, section 4.2.1.10) that lets an authority vouch
 * for this machine alone: whoever steals its key can't pose as any other site to a browser that trusts
 * it.
 */
export function encodeNameConstraints(): Buffer {
  const loopback4 = Buffer.from([127, 0, 0, 1, 255, 255, 255, 255]);
  const loopback6 = Buffer.concat([Buffer.alloc(15), Buffer.from([1]), Buffer.alloc(16, 255)]);
  const subtrees = [
    encode(tag.dnsName, Buffer.from(localNames.host, 'ascii')),
    encode(tag.ipAddress, loopback4),
    encode(tag.ipAddress, loopback6),
  ].map((name) => encode(tag.sequence, name));
  return encode(tag.sequence, encode(tag.permittedSubtrees, Buffer.concat(subtrees)));
}

/** Tag, length, value; every value here is shorter than 128 bytes. */
function encode(type: number, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([type, value.length]), value]);
}
