import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file for a browser. */
export interface BrowserFile {
  type: string;
  content: Buffer;
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** How long a browser may keep a file whose address has its content's version in it. */
export const forEver = 'public, max-age=31536000, immutable';

export function readBrowserFile(path: string): BrowserFile {
  return { type: types[extname(path)] ?? 'application/octet-stream', content: readFileSync(path) };
}

/** The modules of a folder, by their paths below it, so that their imports of each other lead somewhere. */
export function readModules(folder: string): Map<string, BrowserFile> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.js'))
    .sort();
  return new Map(names.map((name) => [name, readBrowserFile(join(folder, name))]));
}

/** Where a file of a package is. */
export function fileOfPackage(specifier: string): string {
  return fileURLToPath(import.meta.resolve(specifier));
}

/** Another one whenever a file is, or what else is told. */
export function versionOf(files: Iterable<readonly [string, BrowserFile]>, told = ''): string {
  const hash = createHash('sha256').update(told);
  for (const [name, { content }] of files) hash.update(`${name} ${content.length}\n`).update(content);
  return hash.digest('base64url').slice(0, 12);
}
