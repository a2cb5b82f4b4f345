import { createPublicKey, type JsonWebKey } from 'node:crypto';

/** A public key in its one form: canonical base64url, no leading zero octets in an RSA modulus. */
export type DeviceKey =
  | { readonly kty: 'RSA'; readonly n: string; readonly e: string }
  | { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string };

const leastModulusBits = 2048;
const mostModulusBits = 4096;
const coordinateBytes = 32;
/** 65537, which every device takes; other exponents are somebody's experiment. */
const exponent = 'AQAB';
/** RFC 7518 §6.2.2, §6.3.2 and §6.4.1. */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** The only algorithm that signatures by this key count with (S-51). */
export function algorithmOf({ kty }: DeviceKey): 'RS256' | 'ES256' {
  return kty === 'RSA' ? 'RS256' : 'ES256';
}

/**
 * Reads a public JWK: RSA of 2048 to 4096 bits for RS256, or P-256 for ES256. Undefined for anything else, and
 * for one that brings its private half along. Auth0's libraries write a modulus with a leading zero octet, which
 * RFC 7518 §6.3.1.1 forbids; it is dropped.
 */
export function readDeviceKey(input: unknown): DeviceKey | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  const jwk = input as Readonly<Record<string, unknown>>;
  if (privateMembers.some((member) => Object.hasOwn(jwk, member))) return undefined;
  if (jwk.use !== undefined && jwk.use !== 'sig') return undefined;
  if (jwk.kty === 'RSA' && jwk.alg === 'RS256') return readRsa(jwk);
  if (jwk.kty === 'EC' && jwk.alg === 'ES256' && jwk.crv === 'P-256') return readEc(jwk);
  return undefined;
}

/** Whether two keys are one. */
export function isSameKey(a: DeviceKey, b: DeviceKey): boolean {
  if (a.kty === 'RSA') return b.kty === 'RSA' && a.n === b.n && a.e === b.e;
  return b.kty === 'EC' && a.x === b.x && a.y === b.y;
}

function readRsa({ n, e }: Readonly<Record<string, unknown>>): DeviceKey | undefined {
  const written = bytesOf(n, mostModulusBits / 8 + 1);
  if (!written || e !== exponent) return undefined;
  const start = written.findIndex((octet) => octet !== 0);
  const modulus = written.subarray(Math.max(0, start));
  const bits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
  const isOdd = ((modulus.at(-1) ?? 0) & 1) === 1;
  if (bits < leastModulusBits || bits > mostModulusBits || !isOdd) return undefined;
  return { kty: 'RSA', n: modulus.toString('base64url'), e };
}

function readEc({ x, y }: Readonly<Record<string, unknown>>): DeviceKey | undefined {
  const coordinates = [x, y].map((value) => bytesOf(value, coordinateBytes));
  if (coordinates.some((bytes) => bytes?.length !== coordinateBytes)) return undefined;
  const key = { kty: 'EC', crv: 'P-256', x: x as string, y: y as string } as const;
  return isOnCurve(key) ? key : undefined;
}

/** The octets of canonical base64url text, at most so many. */
function bytesOf(text: unknown, most: number): Buffer | undefined {
  if (typeof text !== 'string' || text.length > Math.ceil((most * 4) / 3)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length > 0 && bytes.toString('base64url') === text ? bytes : undefined;
}

function isOnCurve(key: JsonWebKey): boolean {
  try {
    createPublicKey({ key, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
}
