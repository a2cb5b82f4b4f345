import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A document of the repository. */
export interface Document {
  /** Relative to the root, with slashes. */
  path: string;
  text: string;
}

/** README and its neighbours, and everything below docs/. */
export function readDocuments(root: string): Document[] {
  return globSync(['*.md', 'docs/**/*.md', 'bench/*.md'], { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** Where links and pictures lead, as written, outside of code. */
export function linksIn(text: string): string[] {
  const prose = text.replace(/^ *```[\s\S]*?^ *```/gm, '').replace(/`[^`\n]*`/g, '`');
  const markdown = [...prose.matchAll(/\]\(([^()\s]+)\)/g)];
  const pictures = [...prose.matchAll(/<img [^>]*src="([^"]+)"/g)];
  return [...markdown, ...pictures].map(([, target]) => target ?? '');
}

/** What a link into the document may name behind its `#`: headings as GitHub names them, and anchors. */
export function anchorsIn(text: string): Set<string> {
  const headings = [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => slug(heading ?? ''));
  const anchors = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id ?? '');
  return new Set([...headings, ...anchors]);
}

/** Calls of our command in blocks of shell code, as words; a backslash continues a line. */
export function commandsIn(text: string): string[][] {
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, code]) => code ?? '');
  const lines = blocks.flatMap((code) => code.replace(/\\\n\s*/g, ' ').split('\n'));
  return lines.flatMap((line) => {
    const call = /^(?:npm exec countersign --|countersign) (.+)$/.exec(line)?.[1];
    return call === undefined ? [] : [wordsOf(call)];
  });
}

function wordsOf(call: string): string[] {
  const words = call.match(/'[^']*'|\S+/g) ?? [];
  const rest = words.findIndex((word) => /^[<>|#]/.test(word));
  return words.slice(0, rest < 0 ? undefined : rest).map((word) => word.replace(/^'|'$/g, ''));
}

function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');
}
