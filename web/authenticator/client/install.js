/**
 * The browser's offer to install the app, which it keeps for a press of our own button.
 * @type {(Event & { prompt(): Promise<unknown> }) | undefined}
 */
let offered;

/**
 * Keeps the browser's offer from the moment it comes.
 * @param {() => void} onChange
 */
export function watchInstallation(onChange) {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    offered = /** @type {Event & { prompt(): Promise<unknown> }} */ (event);
    onChange();
  });
  addEventListener('appinstalled', () => {
    offered = undefined;
    onChange();
  });
}

/** Whether the browser offers to install the app. */
export function canInstall() {
  return offered !== undefined;
}

/** Has the browser ask the person. It does so once for each offer. */
export async function install() {
  const event = offered;
  offered = undefined;
  await event?.prompt();
}

/** Whether the app runs as an installed one. */
export function isInstalled() {
  return (
    matchMedia('(display-mode: standalone)').matches ||
    ('standalone' in navigator && navigator.standalone === true)
  );
}

/** Whether the person installs by the browser's menu, as on iPhones and iPads. */
export function isIphone() {
  return 'standalone' in navigator;
}
