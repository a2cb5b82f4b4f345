import type { FastifyReply } from 'fastify';
import type { App } from '../../src/http/createApp.ts';
import { forEver } from '../../src/ui/browserFiles.ts';
import { appHeaders } from './appHeaders.ts';
import { manifest } from './manifest.ts';
import { readShell } from './shell.ts';

export interface AuthenticatorOptions {
  /** Lets the app talk to servers on this machine without TLS. */
  isDevelopment: boolean;
}

/** Asked for anew each time, and told quickly that it is still the same. */
const checked = 'no-cache';
const schema = { hide: true };

/**
 * Serves the Countersign Authenticator at `/authenticator/`: an installable app that answers push requests
 * and makes one-time codes, for this server's accounts and those of others. Its files stand below a folder
 * that is named after their content; page, workers and manifest have addresses that stay.
 */
export async function registerAuthenticator(
  app: App,
  { isDevelopment }: AuthenticatorOptions,
): Promise<void> {
  const { version, page, files, icons, modules } = readShell();
  const folder = `/authenticator/assets/${version}`;
  const paths = [...files.keys()].map((name) => `${folder}/${name}`);
  const html = page
    .replaceAll('{assets}', folder)
    .replace(
      '{preloads}',
      modules.map((name) => `<link rel="modulepreload" href="${folder}/${name}">`).join('\n'),
    );
  const shell = JSON.stringify({ version, files: [...paths, ...[...icons.keys()].map(iconPath)] });
  const fixed = {
    '/authenticator/': ['text/html; charset=utf-8', html],
    '/authenticator/manifest.webmanifest': ['application/manifest+json', JSON.stringify(manifest)],
    '/authenticator/shellWorker.js': [
      'text/javascript; charset=utf-8',
      `self.shell = ${shell};\nimportScripts('${folder}/shellWorker.js');\n`,
    ],
    '/authenticator/pushWorker.js': ['text/javascript; charset=utf-8', `import '${folder}/pushWorker.js';\n`],
  } as const;

  await app.register(async (authenticator) => {
    const headers = appHeaders(isDevelopment);
    authenticator.addHook('onRequest', async (_request, reply) => {
      reply.headers(headers);
    });
    authenticator.get('/authenticator', { schema }, (_request, reply) =>
      reply.redirect('/authenticator/', 308),
    );
    for (const [path, [type, content]] of Object.entries(fixed)) {
      authenticator.get(path, { schema }, (_request, reply) => send(reply, type, checked, content));
    }
    for (const [name, { type, content }] of files) {
      authenticator.get(`${folder}/${name}`, { schema }, (_request, reply) =>
        send(reply, type, forEver, content),
      );
    }
    for (const [name, { type, content }] of icons) {
      authenticator.get(iconPath(name), { schema }, (_request, reply) => send(reply, type, checked, content));
    }
  });
}

function iconPath(name: string): string {
  return `/authenticator/icons/${name}`;
}

function send(reply: FastifyReply, type: string, caching: string, content: string | Buffer): FastifyReply {
  return reply.type(type).header('cache-control', caching).send(content);
}
