import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type BrowserFile,
  fileOfPackage,
  readBrowserFile,
  readModules,
  versionOf,
} from '../../src/ui/browserFiles.ts';

/** All that the app consists of. */
export interface Shell {
  /** Another one whenever some file is. */
  version: string;
  /** HTML, with `{assets}` for the folder of the files and `{preloads}` for links to modules. */
  page: string;
  /** By their paths below the folder of the version. */
  files: ReadonlyMap<string, BrowserFile>;
  /** By their names. The manifest names them, so they keep their addresses. */
  icons: ReadonlyMap<string, BrowserFile>;
  /** Names of the modules that every start of the app loads. */
  modules: readonly string[];
}

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
  'sans-latin.woff2': fileOfPackage(
    '@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2',
  ),
  'qr/decode.js': fileOfPackage('qr/decode.js'),
  'qr/index.js': fileOfPackage('qr'),
};

/** Reads every file of the app once. */
export function readShell(): Shell {
  const own = readModules(client);
  const files = new Map([
    ...own,
    ...Object.entries(borrowed).map(([name, path]) => [name, readBrowserFile(path)] as const),
    ['app.css', readBrowserFile(join(drawings, 'app.css'))] as const,
  ]);
  const icons = readdirSync(join(drawings, 'icons'))
    .sort()
    .map((name) => [name, readBrowserFile(join(drawings, 'icons', name))] as const);
  const page = readFileSync(join(drawings, 'index.html'), 'utf8');
  return {
    version: versionOf([...files, ...icons], page),
    page,
    files,
    icons: new Map(icons),
    modules: [...own.keys()].filter((name) => !/Worker\.js$|^texts\/(?!en)/.test(name)),
  };
}
