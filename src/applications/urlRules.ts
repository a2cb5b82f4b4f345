import type { AppType } from './client.ts';

const longestUrl = 2048;
/** Space, control characters and the backslash, which browsers read as a slash. */
const unsafeCharacter = /[\s\\\p{Cc}]/u;
const scriptSchemes = new Set([
  'javascript:',
  'vbscript:',
  'data:',
  'blob:',
  'file:',
  'about:',
  'view-source:',
]);
const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * What is wrong with a URL that browsers will be sent to, or undefined. It is absolute, without
 * fragment, user name or wildcard, since it is compared character by character (S-68). `http` only for
 * loopback hosts; other schemes only for native applications.
 */
export function redirectUrlProblem(value: string, appType: AppType): string | undefined {
  const common = commonProblem(value);
  if (common) return common;
  const { protocol, hostname } = new URL(value);
  const loopback = appType === 'native' ? loopbackHosts.has(hostname) : isLoopback(hostname);
  if (protocol === 'http:') return loopback ? undefined : 'must use https, or http on a loopback host';
  if (appType !== 'native') {
    return protocol === 'https:'
      ? undefined
      : 'must use https; only native applications may use other schemes';
  }
  return protocol === 'https:' && loopback ? 'must use http on a loopback host' : undefined;
}

/** What is wrong with a browser origin such as `https://app.example.com`, or undefined. */
export function originProblem(value: string): string | undefined {
  const common = commonProblem(value);
  if (common) return common;
  const { protocol, host, origin } = new URL(value);
  const exact = origin === 'null' ? `${protocol}//${host}` : origin;
  return value === exact ? undefined : `must be an origin without a path, such as ${exact}`;
}

/** Whether a host name is this machine (RFC 6761 section 6.3 reserves everything under `localhost`). */
function isLoopback(hostname: string): boolean {
  return loopbackHosts.has(hostname) || hostname.endsWith('.localhost');
}

function commonProblem(value: string): string | undefined {
  if (typeof value !== 'string' || value.length === 0) return 'must be a URL';
  if (value.length > longestUrl) return `must not be longer than ${longestUrl} characters`;
  if (unsafeCharacter.test(value)) return 'must not contain spaces, control characters or backslashes';
  const parsed = URL.parse(value);
  if (!parsed) return 'must be an absolute URL';
  if (value.includes('#')) return 'must not have a fragment';
  if (value.includes('*')) return 'must not contain a wildcard: URLs are compared exactly';
  if (parsed.username || parsed.password) return 'must not contain a user name or password';
  if (scriptSchemes.has(parsed.protocol)) return `must not use the ${parsed.protocol} scheme`;
  return undefined;
}
