import type { FastifyRequest } from 'fastify';
import type { AddressMatcher } from '../config/networkAddress.ts';
import type { RequestContext } from '../config/requestContext.ts';
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
  const language =
    preferredLanguage(textOf(headers['x-request-language'])) ?? preferredLanguage(headers['accept-language']);
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

/** The language tag with the highest weight in an Accept-Language list, the first of equals (RFC 9110). */
function preferredLanguage(header: string | undefined): string | undefined {
  let best: { tag: string; weight: number } | undefined;
  for (const item of (header ?? '').slice(0, 200).split(',')) {
    const match = item.trim().match(/^([a-z]{1,8}(?:-[a-z0-9]{1,8})*)(?:\s*;\s*q=([01](?:\.\d{0,3})?))?$/i);
    const weight = Number(match?.[2] ?? 1);
    if (match?.[1] !== undefined && weight > (best?.weight ?? 0)) best = { tag: match[1], weight };
  }
  return best?.tag;
}
