import { RequestError } from './requestError.ts';

/**
 * Reads a form-encoded body into texts by name. An empty one is `undefined`.
 *
 * @throws RequestError on a repeated name (RFC 6749, section 3.2: parameters must not be repeated).
 */
export function parseFormBody(text: string): Record<string, string> | undefined {
  if (text === '') return undefined;
  const fields: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    if (name in fields) throw new RequestError('The body names a parameter twice.');
    fields[name] = value;
  }
  return fields;
}
