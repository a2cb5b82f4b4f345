/** What one run of a load gave. */
export interface Figures {
  requests: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/** Sums up the latencies of requests that took `elapsedMs` together. */
export function figuresOf(latenciesMs: readonly number[], elapsedMs: number): Figures {
  const sorted = latenciesMs.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    requests: sorted.length,
    perSecond: (sorted.length / elapsedMs) * 1000,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
