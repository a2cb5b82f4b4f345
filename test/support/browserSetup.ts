import { findOrInstallChromium } from './chromium.ts';

/** Has the browsers ready before the first test, so that no test's time limit covers their installation. */
export default function setup(): void {
  findOrInstallChromium();
}
