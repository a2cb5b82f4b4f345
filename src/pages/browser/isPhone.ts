import type { FastifyRequest } from 'fastify';

/**
 * Whether the browser runs on a phone, which can't scan its own screen: by client hint, else by
 * user agent. A wrong guess costs the person one click.
 */
export function isPhone(request: Pick<FastifyRequest, 'headers'>): boolean {
  const hint = request.headers['sec-ch-ua-mobile'];
  if (hint === '?1') return true;
  if (hint === '?0') return false;
  return /iPhone|iPod|Android.+Mobile|Mobile.+Firefox|Windows Phone/.test(
    request.headers['user-agent'] ?? '',
  );
}
