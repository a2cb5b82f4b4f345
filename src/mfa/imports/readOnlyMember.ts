/** The text of an object's only member; undefined where it is another thing, or has others beside. */
export function readOnlyMember(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const [[member, text] = ['', undefined], ...others] = Object.entries(value);
  return member === name && others.length === 0 && typeof text === 'string' ? text : undefined;
}
