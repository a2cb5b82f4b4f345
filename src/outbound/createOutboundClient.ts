import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { faultCode } from './faultCode.ts';
import { guardedLookup, type Resolve, systemResolve } from './guardedLookup.ts';
import { joinHeaders } from './joinHeaders.ts';
import type { OutboundClient, OutboundRequest, OutboundResponse } from './outboundClient.ts';
import { OutboundError } from './outboundError.ts';
import { createOutboundGuard, type OutboundPermissions } from './outboundGuard.ts';

export interface OutboundOptions extends OutboundPermissions {
  /** Longest time from the call to the last byte of the answer. Default 10 000. */
  timeoutMs?: number;
  /** Default 1 MiB. */
  maxRequestBytes?: number;
  /** Default 256 KiB. */
  maxResponseBytes?: number;
  /** Default the system's resolver. */
  resolve?: Resolve;
  /** Certificate authorities in PEM, the only ones that are trusted. Default Node's. */
  authorities?: string;
}

/**
 * Makes the client for addresses that somebody configured. Names are looked up as `guardedLookup` tells, anew
 * for each request. TLS and the Host header keep the name. Redirects are not followed. Connections are not
 * kept: on a kept one, nobody can tell whether a lost request was seen.
 */
export function createOutboundClient(options: OutboundOptions = {}): OutboundClient {
  const { timeoutMs = 10_000, maxRequestBytes = 2 ** 20, maxResponseBytes = 2 ** 18 } = options;
  const guard = createOutboundGuard(options);
  const resolve = options.resolve ?? systemResolve;
  return {
    async request(request) {
      const url = URL.parse(String(request.url));
      if (!url) throw new OutboundError('refused', 'not_a_url');
      guard.checkUrl(url);
      if (request.body !== undefined && Buffer.byteLength(request.body) > maxRequestBytes) {
        throw new OutboundError('refused', 'request_too_large');
      }
      const timeout = AbortSignal.timeout(timeoutMs);
      return exchange(request, url, {
        lookup: guardedLookup(guard, url, resolve),
        signal: request.signal ? AbortSignal.any([request.signal, timeout]) : timeout,
        maxResponseBytes,
        ...(options.authorities === undefined ? {} : { ca: options.authorities }),
      });
    },
  };
}

interface Exchange {
  lookup: LookupFunction;
  signal: AbortSignal;
  maxResponseBytes: number;
  ca?: string;
}

/** One request on a connection of its own. */
function exchange(
  { method, headers, body }: OutboundRequest,
  url: URL,
  { lookup, signal, maxResponseBytes, ca }: Exchange,
): Promise<OutboundResponse> {
  const { promise, resolve, reject } = Promise.withResolvers<OutboundResponse>();
  let isConnected = false;

  function fail(error: unknown): void {
    if (error instanceof OutboundError) {
      reject(error);
      return;
    }
    const code = signal.aborted ? 'timeout' : faultCode(error);
    reject(new OutboundError(isConnected ? 'unanswered' : 'unsent', code, { cause: error }));
  }

  const isSecure = url.protocol === 'https:';
  const start = isSecure ? requestHttps : requestHttp;
  let outgoing: ReturnType<typeof start>;
  try {
    outgoing = start(url, {
      method,
      headers: {
        'user-agent': 'Countersign',
        ...headers,
        ...(body === undefined && { 'content-length': 0 }),
      },
      lookup,
      signal,
      agent: false,
      ...(ca === undefined ? {} : { ca }),
    });
  } catch (error) {
    // Node refuses a header with a line end, or a signal that has already fired.
    throw new OutboundError('refused', faultCode(error), { cause: error });
  }
  outgoing.on('socket', (socket) => {
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      isConnected = true;
    });
  });
  outgoing.on('error', fail);
  outgoing.on('response', (incoming) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxResponseBytes) incoming.destroy(new OutboundError('unanswered', 'response_too_large'));
      else chunks.push(chunk);
    });
    incoming.on('error', fail);
    incoming.on('end', () => {
      resolve({
        status: incoming.statusCode ?? 0,
        headers: joinHeaders(incoming.headers),
        body: Buffer.concat(chunks),
      });
    });
  });
  outgoing.end(body);
  return promise;
}
