/** Headers of an answer by name, several of one name joined by commas; without what HTTP/2 sends beside. */
export function joinHeaders(
  headers: NodeJS.Dict<string | string[] | number>,
): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !name.startsWith(':'))
      .map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value?.toString()]),
  );
}
