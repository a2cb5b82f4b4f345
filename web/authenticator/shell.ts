import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the app. */
export interface ShellFile {
  type: string;
  content: Buffer;
}

/** All that the app consists of. */
export interface Shell {
  /** Another one whenever some file is. */
  version: string;
  /** HTML, with `{assets}` for the folder of the files and `{preloads}` for links to modules. */
  page: string;
  /** By their paths below the folder of the version. */
  files: ReadonlyMap<string, ShellFile>;
  /** By their names. The manifest names them, so they keep their addresses. */
  icons: ReadonlyMap<string, ShellFile>;
  /** Names of the modules that every start of the app loads. */
  modules: readonly string[];
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const client = join(import.meta.dirname, 'client');
const drawings = join(import.meta.dirname, 'static');
const shared = join(import.meta.dirname, '../../src/ui/static');

/** Files from elsewhere, by the names the app knows them by. */
const borrowed: Readonly<Record<string, string>> = {
  'base.css': join(shared, 'base.css'),
  'slip.css': join(shared, 'slip.css'),
  'eye.svg': join(shared, 'eye.svg'),
  'eye-off.svg': join(shared, 'eye-off.svg'),
  'guilloche.svg': join(shared, 'guilloche.svg'),
  'sans-latin.woff2': fileOf(
    '@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2',
  ),
  'qr/decode.js': fileOf('qr/decode.js'),
  'qr/index.js': fileOf('qr'),
};

/** Reads every file of the app once. */
export function readShell(): Shell {
  const own = readdirSync(client, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.js'))
    .sort();
  const files = new Map([
    ...own.map((name) => [name, readFile(join(client, name))] as const),
    ...Object.entries(borrowed).map(([name, path]) => [name, readFile(path)] as const),
    ['app.css', readFile(join(drawings, 'app.css'))] as const,
  ]);
  const icons = readdirSync(join(drawings, 'icons'))
    .sort()
    .map((name) => [name, readFile(join(drawings, 'icons', name))] as const);
  const page = readFileSync(join(drawings, 'index.html'), 'utf8');
  return {
    version: versionOf(page, [...files, ...icons]),
    page,
    files,
    icons: new Map(icons),
    modules: own.filter((name) => !/Worker\.js$|^texts\/(?!en)/.test(name)),
  };
}

function versionOf(page: string, files: readonly (readonly [string, ShellFile])[]): string {
  const hash = createHash('sha256').update(page);
  for (const [name, { content }] of files) hash.update(`${name} ${content.length}\n`).update(content);
  return hash.digest('base64url').slice(0, 12);
}

function readFile(path: string): ShellFile {
  return { type: types[extname(path)] ?? 'application/octet-stream', content: readFileSync(path) };
}

function fileOf(specifier: string): string {
  return fileURLToPath(import.meta.resolve(specifier));
}
