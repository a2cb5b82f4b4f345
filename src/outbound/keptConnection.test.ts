import { once } from 'node:events';
import {
  constants,
  createSecureServer,
  createServer,
  type Http2Server,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import {
  type AddressInfo,
  connect as connectTcp,
  createServer as createTcpServer,
  type Socket,
} from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { trustedCertificate } from '../../test/support/simulators/vendorServer.ts';
import { connectionKeeper, type KeptConnection, type KeptOptions } from './keptConnection.ts';
import type { OutboundError } from './outboundError.ts';

interface Other {
  origin: string;
  /** Every connection so far; those that ended too. */
  sessions: ServerHttp2Session[];
  taken: { path: string; body: string }[];
}

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** The other side. `meet` answers instead of it when it returns true. */
async function serve(
  meet: (stream: ServerHttp2Stream) => boolean | undefined = () => false,
  isSecure = true,
): Promise<Other> {
  const server: Http2Server = isSecure ? createSecureServer(await trustedCertificate()) : createServer();
  const sessions: ServerHttp2Session[] = [];
  const taken: Other['taken'] = [];
  server.on('session', (session) => {
    sessions.push(session);
    session.on('error', () => {});
  });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    if (meet(stream)) return;
    let body = '';
    stream.on('data', (chunk) => (body += chunk));
    stream.on('end', () => {
      taken.push({ path: String(headers[':path']), body });
      stream.respond({ ':status': 200, 'x-one': '1' });
      stream.end('taken');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    for (const session of sessions) session.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `${isSecure ? 'https' : 'http'}://localhost:${port}`, sessions, taken };
}

/** A way to the other side that can be cut so that neither notices. */
async function between(origin: string): Promise<{ origin: string; cut: () => void }> {
  const pairs: [Socket, Socket][] = [];
  const server = createTcpServer((socket) => {
    const onward = connectTcp(Number(new URL(origin).port), '127.0.0.1');
    pairs.push([socket, onward]);
    for (const end of [socket, onward]) end.on('error', () => {});
    socket.pipe(onward).pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    for (const end of pairs.flat()) end.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const cut = () => {
    for (const [one, other] of pairs.splice(0)) {
      one.unpipe(other);
      other.unpipe(one);
    }
  };
  return { origin: `https://localhost:${port}`, cut };
}

function keep(origin: string, options: KeptOptions = {}): KeptConnection {
  const kept = connectionKeeper({ allow: [origin], timeoutMs: 2000, ...options })(origin);
  closers.push(() => kept.close());
  return kept;
}

const ask = (kept: KeptConnection, path = '/a') =>
  kept.request({ path, headers: { 'content-type': 'text/plain' }, body: 'Grüße' });

const failureOf = (kept: KeptConnection): Promise<OutboundError> =>
  ask(kept).then(
    () => expect.fail('an answer came'),
    (error: OutboundError) => error,
  );

describe('a kept connection', () => {
  it('carries many requests, at the same time too', async () => {
    const other = await serve();
    const kept = keep(other.origin);
    expect(other.sessions).toHaveLength(0);
    const first = await ask(kept);
    expect(first).toEqual({ status: 200, headers: expect.any(Object), body: Buffer.from('taken') });
    expect(first.headers).toMatchObject({ 'x-one': '1' });
    await Promise.all(Array.from({ length: 20 }, (_, i) => ask(kept, `/${i}`)));
    expect(other.sessions).toHaveLength(1);
    expect(other.taken).toHaveLength(21);
    expect(other.taken[0]).toEqual({ path: '/a', body: 'Grüße' });
  });

  it('is opened once by requests that come together', async () => {
    const other = await serve();
    const kept = keep(other.origin);
    await Promise.all([ask(kept), ask(kept), ask(kept)]);
    expect(other.sessions).toHaveLength(1);
  });

  it('is opened anew after the other side has ended it', async () => {
    const other = await serve();
    const kept = keep(other.origin);
    await ask(kept);
    other.sessions[0]?.destroy();
    // Whoever asks before the news has come gets no answer.
    await expect.poll(() => ask(kept).catch(() => undefined)).toMatchObject({ status: 200 });
    await Promise.all([ask(kept), ask(kept)]);
    expect(other.sessions).toHaveLength(2);
  });

  it('is left after GOAWAY: what is under way is answered, what comes takes a new one', async () => {
    let answer = () => {};
    const other = await serve((stream) => {
      if (other.sessions.length > 1) return false;
      answer = () => {
        stream.respond({ ':status': 202 });
        stream.end();
      };
      stream.session?.goaway(constants.NGHTTP2_NO_ERROR, stream.id);
      return true;
    });
    const kept = keep(other.origin);
    const underWay = ask(kept);
    await expect.poll(() => other.sessions.length).toBe(1);
    await expect.poll(async () => (await ask(kept)).status, { timeout: 5000 }).toBe(200);
    expect(other.sessions.length).toBe(2);
    answer();
    expect((await underWay).status).toBe(202);
  });

  it('repeats a request that the other side says it has not looked at, once', async () => {
    let refused = 0;
    const other = await serve((stream) => {
      if (other.taken.length === 0 || refused > 0) return false;
      refused += 1;
      stream.close(constants.NGHTTP2_REFUSED_STREAM);
      return true;
    });
    const kept = keep(other.origin);
    await ask(kept);
    expect((await ask(kept)).status).toBe(200);
    expect([refused, other.taken.length]).toEqual([1, 2]);
  });

  it('that is silent is asked for a sign of life', async () => {
    const other = await serve();
    const kept = keep(other.origin, { silenceMs: 50 });
    await ask(kept);
    const pings = { count: 0 };
    other.sessions[0]?.on('ping', () => (pings.count += 1));
    await expect.poll(() => pings.count, { timeout: 5000 }).toBeGreaterThan(2);
    await ask(kept);
    expect(other.sessions).toHaveLength(1);
  });

  it('that was cut in between is replaced before anything is asked over it', async () => {
    const other = await serve();
    const { origin, cut } = await between(other.origin);
    const kept = keep(origin, { silenceMs: 50, signMs: 100 });
    await ask(kept);
    cut();
    await sleep(500);
    expect((await ask(kept)).status).toBe(200);
    expect(other.sessions).toHaveLength(2);
  });

  it('that swallows everything is given up with the request that waited', async () => {
    let isSilent = true;
    const other = await serve(() => isSilent);
    const kept = keep(other.origin, { timeoutMs: 300 });
    expect(await failureOf(kept)).toMatchObject({ failure: 'unanswered', code: 'timeout' });
    isSilent = false;
    await ask(kept);
    expect(other.sessions).toHaveLength(2);
  });

  it('ends when it is closed', async () => {
    const other = await serve();
    const kept = keep(other.origin);
    await ask(kept);
    kept.close();
    await expect.poll(() => other.sessions[0]?.closed).toBe(true);
  });

  describe('tells what the other side can have seen', () => {
    it('nothing: nobody listens, a stranger’s certificate, a name without address', async () => {
      expect(await failureOf(keep('https://localhost:1'))).toMatchObject({
        failure: 'unsent',
        code: 'ECONNREFUSED',
      });
      const other = await serve();
      const stranger = `https://stranger.example:${new URL(other.origin).port}`;
      const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
      expect(await failureOf(keep(stranger, { resolve }))).toMatchObject({
        failure: 'unsent',
        code: 'ERR_TLS_CERT_ALTNAME_INVALID',
      });
      expect(await failureOf(keep('https://nobody.example', { resolve: async () => [] }))).toMatchObject({
        failure: 'unsent',
        code: 'ENOTFOUND',
      });
    });

    it('nothing: a server that accepts and never says a word', async () => {
      const sockets: Socket[] = [];
      const server = createTcpServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
      await once(server, 'listening');
      closers.push(() => {
        for (const socket of sockets) socket.destroy();
        server.close();
      });
      const { port } = server.address() as AddressInfo;
      const kept = keep(`https://localhost:${port}`, { timeoutMs: 300 });
      expect(await failureOf(kept)).toMatchObject({ failure: 'unsent', code: 'timeout' });
    });

    it('perhaps all: the connection broke, the stream was reset, the caller gave up', async () => {
      const broken = await serve((stream) => {
        stream.session?.destroy();
        return true;
      });
      expect(await failureOf(keep(broken.origin))).toMatchObject({ failure: 'unanswered' });
      const reset = await serve((stream) => {
        stream.close(constants.NGHTTP2_INTERNAL_ERROR);
        return true;
      });
      expect(await failureOf(keep(reset.origin))).toMatchObject({ failure: 'unanswered' });
      const silent = await serve(() => true);
      const signal = AbortSignal.timeout(100);
      const asked = keep(silent.origin).request({ path: '/', headers: {}, body: '', signal });
      await expect(asked).rejects.toMatchObject({ failure: 'unanswered', code: 'timeout' });
    });

    it('S-92 stops reading an answer without end', async () => {
      const other = await serve((stream) => {
        stream.respond({ ':status': 200 });
        const chunk = Buffer.alloc(2 ** 16);
        const pour = () => {
          while (!stream.destroyed && stream.write(chunk));
        };
        stream.on('drain', pour);
        pour();
        return true;
      });
      expect(await failureOf(keep(other.origin))).toMatchObject({
        failure: 'unanswered',
        code: 'response_too_large',
      });
    });
  });

  it('S-92 is opened to no address that isn’t permitted', async () => {
    const other = await serve();
    const { port } = new URL(other.origin);
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    for (const origin of [
      other.origin,
      `https://127.0.0.1:${port}`,
      `https://[::1]:${port}`,
      'https://10.0.0.1',
    ]) {
      expect(await failureOf(keep(origin, { allow: [], resolve })), origin).toMatchObject({
        failure: 'refused',
        code: 'private_address',
      });
    }
    expect(other.sessions).toEqual([]);
  });

  it('S-92 speaks no http, unless in development or to an origin that is allowed', async () => {
    const other = await serve(undefined, false);
    expect(await failureOf(keep(other.origin, { allow: ['127.0.0.0/8', '::1'] }))).toMatchObject({
      code: 'not_https',
    });
    expect((await ask(keep(other.origin))).status).toBe(200);
    expect((await ask(keep(other.origin, { allow: [], isDevelopment: true }))).status).toBe(200);
  });

  it('a header with a line end in it is not sent', async () => {
    const other = await serve();
    const headers = { 'x-name': 'a\r\nx-other: b' };
    const asked = keep(other.origin).request({ path: '/', headers, body: '' });
    await expect(asked).rejects.toMatchObject({ failure: 'refused' });
    expect(other.taken).toEqual([]);
  });

  it('a certificate that can’t be read is refused', async () => {
    const other = await serve();
    const kept = connectionKeeper({ allow: [other.origin] })(other.origin, { pfx: Buffer.from('none') });
    expect(await failureOf(kept)).toMatchObject({ failure: 'refused' });
  });
});
