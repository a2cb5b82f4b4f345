/** Name of a box in a list that is ticked for `value`: a form may name nothing twice. */
export function boxName(list: string, value: string): string {
  return `${list}:${value}`;
}
