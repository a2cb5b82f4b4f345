import type { Static, TSchema } from 'typebox';
import { Check } from 'typebox/value';

/**
 * Parses a foreign body as JSON of a form.
 *
 * @returns undefined when it is no JSON or has another form.
 */
export function readJson<Schema extends TSchema>(
  body: Buffer | string,
  schema: Schema,
): Static<Schema> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch {
    return undefined;
  }
  return Check(schema, value) ? value : undefined;
}
