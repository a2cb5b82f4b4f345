import { findOrInstallChromium } from './chromium.ts';

/** Has the browser ready before the first test, so that no test's time limit covers its installation. */
export default function setup(): void {
  findOrInstallChromium();
}
