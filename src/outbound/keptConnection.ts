import { type ClientHttp2Session, connect, constants } from 'node:http2';
import type { OutboundOptions } from './createOutboundClient.ts';
import { faultCode } from './faultCode.ts';
import { guardedLookup, systemResolve } from './guardedLookup.ts';
import { exchangeOn } from './http2Exchange.ts';
import type { OutboundResponse } from './outboundClient.ts';
import { OutboundError } from './outboundError.ts';
import { createOutboundGuard } from './outboundGuard.ts';

/** One request over a kept connection. */
export interface KeptRequest {
  /** Begins with a slash. */
  path: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** Ends the request early. */
  signal?: AbortSignal;
}

/**
 * A connection of HTTP/2 to one origin that is kept for many requests. It is opened by the first of them and
 * opened anew when it broke, when the other side is about to close it (GOAWAY), and when it doesn't answer.
 */
export interface KeptConnection {
  /** @throws OutboundError. Whoever may not repeat what was seen must not use this: lost requests are `unanswered`. */
  request(request: KeptRequest): Promise<OutboundResponse>;
  /** Ends it once nothing is under way. */
  close(): void;
}

/** A certificate of ours with its private key: PKCS #12. */
export interface ClientCertificate {
  pfx: Buffer;
  passphrase?: string | undefined;
}

/** Makes a connection to an origin, guarded as `createOutboundClient` tells. It is opened when it is needed. */
export type KeepConnection = (origin: string, certificate?: ClientCertificate) => KeptConnection;

export interface KeptOptions extends OutboundOptions {
  /** After so long without a sign of life the other side is asked for one. Default 60 000. */
  silenceMs?: number;
  /** How long it may take to give one. Default 5000. */
  signMs?: number;
}

/** How connections are kept, by the same rules as single requests (S-92). */
export function connectionKeeper(options: KeptOptions = {}): KeepConnection {
  return (origin, certificate) => {
    const { timeoutMs = 10_000, maxResponseBytes = 2 ** 18 } = options;
    let current: Promise<ClientHttp2Session> | undefined;

    async function session(): Promise<ClientHttp2Session> {
      const known = current;
      if (known) {
        const opened = await known;
        if (isWell(opened)) return opened;
        // Another request was faster to open it anew.
        if (current !== known) return session();
      }
      const opening = open(origin, certificate, options);
      current = opening;
      opening.catch(() => {
        if (current === opening) current = undefined;
      });
      return opening;
    }

    async function attempt(request: KeptRequest, signal: AbortSignal): Promise<OutboundResponse> {
      const on = await untilAborted(session(), signal);
      try {
        return await exchangeOn(on, request, { signal, maxResponseBytes });
      } catch (error) {
        // What has no answer in time may never have one: the next request shall not wait for it as well.
        if (signal.aborted) on.close();
        throw error;
      }
    }

    return {
      async request(request) {
        const timeout = AbortSignal.timeout(timeoutMs);
        const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
        const before = current;
        try {
          return await attempt(request, signal);
        } catch (error) {
          const isUnsent = error instanceof OutboundError && error.failure === 'unsent';
          if (!isUnsent || before === undefined || signal.aborted) throw error;
          // The other side had closed the kept connection, and has seen nothing of this.
          return attempt(request, signal);
        }
      },
      close() {
        current?.then(
          (opened) => opened.close(),
          () => {},
        );
        current = undefined;
      },
    };
  };
}

function isWell(session: ClientHttp2Session): boolean {
  return !session.closed && !session.destroyed;
}

async function open(
  origin: string,
  certificate: ClientCertificate | undefined,
  options: KeptOptions,
): Promise<ClientHttp2Session> {
  const url = URL.parse(origin);
  if (!url) throw new OutboundError('refused', 'not_a_url');
  const guard = createOutboundGuard(options);
  guard.checkUrl(url);
  const { promise, resolve, reject } = Promise.withResolvers<ClientHttp2Session>();
  let session: ClientHttp2Session;
  try {
    session = connect(url, {
      ...certificate,
      settings: { enablePush: false },
      lookup: guardedLookup(guard, url, options.resolve ?? systemResolve),
    });
  } catch (error) {
    // Node refuses a certificate that it can't read.
    throw new OutboundError('refused', faultCode(error), { cause: error });
  }
  const tooLate = setTimeout(
    () => session.destroy(new OutboundError('unsent', 'timeout')),
    options.timeoutMs ?? 10_000,
  );
  session.once('connect', () => {
    clearTimeout(tooLate);
    // Idle, it keeps no process alive.
    session.unref();
    listenForLife(session, options.silenceMs ?? 60_000, options.signMs ?? 5000);
    resolve(session);
  });
  // Also heard after it is open: what was under way is told by each request.
  session.on('error', (error) => {
    clearTimeout(tooLate);
    const told = error instanceof OutboundError ? error : undefined;
    reject(told ?? new OutboundError('unsent', faultCode(error), { cause: error }));
  });
  session.once('close', () => reject(new OutboundError('unsent', 'closed')));
  return promise;
}

/** A connection that was cut somewhere in between looks alive until something is asked over it. */
function listenForLife(session: ClientHttp2Session, silenceMs: number, signMs: number): void {
  session.setTimeout(silenceMs, () => {
    if (!isWell(session)) return;
    const lost = setTimeout(() => session.destroy(), signMs).unref();
    const isAsked = session.ping((error) => {
      clearTimeout(lost);
      if (error) session.destroy();
      else listenForLife(session, silenceMs, signMs);
    });
    if (!isAsked) session.destroy(undefined, constants.NGHTTP2_NO_ERROR);
  });
}

/** The caller may give up before the connection is there. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const end = () => reject(new OutboundError('unsent', 'timeout'));
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  return promise;
}
