import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findTests } from './findTests.ts';
import { requirementSections } from './requirements.ts';

const root = join(import.meta.dirname, '..', '..');
const document = readFileSync(join(root, 'docs', 'security-requirements.md'), 'utf8');
const tests = findTests(root);

/** Requirement and file of each link in the document. */
const claims = document.split('\n').flatMap((line) => {
  const id = /^\| <a [^>]*><\/a>(S-\d+) \|/.exec(line)?.[1];
  return id === undefined ? [] : [...line.matchAll(/\]\(\.\.\/([^)]+)\)/g)].map(([, file]) => ({ id, file }));
});

// After a test was added, moved or renamed: node scripts/writeSecurityRequirements.ts
it('docs/security-requirements.md names tests that are there', () => {
  expect(claims.length).toBeGreaterThan(100);
  expect(claims.filter(({ id, file }) => !tests.get(id)?.includes(file ?? ''))).toEqual([]);
});

it('docs/security-requirements.md has every number that a test begins with', () => {
  const listed = new Set(claims.map(({ id }) => id));
  expect([...tests.keys()].filter((id) => !listed.has(id))).toEqual([]);
});

it('requirements are in the order of their numbers, each once', () => {
  const ids = requirementSections.flatMap(({ requirements }) => requirements.map(({ id }) => id));
  const numbers = ids.map((id) => Number(id.slice(2)));
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
});
