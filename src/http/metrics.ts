import { matcherOf, parseAddress } from '../config/networkAddress.ts';
import type { App } from './createApp.ts';
import type { MetricSource, RequestMetrics } from './requestMetrics.ts';

/** Headers of a request that came through somebody else, whatever the setting of trusted proxies. */
const forwardingHeader = /^(?:forwarded|via|x-real-ip|x-forwarded-.*)$/i;

/**
 * Serves metrics at `/metrics` in Prometheus' text format to who connects directly from one of
 * `allowedFrom`; for others it does not exist. A proxy on one of these addresses that adds no forwarding
 * header looks like a direct connection; the setting's documentation warns of it. Counting begins with the
 * first reading: a server that nobody watches spends no memory on it.
 */
export function registerMetrics(
  app: App,
  allowedFrom: readonly string[],
  sources: readonly MetricSource[] = [],
): void {
  const isAllowed = matcherOf(allowedFrom);
  let metrics: RequestMetrics | undefined;

  app.addHook('onResponse', async ({ routeOptions: { method, url } }, { statusCode, elapsedTime }) => {
    metrics?.observe({ method: String(method), route: url, status: statusCode, ms: elapsedTime });
  });

  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    const peer = parseAddress(request.raw.socket.remoteAddress ?? '');
    // As they arrived: some are taken away before a handler runs.
    const names = request.raw.rawHeaders.filter((_text, position) => position % 2 === 0);
    const isDirect = !names.some((name) => forwardingHeader.test(name));
    if (peer === undefined || !isDirect || !isAllowed(peer)) return reply.callNotFound();
    if (!metrics) {
      const { createRequestMetrics } = await import('./requestMetrics.ts');
      metrics ??= createRequestMetrics(sources);
    }
    const { contentType, text } = await metrics.read();
    return reply.type(contentType).send(text);
  });
}
