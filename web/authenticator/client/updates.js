/** @type {ServiceWorker | undefined} */
let waiting;

/**
 * Keeps the app at hand without a network, and learns of its new versions. A new one takes over when no page
 * of the old one is open any more, or when the person says so.
 * @param {() => void} onChange
 */
export async function keepShell(onChange) {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.register('/authenticator/shellWorker.js', {
    scope: '/authenticator/',
    updateViaCache: 'none',
  });
  const look = () => {
    // The first version of all has nothing to take the place of.
    waiting = navigator.serviceWorker.controller ? (registration.waiting ?? undefined) : undefined;
    onChange();
  };
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', look);
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') registration.update().catch(() => {});
  });
  look();
}

/** Whether another version waits for the person's word. */
export function isUpdateReady() {
  return waiting !== undefined;
}

/** Goes on in the new version. */
export function useUpdate() {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting?.postMessage({ kind: 'update' });
}
