// The worker that keeps the app itself at hand: codes are shown without a network, and the app opens at once.
// Each version of the app has files and a cache of its own, so that no page runs parts of two of them. What
// the app asks of servers doesn't come by here.

const worker = /** @type {ServiceWorkerScope} */ (/** @type {unknown} */ (globalThis));
const { version, files } = /** @type {{ shell: { version: string, files: string[] } }} */ (
  /** @type {unknown} */ (globalThis)
).shell;
const page = '/authenticator/';
const prefix = 'authenticator-';
const cacheName = `${prefix}${version}`;

worker.addEventListener('install', (event) => event.waitUntil(fill()));
worker.addEventListener('activate', (event) => event.waitUntil(takeOver()));
worker.addEventListener('message', ({ data }) => {
  if (data?.kind === 'update') void worker.skipWaiting();
});
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(answer(page, request));
  else if (files.includes(pathname)) event.respondWith(answer(pathname, request));
});

async function fill() {
  const cache = await caches.open(cacheName);
  await cache.addAll([page, ...files].map((path) => new Request(path, { cache: 'no-cache' })));
}

async function takeOver() {
  for (const name of await caches.keys()) {
    if (name.startsWith(prefix) && name !== cacheName) await caches.delete(name);
  }
  await worker.clients.claim();
}

/** @param {string} path @param {Request} request */
async function answer(path, request) {
  const cache = await caches.open(cacheName);
  return (await cache.match(path)) ?? fetch(request);
}
