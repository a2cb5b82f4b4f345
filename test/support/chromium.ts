import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** The first has no windows to draw for nobody, and takes less than half the time of the others. */
const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
];
const isRoot = process.getuid?.() === 0;

/** A test browser that calls nobody: no updates, no sync, no look-ups of its maker's hosts. */
const quietly = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a headless Chromium, installing it first where that is possible. The caller closes it. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findOrInstallChromium(),
    // Chromium's sandbox refuses to run as root. The tests open only our own pages.
    args: isRoot ? [...quietly, '--no-sandbox'] : quietly,
  });
}

/**
 * The path of the browser: `COUNTERSIGN_CHROMIUM`, else one on the path, else Debian's package, which is
 * installed now (takes about half a minute).
 *
 * @throws Error with what to do when there is none and it can't be installed.
 */
export function findOrInstallChromium(): string {
  const given = process.env.COUNTERSIGN_CHROMIUM;
  if (given) {
    if (isExecutable(given)) return given;
    throw new Error(`COUNTERSIGN_CHROMIUM names ${given}, which is not an executable file.`);
  }
  return findOnPath(names) ?? installFromDebian();
}

function installFromDebian(): string {
  const reason = tryInstall();
  const installed = findOnPath(names);
  if (installed) return installed;
  throw new Error(
    `The browser tests need Chromium: ${reason} Install it (Debian: apt-get install chromium-headless-shell), or set ` +
      'COUNTERSIGN_CHROMIUM to the path of a Chromium or Chrome.',
  );
}

/** Why it did not work, for the message; empty when it did. */
function tryInstall(): string {
  if (!findOnPath(['apt-get'])) return 'there is none, and no apt-get to install it with.';
  if (!isRoot && !findOnPath(['sudo'])) return 'there is none, and installing it takes root.';
  console.log('Installing Chromium for the browser tests …');
  try {
    asRoot(['apt-get', 'update', '-q']);
    asRoot(['apt-get', 'install', '-y', '-q', '--no-install-recommends', 'chromium-headless-shell']);
    return '';
  } catch (error) {
    return `installing it failed (${(error as Error).message}).`;
  }
}

function asRoot(command: string[]): void {
  const [program = '', ...args] = isRoot ? command : ['sudo', '-n', ...command];
  execFileSync(program, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

function findOnPath(programs: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return programs.flatMap((program) => folders.map((folder) => join(folder, program))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
