import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { generateAuthority, generateLocalCertificate } from '../../../src/tls/generateCertificate.ts';

/** One request as a simulator judges it. */
export interface VendorRequest {
  method: string;
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
  /** The same as it came. */
  bytes: Buffer;
}

/** What a simulator answers. */
export interface VendorAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** What the next requests meet instead of the vendor's own answer; `late` takes the message and then is slow. */
export type Misbehaviour =
  | { answer: VendorAnswer }
  | { delayMs: number }
  | { late: number }
  | 'reset'
  | 'takeThenReset'
  | 'endless';

/** A vendor's server on a free port of this machine, over TLS that this process trusts. */
export interface VendorServer {
  /** As in `https://localhost:40123`. */
  origin: string;
  /** Every request that reached the vendor's logic, whatever came of it. */
  requests: VendorRequest[];
  /** For the next request, or for every one until it is set again. */
  misbehave(how: Misbehaviour, times?: number): void;
  close(): Promise<void>;
}

const ownAuthorities = getCACertificates('default');
const now = Date.now();
const authority = generateAuthority(now);

/** Serves a vendor's logic; TLS unless told otherwise. */
export async function startVendorServer(
  handle: (request: VendorRequest) => VendorAnswer | Promise<VendorAnswer>,
  { isSecure = true }: { isSecure?: boolean } = {},
): Promise<VendorServer> {
  const requests: VendorRequest[] = [];
  const misbehaviours: Misbehaviour[] = [];
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const request = await read(incoming);
    const how = misbehaviours.shift();
    if (how === 'reset') return void incoming.socket.destroy();
    if (how === 'endless') return pourOut(outgoing);
    if (typeof how === 'object' && 'answer' in how) return send(outgoing, how.answer);
    if (typeof how === 'object' && 'delayMs' in how) await sleep(how.delayMs);
    requests.push(request);
    const answer = await handle(request);
    if (how === 'takeThenReset') return void incoming.socket.destroy();
    if (typeof how === 'object' && 'late' in how) await sleep(how.late);
    send(outgoing, answer);
  };
  const listener = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    serve(incoming, outgoing).catch((error: unknown) => outgoing.destroy(error as Error));
  };
  const server = isSecure
    ? createHttpsServer(await trustedCertificate(), listener)
    : createHttpServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${isSecure ? 'https' : 'http'}://localhost:${port}`,
    requests,
    misbehave(how, times = 1) {
      misbehaviours.length = 0;
      for (let i = 0; i < times; i += 1) misbehaviours.push(how);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A certificate for this machine, of an authority that this process trusts. */
export async function trustedCertificate(): Promise<{ cert: string; key: string }> {
  const issuer = await authority;
  setDefaultCACertificates([...ownAuthorities, issuer.cert]);
  return generateLocalCertificate(issuer, 'localhost', now);
}

async function read(incoming: IncomingMessage): Promise<VendorRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  return {
    method: incoming.method ?? '',
    url: new URL(incoming.url ?? '', `http://${incoming.headers.host}`),
    headers: incoming.headers,
    body: bytes.toString(),
    bytes,
  };
}

function send(outgoing: ServerResponse, { status, headers, body }: VendorAnswer): void {
  outgoing.writeHead(status, headers).end(body);
}

function pourOut(outgoing: ServerResponse): void {
  outgoing.writeHead(200);
  const chunk = Buffer.alloc(2 ** 16, 'x');
  const pour = (): void => {
    while (!outgoing.destroyed && outgoing.write(chunk));
  };
  outgoing.on('drain', pour);
  pour();
}
