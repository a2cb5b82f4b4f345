#!/usr/bin/env node
// Plain JavaScript that any Node runs: it makes sure that the rest is run by one that can.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { useCompileCache } from './compileCache.js';

const oldestMajor = 24;

if (Number.parseInt(process.versions.node, 10) >= oldestMajor) {
  await useCompileCache();
  // The garbage of loading mustn't make the young generation of the heap grow for good; `serve` lifts
  // this once it is ready.
  setFlagsFromString('--semi-space-growth-factor=1');
  await import('../src/main.ts');
} else {
  const bundled = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
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
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
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
