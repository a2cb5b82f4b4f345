import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import { type Clock, systemClock } from '../../src/config/clock.ts';
import type { App } from '../../src/http/createApp.ts';
import { registerApi } from './api/registerApi.ts';
import { demoHeaders } from './demoHeaders.ts';

export { ensureDemo } from './ensureDemo.ts';

export interface DemoOptions {
  /** The public address with its slash; also where the demo runs. */
  issuer: string;
  /** What `ensureDemo` returned. */
  clientId: string;
  audience: string;
  clock?: Clock;
}

const pages = join(import.meta.dirname, 'static');
const client = join(import.meta.dirname, 'client');
const sdk = join(dirname(fileURLToPath(import.meta.resolve('@auth0/auth0-spa-js'))), '..');
const fonts = dirname(
  fileURLToPath(
    import.meta.resolve('@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2'),
  ),
);

/** Files of npm packages, as they were published, under the names the page knows them by. */
const published = [
  { path: 'auth0-spa-js.js', folder: sdk, file: 'auth0-spa-js.production.js' },
  { path: 'auth0-spa-js.worker.js', folder: sdk, file: 'auth0-spa-js.worker.production.js' },
  { path: 'sans-latin.woff2', folder: fonts, file: 'instrument-sans-latin-wght-normal.woff2' },
];

/**
 * Serves the demo at `/demo`: Harbour Bank, an invented single-page application on Auth0's own SDK, and
 * the API it calls below `/demo/api/`. `/demo/sign-up` goes straight on to the hosted sign-up, and `/`
 * leads to `/demo`. Register it with `--dev` only.
 */
export async function registerDemo(
  app: App,
  { issuer, clientId, audience, clock = systemClock }: DemoOptions,
): Promise<void> {
  const schema = { hide: true };
  await app.register(async (demo) => {
    demo.addHook('onRequest', async (_request, reply) => {
      reply.headers(demoHeaders);
    });
    await demo.register(fastifyStatic, {
      root: [pages, client],
      prefix: '/demo/assets/',
      wildcard: false,
      index: false,
      schemaHide: true,
      globIgnore: ['**/*.ts', '**/*.html'],
    });
    for (const path of ['/demo', '/demo/sign-up']) {
      demo.get(path, { schema }, (_request, reply) => reply.sendFile('index.html', pages));
    }
    // The bare address is the first one that the server prints, and what people type.
    demo.get('/', { schema }, (_request, reply) => reply.redirect('/demo', 302));
    demo.get('/demo/', { schema }, (_request, reply) => reply.redirect('/demo', 308));
    for (const { path, folder, file } of published) {
      demo.get(`/demo/assets/${path}`, { schema }, (_request, reply) => reply.sendFile(file, folder));
    }
    demo.get('/demo/config.json', { schema }, async () => ({ issuer, clientId, audience }));
    registerApi(demo, { issuer, audience, clock });
  });
}
