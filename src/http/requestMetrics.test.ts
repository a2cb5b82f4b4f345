import { describe, expect, it } from 'vitest';
import { DatabaseUnavailableError } from '../database/unavailable.ts';
import { createRequestMetrics, type MetricSource } from './requestMetrics.ts';

describe('metrics of other parts', () => {
  const source = (changes: Partial<MetricSource>): MetricSource => ({
    kind: 'counter',
    name: 'letters_total',
    help: 'Letters',
    labelNames: ['colour'],
    read: async () => [{ labels: { colour: 'red' }, value: 3 }],
    ...changes,
  });
  const read = async (sources: MetricSource[]) => createRequestMetrics(sources).read();

  it('are read anew each time', async () => {
    let value = 1;
    const metrics = createRequestMetrics([
      source({ kind: 'gauge', read: async () => [{ labels: { colour: 'red' }, value }] }),
    ]);
    await metrics.read();
    value = 2;
    expect((await metrics.read()).text).toContain('letters_total{colour="red"} 2');
  });

  it('keep their kind', async () => {
    const { text } = await read([source({}), source({ kind: 'gauge', name: 'parcels' })]);
    expect(text).toContain('# TYPE letters_total counter\nletters_total{colour="red"} 3');
    expect(text).toContain('# TYPE parcels gauge');
  });

  it('are absent in an outage, and the rest is there', async () => {
    const { text } = await read([
      source({ read: () => Promise.reject(new DatabaseUnavailableError(new Error('gone'))) }),
    ]);
    expect(text).not.toContain('letters_total{');
    expect(text).toContain('process_cpu_seconds_total');
  });
});
