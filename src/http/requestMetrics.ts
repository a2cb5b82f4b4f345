import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { DatabaseUnavailableError } from '../database/unavailable.ts';

/** One answered request. */
export interface ObservedRequest {
  method: string;
  /** The route's pattern; undefined when there was none. */
  route: string | undefined;
  status: number;
  ms: number;
}

/** A metric of another part, read anew each time; without samples while the database can't be asked. */
export interface MetricSource {
  kind: 'counter' | 'gauge';
  name: string;
  help: string;
  labelNames: readonly string[];
  read(): Promise<{ labels: Record<string, string>; value: number }[]>;
}

/** What the process tells about itself and its requests. */
export interface RequestMetrics {
  observe(request: ObservedRequest): void;
  read(): Promise<{ contentType: string; text: string }>;
}

/** From what memory answers to what waits for a provider. */
const secondsBuckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export function createRequestMetrics(sources: readonly MetricSource[] = []): RequestMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request to the end of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: secondsBuckets,
    registers: [registry],
  });
  for (const source of sources) registerSource(registry, source);
  return {
    observe({ method, route, status, ms }) {
      // Unknown addresses are one label: strangers mustn't be able to make up others.
      const labels = route === undefined ? { method: 'any', route: 'none' } : { method, route };
      duration.observe({ ...labels, status }, ms / 1000);
    },
    read: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}

function registerSource(registry: Registry, { kind, read, labelNames, ...named }: MetricSource): void {
  const options = { ...named, labelNames: [...labelNames], registers: [registry] };
  const metric = kind === 'gauge' ? new Gauge(options) : new Counter(options);
  Object.assign(metric, {
    async collect() {
      metric.reset();
      for (const { labels, value } of await read().catch(noneWhileUnavailable)) metric.inc(labels, value);
    },
  });
}

/** The other metrics are never wanted more than in an outage. */
function noneWhileUnavailable(error: unknown): never[] {
  if (error instanceof DatabaseUnavailableError) return [];
  throw error;
}
