import { validateHeaderValue } from 'node:http';
import { type ClientHttp2Session, type ClientHttp2Stream, constants } from 'node:http2';
import { faultCode } from './faultCode.ts';
import { joinHeaders } from './joinHeaders.ts';
import type { KeptRequest } from './keptConnection.ts';
import type { OutboundResponse } from './outboundClient.ts';
import { OutboundError } from './outboundError.ts';

/** Requests under way, by connection: only while there are some does it keep the process alive. */
const underWay = new WeakMap<ClientHttp2Session, number>();

/**
 * One request over an open connection.
 *
 * @throws OutboundError
 */
export async function exchangeOn(
  session: ClientHttp2Session,
  { path, headers, body }: KeptRequest,
  { signal, maxResponseBytes }: { signal: AbortSignal; maxResponseBytes: number },
): Promise<OutboundResponse> {
  const stream = begin(session, path, headers);
  occupy(session, 1);
  try {
    return await answerOf(stream, body, { signal, maxResponseBytes });
  } finally {
    occupy(session, -1);
  }
}

function begin(
  session: ClientHttp2Session,
  path: string,
  headers: Readonly<Record<string, string>>,
): ClientHttp2Stream {
  try {
    // HTTP/2 of Node leaves a line end in them to the other side to judge.
    for (const [name, value] of Object.entries({ ...headers, path })) validateHeaderValue(name, value);
    return session.request({
      ...headers,
      [constants.HTTP2_HEADER_METHOD]: 'POST',
      [constants.HTTP2_HEADER_PATH]: path,
      'user-agent': 'Countersign',
    });
  } catch (error) {
    // It was closed a moment ago, or a header is none.
    const isOver = session.closed || session.destroyed;
    throw new OutboundError(isOver ? 'unsent' : 'refused', faultCode(error), { cause: error });
  }
}

function answerOf(
  stream: ClientHttp2Stream,
  body: string,
  { signal, maxResponseBytes }: { signal: AbortSignal; maxResponseBytes: number },
): Promise<OutboundResponse> {
  const { promise, resolve, reject } = Promise.withResolvers<OutboundResponse>();
  const chunks: Buffer[] = [];
  let size = 0;
  let status = 0;
  let answered: Record<string, string | undefined> = {};
  let fault: unknown;

  const giveUp = (): void => {
    fault ??= new OutboundError('unanswered', 'timeout');
    stream.close(constants.NGHTTP2_CANCEL);
  };
  signal.addEventListener('abort', giveUp, { once: true });
  stream.on('response', (received) => {
    status = Number(received[constants.HTTP2_HEADER_STATUS]);
    answered = joinHeaders(received as NodeJS.Dict<string | string[]>);
  });
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= maxResponseBytes) chunks.push(chunk);
    else {
      fault ??= new OutboundError('unanswered', 'response_too_large');
      stream.close(constants.NGHTTP2_CANCEL);
    }
  });
  stream.on('error', (error) => {
    fault ??= error;
  });
  stream.on('close', () => {
    signal.removeEventListener('abort', giveUp);
    const isWhole = stream.rstCode === constants.NGHTTP2_NO_ERROR && stream.readableEnded && status > 0;
    if (fault === undefined && isWhole) {
      resolve({ status, headers: answered, body: Buffer.concat(chunks) });
    } else {
      reject(failureOf(stream, fault));
    }
  });
  stream.end(body);
  if (signal.aborted) giveUp();
  return promise;
}

/** RFC 9113 §8.7: a stream that was refused was not acted upon; so are those after the last one of a GOAWAY. */
function failureOf(stream: ClientHttp2Stream, fault: unknown): OutboundError {
  if (fault instanceof OutboundError) return fault;
  const isUnseen = stream.rstCode === constants.NGHTTP2_REFUSED_STREAM || stream.id === undefined;
  const code = fault === undefined ? 'closed' : faultCode(fault);
  return new OutboundError(isUnseen ? 'unsent' : 'unanswered', code, { cause: fault });
}

function occupy(session: ClientHttp2Session, change: 1 | -1): void {
  const count = (underWay.get(session) ?? 0) + change;
  underWay.set(session, count);
  if (session.destroyed) return;
  if (count > 0) session.ref();
  else session.unref();
}
