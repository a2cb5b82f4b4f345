import type { Clock } from '../config/clock.ts';
import type { Settings } from '../config/settings.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../database/database.ts';
import { standOf } from '../delivery/breaker.ts';
import { DeliveryError } from '../delivery/providers/provider.ts';
import { createProvider, type ProviderSetUp } from '../delivery/routes.ts';
import { listWatchedProviders, type WatchedProvider } from '../delivery/watchedProviders.ts';
import { providerSetUp } from '../houseDelivery.ts';
import { type Finding, guard } from './finding.ts';

const timeoutMs = 20_000;

/**
 * Looks at each stored provider: whether it can be set up, whether it lets us in where that can be asked without
 * sending, and whether it is left alone after failures; and at channels that lack one.
 */
export async function checkProviders(
  db: Db,
  parts: { settings: Settings; vault: Vault; clock: Clock },
): Promise<Finding[]> {
  const providers = await listWatchedProviders(db);
  const setUp = providerSetUp(db, parts);
  const checked = providers.map((provider) => checkProvider(setUp, provider, parts.clock()));
  return [...(await Promise.all(checked)), ...(await findMissing(db, providers))];
}

/** Channels that had something to send and nobody to send it: rows of messages are kept for a week. */
async function findMissing(db: Db, providers: readonly WatchedProvider[]): Promise<Finding[]> {
  const rows = await db
    .selectFrom('messages')
    .select(['channel', (e) => e.fn.countAll<number>().as('messages')])
    .where('last_error', '=', 'no_provider')
    .groupBy('channel')
    .orderBy('channel')
    .execute();
  const missing = rows.filter((row) => !providers.some(({ channel }) => channel === row.channel));
  return missing.map(({ channel, messages }) => ({
    name: `${channel} provider`,
    status: 'warning',
    message: `none is set, so that of late ${messages} of its messages could not leave`,
    advice: `countersign provider kinds ${channel}, then countersign provider set ${channel} …`,
  }));
}

function checkProvider(setUp: ProviderSetUp, provider: WatchedProvider, now: number): Promise<Finding> {
  const { channel, role, name: service, breaker } = provider;
  const name = `${channel} provider`;
  const advice = `countersign provider test ${channel}${role === 'secondary' ? ' --secondary' : ''} --to …`;
  const title = `${service} (${role})`;
  return guard(
    name,
    async () => {
      const ready = await createProvider(setUp, provider).catch(inWords(title));
      try {
        await ready.check?.(AbortSignal.timeout(timeoutMs)).catch(inWords(title));
      } finally {
        ready.close?.();
      }
      if (breaker && standOf(breaker, now) !== 'closed') {
        const message = `${title} is left alone after failures, the last one ${breaker.last_code}`;
        return { name, status: 'warning', message, advice };
      }
      const verdict = ready.check ? 'lets us in' : 'is set; it can’t be asked without sending';
      return { name, status: 'ok', message: `${title} ${verdict}` };
    },
    advice,
  );
}

function inWords(title: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof DeliveryError)) throw error;
    throw new Error(`${title} answers ${error.code}`, { cause: error });
  };
}
