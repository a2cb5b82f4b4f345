/** Of authenticators that name no model, U2F keys among them. */
const anonymous = '00000000-0000-0000-0000-000000000000';

/**
 * The AAGUID of a model as it is kept: lower case, with hyphens. Reads it in any case, with hyphens or
 * without. Undefined when it is none, or the one of all zeros, which names no model.
 */
export function readAaguid(text: string): string | undefined {
  const groups = /^([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/.exec(
    text.toLowerCase(),
  );
  const aaguid = groups?.slice(1).join('-');
  return aaguid === anonymous ? undefined : aaguid;
}
