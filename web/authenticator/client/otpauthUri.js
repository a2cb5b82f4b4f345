import { readBase32 } from './base32.js';
import { cleanText } from './cleanText.js';

/**
 * A link by which this device is set up at a server. `ticket` counts once, for a few minutes.
 * @typedef {{ kind: 'device', baseUrl: string, ticket: string, issuer: string, account: string }} DeviceLink
 */
/**
 * A link that holds the secret of one-time codes, and nothing else.
 * @typedef {{ kind: 'codes', issuer: string, account: string, secret: Uint8Array<ArrayBuffer> } & CodeParameters} CodesLink
 */
/** @typedef {{ algorithm: 'SHA1' | 'SHA256' | 'SHA512', digits: number, periodSeconds: number }} CodeParameters */
/** @typedef {'not-a-link' | 'unsupported' | 'insecure-server'} LinkFault */

const longest = 4000;
const algorithms = /** @type {const} */ ({ SHA1: 'SHA1', SHA256: 'SHA256', SHA512: 'SHA512' });
const hostsOfThisMachine = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Reads the address that a QR code holds, or a link to this app that carries one. Where it is both a ticket
 * and a secret, the ticket counts: the server answers it with the secret.
 * @param {string} text
 * @returns {DeviceLink | CodesLink | LinkFault}
 */
export function readOtpauthUri(text) {
  const uri = unwrap(text.trim());
  // By hand: not every browser reads the host of a scheme that it doesn't know.
  const parts = /^otpauth:\/\/([a-z]+)\/([^?#]*)(?:\?([^#]*))?/i.exec(uri);
  if (!parts || uri.length > longest) return 'not-a-link';
  const [, type = '', label = '', query = ''] = parts;
  if (type.toLowerCase() !== 'totp') return 'unsupported';
  const parameters = new URLSearchParams(query);
  const names = namesOf(decode(label), parameters.get('issuer') ?? '');
  const ticket = parameters.get('enrollment_tx_id');
  return ticket === null ? codesLink(names, parameters) : deviceLink(names, ticket, parameters);
}

/**
 * The address of a server's Guardian API as it is kept and compared: no slash at the end. Undefined when it
 * is none, or when others could listen on the way there.
 * @param {string} text
 */
export function readBaseUrl(text) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.username || url.password || url.search || url.hash) return undefined;
  const isPrivate = url.protocol === 'http:' && hostsOfThisMachine.includes(url.hostname);
  if (url.protocol !== 'https:' && !isPrivate) return undefined;
  return url.href.replace(/\/+$/, '');
}

/** @param {string} text */
function unwrap(text) {
  const carried = /^https?:\/\/[^#]*#add=(.+)$/i.exec(text)?.[1];
  return carried === undefined ? text : decode(carried);
}

/** @param {string} text percent-encoded, perhaps badly */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * @param {string} label `Issuer:account`, or one of both
 * @param {string} issuer
 */
function namesOf(label, issuer) {
  const colon = label.indexOf(':');
  const before = colon < 0 ? '' : label.slice(0, colon);
  const after = colon < 0 ? label : label.slice(colon + 1);
  const name = cleanText(issuer) || cleanText(before);
  const account = cleanText(after);
  // A label without a colon is the account to most, and the issuer to Guardian.
  return { issuer: name || account, account: account === name ? '' : account };
}

/**
 * @param {{ issuer: string, account: string }} names
 * @param {string} ticket
 * @param {URLSearchParams} parameters
 * @returns {DeviceLink | LinkFault}
 */
function deviceLink(names, ticket, parameters) {
  if (!/^[\w.~-]{1,512}$/.test(ticket)) return 'not-a-link';
  const address = parameters.get('base_url');
  if (address === null) return 'unsupported';
  const baseUrl = readBaseUrl(address);
  return baseUrl ? { kind: 'device', baseUrl, ticket, ...names } : 'insecure-server';
}

/**
 * @param {{ issuer: string, account: string }} names
 * @param {URLSearchParams} parameters
 * @returns {CodesLink | LinkFault}
 */
function codesLink(names, parameters) {
  const secret = readBase32(parameters.get('secret') ?? '');
  if (!secret) return 'not-a-link';
  const found = readCodeParameters({
    algorithm: parameters.get('algorithm') ?? 'SHA1',
    digits: Number(parameters.get('digits') ?? 6),
    period: Number(parameters.get('period') ?? 30),
  });
  return found ? { kind: 'codes', ...names, secret, ...found } : 'unsupported';
}

/**
 * Parameters of RFC 6238 as links and servers name them; undefined when this app can't follow them.
 * @param {{ algorithm: unknown, digits: unknown, period: unknown }} parameters
 * @returns {CodeParameters | undefined}
 */
export function readCodeParameters({ algorithm, digits, period }) {
  const name = String(algorithm).toUpperCase().replace('-', '');
  if (!Object.hasOwn(algorithms, name)) return undefined;
  const known = algorithms[/** @type {keyof typeof algorithms} */ (name)];
  if (!isBetween(digits, 6, 8) || !isBetween(period, 10, 120)) return undefined;
  return { algorithm: known, digits: Number(digits), periodSeconds: Number(period) };
}

/** @param {unknown} value @param {number} least @param {number} most */
function isBetween(value, least, most) {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}
