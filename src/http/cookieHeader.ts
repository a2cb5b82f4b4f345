/** Names and values in a `Cookie` header, in its order. */
export function* cookiesOf(header: string | undefined): Generator<[name: string, value: string]> {
  for (const pair of header?.split(';') ?? []) {
    const equals = pair.indexOf('=');
    if (equals > 0) yield [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()];
  }
}

/** The value of a cookie in a `Cookie` header, the first when there are several. */
export function readCookie(header: string | undefined, wanted: string): string | undefined {
  for (const [name, value] of cookiesOf(header)) if (name === wanted) return value;
  return undefined;
}
