import { type KeyObject, randomUUID, verify } from 'node:crypto';
import { once } from 'node:events';
import {
  constants,
  createSecureServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { trustedCertificate } from './vendorServer.ts';

/** A notification as it was taken. */
export interface ReceivedNotification {
  token: string;
  headers: IncomingHttpHeaders;
  payload: Record<string, unknown>;
}

/** What the next request meets; `late` takes the notification and then is slow. */
export type ApnsMisbehaviour =
  | { status: number; reason?: string; headers?: Record<string, string> }
  | { late: number }
  | 'reset'
  | 'refuse'
  | 'endless'
  | 'goaway';

/** Plays Apple's push service for one application: HTTP/2 over TLS, and strict. */
export interface ApnsSimulator {
  /** As in `https://localhost:40123`. */
  origin: string;
  /** A device with the application; its token. */
  register(): string;
  /** The application is removed from it: 410 from then on. */
  unregister(token: string): void;
  received: ReceivedNotification[];
  /** Requests that reached its logic. */
  requests: IncomingHttpHeaders[];
  /** Connections that were opened so far, and are open now. */
  connections: { opened: number; open: number };
  misbehave(how: ApnsMisbehaviour): void;
  /** Ends every connection, and waits for none. */
  dropConnections(): void;
  close(): Promise<void>;
}

export interface ApnsOptions {
  clock: () => number;
  topic: string;
  /** How its senders sign in: by tokens of a key, or by a certificate (PEM). */
  access: { keyId: string; teamId: string; publicKey: KeyObject } | { certificate: string };
}

const hourSeconds = 3600;
const updateSeconds = 20 * 60;
const largestPayload = 4096;

/** Starts it on a free port. */
export async function startApns({ clock, topic, access }: ApnsOptions): Promise<ApnsSimulator> {
  const devices = new Map<string, { goneAt?: number }>();
  const received: ReceivedNotification[] = [];
  const requests: IncomingHttpHeaders[] = [];
  const sessions = new Set<ServerHttp2Session>();
  const connections = { opened: 0, open: 0 };
  let how: ApnsMisbehaviour | undefined;
  let lastIssuedAt: number | undefined;

  const server = createSecureServer({
    ...(await trustedCertificate()),
    ...('certificate' in access && { ca: access.certificate, requestCert: true, rejectUnauthorized: true }),
  });
  server.on('session', (session) => {
    connections.opened += 1;
    connections.open += 1;
    sessions.add(session);
    session.on('close', () => {
      connections.open -= 1;
      sessions.delete(session);
    });
    session.on('error', () => {});
  });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    serve(stream, headers).catch((error: Error) => stream.destroy(error));
  });

  async function serve(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): Promise<void> {
    const met = how;
    how = undefined;
    // Says before that it has not looked at it.
    if (met === 'refuse') return stream.close(constants.NGHTTP2_REFUSED_STREAM);
    const body = await readAll(stream);
    if (met === 'reset') return stream.session?.destroy();
    if (met === 'endless') return pourOut(stream);
    requests.push(headers);
    if (typeof met === 'object' && 'status' in met) {
      return answer(stream, met.status, met.reason, {}, met.headers);
    }
    const { status, reason, more } = judge(headers, body);
    if (typeof met === 'object') await sleep(met.late);
    if (met === 'goaway') stream.session?.goaway(constants.NGHTTP2_NO_ERROR);
    answer(stream, status, reason, more, { 'apns-id': String(headers['apns-id'] ?? randomUUID()) });
    if (met === 'goaway') stream.session?.close();
  }

  /** https://developer.apple.com/documentation/usernotifications/handling-notification-responses-from-apns */
  function judge(
    headers: IncomingHttpHeaders,
    body: Buffer,
  ): { status: number; reason?: string; more?: object } {
    if (headers[':method'] !== 'POST') return { status: 405, reason: 'MethodNotAllowed' };
    const token = /^\/3\/device\/([0-9a-f]+)$/.exec(String(headers[':path']))?.[1];
    if (token === undefined) return { status: 404, reason: 'BadPath' };
    if ('keyId' in access) {
      const fault = faultOfToken(headers.authorization, access);
      if (fault) return fault;
    } else if (headers.authorization !== undefined) return { status: 403, reason: 'InvalidProviderToken' };
    if (headers['apns-topic'] === undefined) return { status: 400, reason: 'MissingTopic' };
    if (headers['apns-topic'] !== topic) return { status: 400, reason: 'TopicDisallowed' };
    if (!/^\d+$/.test(String(headers['apns-expiration'] ?? '0')))
      return { status: 400, reason: 'BadExpirationDate' };
    if (!/^(10|5|1)$/.test(String(headers['apns-priority'] ?? '10')))
      return { status: 400, reason: 'BadPriority' };
    if (Buffer.byteLength(String(headers['apns-collapse-id'] ?? '')) > 64)
      return { status: 400, reason: 'BadCollapseId' };
    if (headers['apns-push-type'] !== 'alert') return { status: 400, reason: 'InvalidPushType' };
    if (body.length === 0) return { status: 400, reason: 'PayloadEmpty' };
    if (body.length > largestPayload) return { status: 413, reason: 'PayloadTooLarge' };
    const device = devices.get(token);
    if (!device) return { status: 400, reason: 'BadDeviceToken' };
    if (device.goneAt !== undefined) {
      return { status: 410, reason: 'Unregistered', more: { timestamp: device.goneAt } };
    }
    received.push({ token, headers, payload: JSON.parse(body.toString()) });
    return { status: 200 };
  }

  function faultOfToken(
    authorization: string | undefined,
    { keyId, teamId, publicKey }: { keyId: string; teamId: string; publicKey: KeyObject },
  ): { status: number; reason: string } | undefined {
    if (authorization === undefined) return { status: 403, reason: 'MissingProviderToken' };
    const [, header = '', claims = '', signature = ''] =
      /^bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/i.exec(authorization) ?? [];
    const invalid = { status: 403, reason: 'InvalidProviderToken' };
    if (header === '') return invalid;
    const { alg, kid } = JSON.parse(Buffer.from(header, 'base64url').toString());
    const { iss, iat } = JSON.parse(Buffer.from(claims, 'base64url').toString());
    const signed = Buffer.from(`${header}.${claims}`);
    const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
    const isSigned = verify('sha256', signed, key, Buffer.from(signature, 'base64url'));
    if (!isSigned || alg !== 'ES256' || kid !== keyId || iss !== teamId) return invalid;
    const age = clock() / 1000 - iat;
    if (age > hourSeconds || age < -updateSeconds) return { status: 403, reason: 'ExpiredProviderToken' };
    const isTooSoon = lastIssuedAt !== undefined && iat > lastIssuedAt && iat - lastIssuedAt < updateSeconds;
    if (isTooSoon) return { status: 429, reason: 'TooManyProviderTokenUpdates' };
    lastIssuedAt = iat;
    return undefined;
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const dropConnections = () => {
    for (const session of sessions) session.destroy();
  };
  return {
    origin: `https://localhost:${(server.address() as AddressInfo).port}`,
    register() {
      const token = randomUUID().replaceAll('-', '').repeat(2);
      devices.set(token, {});
      return token;
    },
    unregister(token) {
      devices.set(token, { goneAt: clock() });
    },
    received,
    requests,
    connections,
    misbehave(next) {
      how = next;
    },
    dropConnections,
    async close() {
      const closed = once(server, 'close');
      server.close();
      dropConnections();
      await closed;
    },
  };
}

function answer(
  stream: ServerHttp2Stream,
  status: number,
  reason?: string,
  more: object = {},
  headers: Record<string, string> = {},
): void {
  if (stream.destroyed) return;
  stream.respond({ ':status': status, ...headers });
  stream.end(reason === undefined ? '' : JSON.stringify({ reason, ...more }));
}

function pourOut(stream: ServerHttp2Stream): void {
  stream.respond({ ':status': 200 });
  const chunk = Buffer.alloc(2 ** 16, 'x');
  const pour = (): void => {
    while (!stream.destroyed && stream.write(chunk));
  };
  stream.on('drain', pour);
  pour();
}

async function readAll(stream: ServerHttp2Stream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
