// Run before the first start of a server, so that it is as quick and small as every later one. It loads what
// a start loads; the compiled modules are kept. Whatever fails here, the first start does it instead.
import { useCompileCache } from './compileCache.js';

await useCompileCache();
const { createProgram } = await import('../src/cli/program.ts');
const silent = { out: () => {}, err: () => {}, input: process.stdin, environment: {} };
await createProgram([], silent, () => {});
await import('../web/demo/server.ts');
