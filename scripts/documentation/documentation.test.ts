import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import { commandFault } from './commandFault.ts';
import { anchorsIn, commandsIn, linksIn, readDocuments } from './markdown.ts';

const root = join(import.meta.dirname, '..', '..');
const documents = readDocuments(root);
const textOf = new Map(documents.map(({ path, text }) => [path, text]));

/** What is wrong with a link out of a document, or undefined. */
function linkFault(from: string, link: string): string | undefined {
  if (/^https?:/.test(link)) return undefined;
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? from : posix.join(posix.dirname(from), file);
  if (!existsSync(join(root, target))) return `${from}: ${link} is not there`;
  if (anchor === undefined) return undefined;
  return anchorsIn(textOf.get(target) ?? '').has(anchor) ? undefined : `${from}: ${link} names no heading`;
}

it('every link and picture in the documents leads somewhere', () => {
  const links = documents.flatMap(({ path, text }) => linksIn(text).map((link) => ({ path, link })));
  expect(links.length).toBeGreaterThan(100);
  expect(links.flatMap(({ path, link }) => linkFault(path, link) ?? [])).toEqual([]);
});

it('every command in the documents exists, with its options', async () => {
  const io = { out: () => {}, err: () => {}, input: process.stdin, environment: {} };
  const program = await createProgram([], io, () => {});
  const calls = documents.flatMap(({ path, text }) => commandsIn(text).map((words) => ({ path, words })));
  expect(calls.length).toBeGreaterThan(30);
  const faults = calls.flatMap(({ path, words }) => {
    const fault = commandFault(program, words);
    return fault === undefined ? [] : [`${path}: ${words.join(' ')}: ${fault}`];
  });
  expect(faults).toEqual([]);
});

it('every document but the index is in the index', () => {
  const indexed = new Set(
    linksIn(textOf.get('docs/README.md') ?? '').map((link) => posix.join('docs', link)),
  );
  const guides = documents
    .map(({ path }) => path)
    .filter((path) => /^docs\/(guides\/)?[^/]+\.md$/.test(path));
  expect(guides.filter((path) => path !== 'docs/README.md' && !indexed.has(path))).toEqual([]);
});
