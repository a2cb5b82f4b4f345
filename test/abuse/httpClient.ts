import { Agent, type IncomingHttpHeaders, request as open } from 'node:http';
import { gunzipSync } from 'node:zlib';

export interface Call {
  method?: string;
  headers?: Readonly<Record<string, string | string[]>>;
  /** Sent as it is. */
  body?: string | Buffer;
  form?: Readonly<Record<string, string>>;
  json?: unknown;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the endpoint answered
  body: any;
}

/** Sends one request exactly as given: no redirect is followed, no header added but Host and the length. */
export type Send = (path: string, call?: Call) => Promise<Answer>;

/** A client of one server; `close` ends its connections. */
export function httpClient(baseUrl: string): { send: Send; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const { hostname, port } = new URL(baseUrl);
  const send: Send = (path, { method, headers = {}, body, form, json } = {}) =>
    new Promise((resolve, reject) => {
      const payload = body ?? (form ? new URLSearchParams(form).toString() : encoded(json));
      const type = form
        ? 'application/x-www-form-urlencoded'
        : json === undefined
          ? undefined
          : 'application/json';
      const request = open(
        {
          agent,
          hostname,
          port,
          path,
          method: method ?? (payload === undefined ? 'GET' : 'POST'),
          headers: {
            ...(type ? { 'content-type': type } : {}),
            ...(payload === undefined ? {} : { 'content-length': Buffer.byteLength(payload) }),
            ...headers,
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const bytes = Buffer.concat(chunks);
            const text = (
              response.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes
            ).toString();
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              text,
              body: parsed(text, response.headers['content-type']),
            });
          });
        },
      );
      request.on('error', reject);
      request.end(payload);
    });
  return { send, close: () => agent.destroy() };
}

function encoded(json: unknown): string | undefined {
  return json === undefined ? undefined : JSON.stringify(json);
}

function parsed(text: string, type: string | undefined): unknown {
  if (!type?.startsWith('application/json')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
