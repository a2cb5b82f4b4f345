/** Credentials of a client as they came with a request, not yet believed. */
export type PresentedCredentials =
  | { method: 'none'; clientId: string }
  | { method: 'client_secret'; clientId: string; clientSecret: string }
  | { method: 'private_key_jwt'; clientId?: string; assertion: string };

/** Why a request's credentials can't be read. */
export type CredentialsProblem = 'missing' | 'malformed' | 'several';

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const printable = /^[\x20-\x7E]+$/;

/**
 * Reads client credentials from a parsed body and the `Authorization` header: Basic (RFC 6749 section
 * 2.3.1), `client_secret`, `client_assertion` (RFC 7523), or the `client_id` alone. A header of another
 * scheme is ignored: some clients send their `mfa_token` as Bearer along.
 */
export function readCredentials(
  authorization: string | undefined,
  body: Readonly<Record<string, unknown>>,
): PresentedCredentials | CredentialsProblem {
  const basic = authorization !== undefined && /^basic /i.test(authorization) ? authorization : undefined;
  const { client_id: clientId, client_secret: clientSecret, client_assertion: assertion } = body;
  for (const value of [clientId, clientSecret, assertion]) {
    if (value !== undefined && (typeof value !== 'string' || !printable.test(value))) return 'malformed';
  }
  const id = clientId as string | undefined;
  if ([basic, clientSecret, assertion].filter((value) => value !== undefined).length > 1) return 'several';
  if (basic !== undefined) return readBasic(basic, id);
  if (assertion !== undefined) {
    if (body.client_assertion_type !== assertionType) return 'malformed';
    return {
      method: 'private_key_jwt',
      assertion: assertion as string,
      ...(id === undefined ? {} : { clientId: id }),
    };
  }
  if (id === undefined) return 'missing';
  return clientSecret === undefined
    ? { method: 'none', clientId: id }
    : { method: 'client_secret', clientId: id, clientSecret: clientSecret as string };
}

function readBasic(header: string, bodyId: string | undefined): PresentedCredentials | CredentialsProblem {
  const encoded = header.slice('basic '.length).trim();
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return 'malformed';
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) return 'malformed';
  const clientId = decodeForm(text.slice(0, colon));
  const clientSecret = decodeForm(text.slice(colon + 1));
  if (clientId === undefined || !clientSecret) return 'malformed';
  if (bodyId !== undefined && bodyId !== clientId) return 'malformed';
  return { method: 'client_secret', clientId, clientSecret };
}

/** Both halves of Basic credentials are form-encoded first. */
function decodeForm(text: string): string | undefined {
  try {
    const decoded = decodeURIComponent(text.replaceAll('+', ' '));
    return printable.test(decoded) ? decoded : undefined;
  } catch {
    return undefined;
  }
}
