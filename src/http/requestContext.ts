import type { FastifyRequest } from 'fastify';
import type { AddressMatcher } from '../config/networkAddress.ts';
import type { RequestContext } from '../config/requestContext.ts';
import { parseAcceptLanguage } from './acceptLanguage.ts';
import { clientAddress } from './clientAddress.ts';
import { RequestError } from './requestError.ts';

const longestUserAgent = 512;

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is asking; set before any handler runs. */
    context: RequestContext;
  }
}

/** @throws RequestError when the client's address can't be told (S-22). */
export function requestContextOf(request: FastifyRequest, isTrustedProxy: AddressMatcher): RequestContext {
  const { headers, socket } = request.raw;
  const ip = clientAddress(socket.remoteAddress, textOf(headers['x-forwarded-for']), isTrustedProxy);
  if (ip === undefined) throw new RequestError('The client’s address can’t be told.');
  const [language] = [headers['x-request-language'], headers['accept-language']].flatMap((header) =>
    parseAcceptLanguage(textOf(header) ?? ''),
  );
  return {
    ip,
    userAgent: (headers['user-agent'] ?? '').slice(0, longestUserAgent),
    ...(language === undefined ? {} : { language }),
  };
}

/** Node joins a repeated X-Forwarded-For with commas; the array is only in its types. */
function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(',') : header;
}
