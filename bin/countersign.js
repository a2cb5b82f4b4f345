#!/usr/bin/env node
// Plain JavaScript that any Node runs: it makes sure that the rest is run by one that can.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { makeCompileCache, useCompileCache } from './compileCache.js';
import { endWithScript } from './endWithScript.js';

const oldestMajor = 24;
/** @param {string} path */
const pathOf = (path) => fileURLToPath(new URL(path, import.meta.url));

endWithScript();
if (Number.parseInt(process.versions.node, 10) >= oldestMajor) {
  // In a process of its own, so that what compiling takes up ends with it.
  if (process.argv[2] === 'serve' && makeCompileCache()) {
    spawnSync(process.execPath, [pathOf('compile.js')], { stdio: 'ignore' });
  }
  await useCompileCache();
  // The garbage of loading mustn't make the young generation of the heap grow for good; `serve` lifts
  // this once it is ready.
  setFlagsFromString('--semi-space-growth-factor=1');
  await import('../src/main.ts');
} else {
  const bundled = pathOf('../node_modules/.bin/node');
  if (existsSync(bundled)) runWith(bundled);
  else {
    console.error(
      `Countersign needs Node.js ${oldestMajor} or newer, this is ${process.versions.node}. ` +
        'Install a newer one, or run "npm ci" here without --omit=optional to get one with the package.',
    );
    process.exitCode = 1;
  }
}

/** @param {string} node */
function runWith(node) {
  const child = spawn(node, [pathOf('countersign.js'), ...process.argv.slice(2)], { stdio: 'inherit' });
  const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
  process.on('SIGINT', forward).on('SIGTERM', forward);
  child.on('error', (error) => {
    console.error(`Could not run ${node}: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
