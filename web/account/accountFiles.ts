import { join } from 'node:path';
import {
  type BrowserFile,
  fileOfPackage,
  readBrowserFile,
  readModules,
  versionOf,
} from '../../src/ui/browserFiles.ts';

/** The files of the page, below a folder that is named after their content. */
export interface AccountFiles {
  /** Path of the folder, without a slash at its end. */
  folder: string;
  /** By their paths below it. */
  files: ReadonlyMap<string, BrowserFile>;
  /** Names of the modules that every start of the page loads. */
  modules: readonly string[];
}

const client = join(import.meta.dirname, 'client');
const shared = join(import.meta.dirname, '../../src/ui/static');
const sdk = join(fileOfPackage('@auth0/auth0-spa-js'), '../..');
const webauthn = join(fileOfPackage('@simplewebauthn/browser'), '../../dist/bundle');

/** Files from elsewhere, as they were published, by the names the page knows them by. */
const borrowed: Readonly<Record<string, string>> = {
  'base.css': join(shared, 'base.css'),
  'slip.css': join(shared, 'slip.css'),
  'desk.css': join(shared, 'desk.css'),
  'guilloche.svg': join(shared, 'guilloche.svg'),
  'eye.svg': join(shared, 'eye.svg'),
  'eye-off.svg': join(shared, 'eye-off.svg'),
  'icon.svg': join(shared, 'icon.svg'),
  'account.css': join(import.meta.dirname, 'static/account.css'),
  'sans-latin.woff2': fileOfPackage(
    '@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2',
  ),
  'auth0-spa-js.js': join(sdk, 'auth0-spa-js.production.js'),
  'simplewebauthn-browser.js': join(webauthn, 'index.umd.min.js'),
  'uqr.js': fileOfPackage('uqr'),
};

/** Reads every file of the page once. */
export function readAccountFiles(): AccountFiles {
  const own = readModules(client);
  const files = new Map([
    ...own,
    ...Object.entries(borrowed).map(([name, path]) => [name, readBrowserFile(path)] as const),
  ]);
  return {
    folder: `/account/assets/${versionOf(files)}`,
    files,
    modules: [...own.keys()].filter((name) => !/^(texts\/(?!en)|add\/)/.test(name)),
  };
}
