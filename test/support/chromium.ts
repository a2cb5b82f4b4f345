import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const wholeBrowsers = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
/** The first has no windows to draw for nobody, and takes less than half the time of the others. */
const names = ['chromium-headless-shell', ...wholeBrowsers];
const packages = ['chromium', 'chromium-headless-shell'];
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
export function launchChromium(): Promise<Browser> {
  return launch(findOrInstallChromium());
}

/** Likewise one that has notifications. */
export function launchWholeChromium(): Promise<Browser> {
  return launch(findOrInstallChromium(wholeBrowsers));
}

function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    // Chromium's sandbox refuses to run as root. The tests open only our own pages.
    args: isRoot ? [...quietly, '--no-sandbox'] : quietly,
  });
}

/**
 * The path of the browser: `COUNTERSIGN_CHROMIUM`, else the first of these names on the path, else Debian's
 * packages, which are installed now (takes about a minute).
 *
 * @throws Error with what to do when there is none and it can't be installed.
 */
export function findOrInstallChromium(wanted: readonly string[] = names): string {
  const given = process.env.COUNTERSIGN_CHROMIUM;
  if (given) {
    if (isExecutable(given)) return given;
    throw new Error(`COUNTERSIGN_CHROMIUM names ${given}, which is not an executable file.`);
  }
  return findOnPath(wanted) ?? installFromDebian(wanted);
}

function installFromDebian(wanted: readonly string[]): string {
  const reason = tryInstall();
  const installed = findOnPath(wanted);
  if (installed) return installed;
  throw new Error(
    `The browser tests need Chromium: ${reason} Install it (Debian: apt-get install chromium), or set ` +
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
    asRoot(['apt-get', 'install', '-y', '-q', '--no-install-recommends', ...packages]);
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
