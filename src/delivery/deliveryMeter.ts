import type { Clock } from '../config/clock.ts';
import type { Db } from '../database/database.ts';
import { standOf } from './breaker.ts';
import { listWatchedProviders } from './watchedProviders.ts';

/** How a try of this process ended, or what a receipt told it. */
export interface DeliveryOutcome {
  channel: string;
  provider: string;
  outcome: string;
}

/** What is measured, in the form of a Prometheus metric. */
interface Sample {
  labels: Record<string, string>;
  value: number;
}

/** Counts what becomes of messages in this process; the stored state is read when somebody looks. */
export class DeliveryMeter {
  readonly #counts = new Map<string, Sample>();

  /** Labels are few: channels and providers an operator stored. */
  note({ channel, provider, outcome }: DeliveryOutcome): void {
    const key = `${channel} ${provider} ${outcome}`;
    const known = this.#counts.get(key);
    if (known) known.value += 1;
    else this.#counts.set(key, { labels: { channel, provider, outcome }, value: 1 });
  }

  /** Tries to hand a message over, and receipts, by how they ended. */
  counts(): Sample[] {
    return [...this.#counts.values()];
  }
}

/** 1 for each stored provider whose breaker is open, 0 for the others. */
export async function openBreakers(db: Db, clock: Clock): Promise<Sample[]> {
  const providers = await listWatchedProviders(db);
  return providers.map(({ channel, role, name: provider, breaker }) => ({
    labels: { channel, role, provider },
    value: standOf(breaker, clock()) === 'closed' ? 0 : 1,
  }));
}

/** Messages and requests that wait or are being worked on. */
export async function queueLengths(db: Db): Promise<Sample[]> {
  const rows = await db
    .selectFrom('messages')
    .select(['channel', (e) => e.fn.countAll<number>().as('waiting')])
    .where('status', 'in', ['queued', 'sending'])
    .groupBy('channel')
    .execute();
  return rows.map(({ channel, waiting }) => ({ labels: { channel }, value: Number(waiting) }));
}
