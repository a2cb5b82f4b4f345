import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

interface LockedPackage {
  version?: string;
  integrity?: string;
  resolved?: string;
}

type Dependencies = Readonly<Record<string, string>>;

const manifest = JSON.parse(read('package.json')) as Record<string, unknown>;
const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, LockedPackage> };
const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
const groups = ['dependencies', 'optionalDependencies', 'devDependencies'] as const;
const exactVersion = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/;

describe('S-112 what npm installs', () => {
  it('is locked to its content, package by package, wherever it is fetched from', () => {
    expect(packages.length).toBeGreaterThan(100);
    const unlocked = packages.filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''));
    expect(unlocked).toEqual([]);
    expect(packages.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  it.each(groups)('is named by exact versions in %s, those of the lock', (group) => {
    const dependencies = manifest[group] as Dependencies;
    expect(Object.entries(dependencies).filter(([, version]) => !exactVersion.test(version))).toEqual([]);
    expect(lock.packages['']).toMatchObject({ [group]: dependencies });
    const locked = Object.keys(dependencies).map((name) => [
      name,
      lock.packages[`node_modules/${name}`]?.version,
    ]);
    expect(Object.fromEntries(locked)).toEqual(dependencies);
  });

  it('is overridden by exact versions only', () => {
    const versions = Object.values(manifest.overrides as Record<string, Dependencies>).flatMap(Object.values);
    expect(versions.filter((version) => !exactVersion.test(version))).toEqual([]);
  });

  it('runs no script of a package, and comes from no registry of this repository’s choosing', () => {
    const settings = read('.npmrc').trim().split('\n');
    expect(settings).toContain('ignore-scripts=true');
    expect(settings).toContain('save-exact=true');
    expect(settings.filter((line) => /registry\s*=|:\/\//.test(line))).toEqual([]);
  });
});
