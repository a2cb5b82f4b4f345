import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** One answered request. */
export interface ObservedRequest {
  method: string;
  /** The route's pattern; undefined when there was none. */
  route: string | undefined;
  status: number;
  ms: number;
}

/** What the process tells about itself and its requests. */
export interface RequestMetrics {
  observe(request: ObservedRequest): void;
  read(): Promise<{ contentType: string; text: string }>;
}

/** From what memory answers to what waits for a provider. */
const secondsBuckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export function createRequestMetrics(): RequestMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request to the end of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: secondsBuckets,
    registers: [registry],
  });
  return {
    observe({ method, route, status, ms }) {
      // Unknown addresses are one label: strangers mustn't be able to make up others.
      const labels = route === undefined ? { method: 'any', route: 'none' } : { method, route };
      duration.observe({ ...labels, status }, ms / 1000);
    },
    read: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}
