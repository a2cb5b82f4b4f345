import { OAuthError } from './oauthError.ts';

const longestValue = 8192;

/**
 * The fields of a token request, as text each. JSON bodies may hold anything else: that is refused, not
 * converted (S-13, S-81). An empty or null member counts as left out (RFC 6749 section 3.1).
 *
 * @throws OAuthError
 */
export function textFields(body: unknown): Record<string, string> {
  if (body === undefined || body === null) return {};
  if (typeof body !== 'object' || Array.isArray(body)) {
    throw new OAuthError(400, 'invalid_request', 'The body must have named parameters.');
  }
  const fields: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(body)) {
    if (value === null || value === '') continue;
    if (typeof value !== 'string') {
      throw new OAuthError(400, 'invalid_request', `Parameter ${shown(name)} must be a string.`);
    }
    if (value.length > longestValue) {
      throw new OAuthError(400, 'invalid_request', `Parameter ${shown(name)} is too long.`);
    }
    fields[name] = value;
  }
  return fields;
}

/** A client's own words in an answer to it: short, and printable ASCII only. */
function shown(name: string): string {
  return name.slice(0, 60).replace(/[^\x21-\x7e]/g, '?');
}
