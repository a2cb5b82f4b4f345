import type { IModule } from 'dependency-cruiser';

/**
 * Pairs of top folders (`src/accounts`, `src/api/authentication`, `web/demo`) that import each other.
 * Folders of one layer may lean on each other, but only one way. Test files may look wherever they like.
 */
export function findMutualFolders(modules: readonly IModule[]): [string, string][] {
  const imports = new Map<string, Set<string>>();
  for (const { source, dependencies } of modules) {
    const from = folderOf(source);
    if (!from) continue;
    for (const { resolved } of dependencies) {
      const to = folderOf(resolved);
      if (to && to !== from) imports.set(from, (imports.get(from) ?? new Set()).add(to));
    }
  }
  return [...imports].flatMap(([from, targets]) =>
    [...targets]
      .filter((to) => from < to && imports.get(to)?.has(from))
      .map((to): [string, string] => [from, to]),
  );
}

function folderOf(path: string): string | undefined {
  if (path.endsWith('.test.ts')) return undefined;
  return /^(src\/(?:api|factors)\/[^/]+|src\/[^/]+|web\/[^/]+)\//.exec(path)?.[1];
}
