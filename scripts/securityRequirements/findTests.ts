import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const tests = '{src,web,scripts,bench,test}/**/*.test.ts';
/** The numbers a title begins with: `S-01 …`, `S-68 S-69 …`. */
const title = /['"`]((?:S-\d+ )+)/g;

/** Test files by the number that begins a title in them, sorted; paths relative to `root`, with slashes. */
export function findTests(root: string): Map<string, string[]> {
  const files = globSync(tests, { cwd: root }).map((file) => file.replaceAll('\\', '/'));
  const found = new Map<string, string[]>();
  for (const file of files.sort()) {
    for (const id of numbersIn(readFileSync(join(root, file), 'utf8'))) {
      found.set(id, [...(found.get(id) ?? []), file]);
    }
  }
  return found;
}

function numbersIn(source: string): Set<string> {
  return new Set([...source.matchAll(title)].flatMap(([, numbers]) => (numbers ?? '').trim().split(' ')));
}
