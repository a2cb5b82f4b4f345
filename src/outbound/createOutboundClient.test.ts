import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { startVendorServer, type VendorServer } from '../../test/support/simulators/vendorServer.ts';
import { createOutboundClient, type OutboundOptions } from './createOutboundClient.ts';
import type { OutboundError } from './outboundError.ts';

const ok = () => ({ status: 200, headers: { 'x-one': '1' }, body: 'taken' });
const closers: (() => unknown)[] = [];

async function serve(handle: Parameters<typeof startVendorServer>[0] = ok, isSecure = true) {
  const server = await startVendorServer(handle, { isSecure });
  closers.push(() => server.close());
  return server;
}

async function failureOf(url: string, options: OutboundOptions = {}, request = {}): Promise<OutboundError> {
  const client = createOutboundClient(options);
  return client.request({ method: 'POST', url, body: 'x', ...request }).then(
    () => expect.fail(`${url} was reached`),
    (error: OutboundError) => error,
  );
}

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

describe('createOutboundClient', () => {
  it('sends one request and gives the whole answer', async () => {
    const server = await serve();
    const client = createOutboundClient({ allow: ['127.0.0.1', '::1'] });
    const answer = await client.request({
      method: 'POST',
      url: `${server.origin}/a?b=c`,
      headers: { 'content-type': 'text/plain' },
      body: 'Grüße',
    });
    expect(answer).toMatchObject({ status: 200, headers: { 'x-one': '1' }, body: Buffer.from('taken') });
    expect(server.requests).toMatchObject([
      { method: 'POST', body: 'Grüße', headers: { 'content-type': 'text/plain' } },
    ]);
    expect(server.requests[0]?.url.href).toContain('/a?b=c');
  });

  it('S-92 speaks no http, unless in development or to an origin that is allowed', async () => {
    const { origin } = await serve(ok, false);
    expect(await failureOf(origin, { allow: ['127.0.0.0/8'] })).toMatchObject({ code: 'not_https' });
    for (const options of [{ isDevelopment: true }, { allow: [origin] }]) {
      const answer = await createOutboundClient(options).request({ method: 'GET', url: origin });
      expect(answer.status).toBe(200);
    }
  });

  it('S-92 an allowed origin allows no other port of its host', async () => {
    const [one, other] = [await serve(), await serve()];
    expect(await failureOf(other.origin, { allow: [one.origin] })).toMatchObject({
      failure: 'refused',
      code: 'private_address',
    });
    expect(other.requests).toEqual([]);
  });

  it('S-92 development opens this machine, not its network or metadata service', async () => {
    for (const url of ['https://10.0.0.1/', 'https://169.254.169.254/', 'http://[fd00:ec2::254]/']) {
      expect(await failureOf(url, { isDevelopment: true })).toMatchObject({ code: 'private_address' });
    }
  });

  it('S-92 refuses a name with a private address among its public ones', async () => {
    const { origin } = await serve();
    const addresses = [
      { address: '93.184.215.14', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ];
    const error = await failureOf(origin, { resolve: async () => addresses });
    expect(error).toMatchObject({ failure: 'refused', code: 'private_address' });
  });

  it('S-92 a name that changes its mind after the check (DNS rebinding) gains nothing', async () => {
    const inner = await serve();
    const { port } = new URL(inner.origin);
    let looks = 0;
    // Public at the first look, this machine from then on.
    const resolve = async () => {
      looks += 1;
      return [{ address: looks === 1 ? '192.88.98.1' : '127.0.0.1', family: 4 }];
    };
    const error = await failureOf(`https://rebind.example:${port}`, { resolve, timeoutMs: 300 });
    expect(error.failure).toBe('unsent');
    expect(looks).toBe(1);
    expect(inner.requests).toEqual([]);
  });

  it('S-92 the certificate is checked against the name, not the address', async () => {
    const { origin } = await serve();
    const { port } = new URL(origin);
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    const error = await failureOf(`https://other.example:${port}`, { resolve, allow: ['127.0.0.1'] });
    expect(error).toMatchObject({ failure: 'unsent', code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  });

  it('S-92 follows no redirect', async () => {
    const inner = await serve();
    const outer = await serve(() => ({ status: 307, headers: { location: `${inner.origin}/secret` } }));
    const client = createOutboundClient({ allow: [outer.origin, inner.origin] });
    expect(await client.request({ method: 'GET', url: outer.origin })).toMatchObject({ status: 307 });
    expect(inner.requests).toEqual([]);
  });

  it('S-92 stops reading an answer without end', async () => {
    const server = await serve();
    server.misbehave('endless');
    expect(await failureOf(server.origin, { allow: [server.origin] })).toMatchObject({
      failure: 'unanswered',
      code: 'response_too_large',
    });
  });

  it('S-92 sends nothing that is too large', async () => {
    const server = await serve();
    const options = { allow: [server.origin], maxRequestBytes: 10 };
    expect(await failureOf(server.origin, options, { body: '12345678901' })).toMatchObject({
      code: 'request_too_large',
    });
    expect(server.requests).toEqual([]);
  });

  it.each(['GET / HTTP/1.1\r\n', 'HTTP/1.1 200 OK\r\n', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n'])(
    'S-92 waits no longer than it may for one who trickles %j',
    async (start) => {
      const sockets: Socket[] = [];
      const server = createServer((socket) => {
        sockets.push(socket);
        socket.on('error', () => {});
        socket.write(start.startsWith('GET') ? '' : start);
        const drip = setInterval(() => socket.write('x'), 30);
        socket.on('close', () => clearInterval(drip));
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      closers.push(() => server.close());
      const { port } = server.address() as { port: number };
      const error = await failureOf(`http://127.0.0.1:${port}`, { isDevelopment: true, timeoutMs: 300 });
      expect(error.failure).toBe('unanswered');
      await expect.poll(() => sockets.every(({ destroyed }) => destroyed)).toBe(true);
    },
  );

  it('S-92 a header with a line end in it is not sent', async () => {
    const server = await serve();
    const headers = { 'x-name': 'a\r\nx-other: b' };
    expect(await failureOf(server.origin, { allow: [server.origin] }, { headers })).toMatchObject({
      failure: 'refused',
      code: 'ERR_INVALID_CHAR',
    });
  });

  describe('tells what the other side can have seen', () => {
    async function meet(misbehave: (server: VendorServer) => void, options: OutboundOptions = {}) {
      const server = await serve();
      misbehave(server);
      return failureOf(server.origin, { allow: [server.origin], timeoutMs: 500, ...options });
    }

    it('nothing: refused connection, unknown name, stranger’s certificate, no address', async () => {
      expect(await failureOf('https://localhost:1', { isDevelopment: true })).toMatchObject({
        failure: 'unsent',
        code: 'ECONNREFUSED',
      });
      expect(await failureOf('https://no-such-host.invalid')).toMatchObject({ failure: 'unsent' });
      expect(await failureOf('https://a.example', { resolve: async () => [] })).toMatchObject({
        failure: 'unsent',
        code: 'ENOTFOUND',
      });
    });

    it('nothing: the caller gave up while the name was looked up', async () => {
      const resolve = () => new Promise<never>(() => {});
      const error = await failureOf('https://a.example', { resolve }, { signal: AbortSignal.timeout(50) });
      expect(error).toMatchObject({ failure: 'unsent', code: 'timeout' });
    });

    it('perhaps all: no answer in time, or the connection broke', async () => {
      expect(await meet((server) => server.misbehave({ late: 2000 }))).toMatchObject({
        failure: 'unanswered',
        code: 'timeout',
      });
      expect(await meet((server) => server.misbehave('takeThenReset'))).toMatchObject({
        failure: 'unanswered',
        code: 'ECONNRESET',
      });
    });
  });
});
