// Run before the first start, so that it is as quick and small as every later one. It loads what a
// start loads; the compiled modules are kept. Whatever fails here, the first start does it instead.
import { hasCompileCache, useCompileCache } from './compileCache.js';

if (Number.parseInt(process.versions.node, 10) >= 24 && !hasCompileCache()) {
  await useCompileCache();
  const { createProgram } = await import('../src/cli/program.ts');
  const silent = { out: () => {}, err: () => {}, input: process.stdin, environment: {} };
  await createProgram([], silent, () => {});
  await import('../web/demo/server.ts');
}
