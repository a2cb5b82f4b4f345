import { readFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** An application's web site, in an origin of its own on this machine. */
export interface ApplicationSite {
  /** `https://localhost:PORT`, or with http and another name for the same machine. */
  origin: string;
  close(): Promise<void>;
}

/** What is served at a path, with its content type. */
export type Files = Readonly<Record<string, { type: string; body: string }>>;

/**
 * Serves these files; any other path shows an empty page. With `dataDir` over TLS, by the certificate for
 * localhost that the server keeps there.
 */
export async function serveApplication(
  files: Files,
  { dataDir, host = 'localhost' }: { dataDir?: string; host?: 'localhost' | '127.0.0.1' } = {},
): Promise<ApplicationSite> {
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url?.split('?', 1)[0] ?? '/';
    const file = files[path] ?? { type: 'text/html', body: '<!doctype html><title>Application</title>' };
    response.writeHead(200, { 'content-type': `${file.type}; charset=utf-8` }).end(file.body);
  };
  const server: Server = dataDir
    ? createHttpsServer(localCertificate(dataDir), answer)
    : createHttpServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${dataDir ? 'https' : 'http'}://${host}:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function localCertificate(dataDir: string): { cert: string; key: string } {
  const read = (name: string) => readFileSync(join(dataDir, 'tls', name), 'utf8');
  return { cert: read('localhost.pem'), key: read('localhost.key.pem') };
}
