import type { Db } from '../database/database.ts';
import { type Breaker, readBreakers } from './breaker.ts';
import { listProviders, type StoredProvider } from './providerStore.ts';

/** A stored provider with what is known about its health; without a breaker it never failed. */
export interface WatchedProvider extends StoredProvider {
  breaker: Breaker | undefined;
}

/** All stored providers and how they are; in the order of `listProviders`. */
export async function listWatchedProviders(db: Db): Promise<WatchedProvider[]> {
  const stored = await listProviders(db);
  const breakers = await readBreakers(
    db,
    stored.map(({ id }) => id),
  );
  return stored.map((provider) => ({ ...provider, breaker: breakers.get(provider.id) }));
}
