import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../database/database.ts';
import type { AnyMessage, Channel } from './channel.ts';
import { listProviders, openConfig, type StoredProvider } from './providerStore.ts';
import {
  type AllTools,
  DeliveryError,
  type Provider,
  type ProviderDefinition,
} from './providers/provider.ts';
import { receiptsUrl } from './receiptsUrl.ts';
import { providerRoute, type Route } from './route.ts';

export interface RoutesParts {
  db: Db;
  vault: Vault;
  /** Without what is of one stored provider. */
  tools: Omit<AllTools, 'callbackUrl' | 'concurrency'>;
  /** Public origin with a trailing slash: receipts come back below it. */
  publicUrl: string;
  findDefinition: FindDefinition;
  /** The way out of a channel for which no provider is stored. */
  fallback: (channel: Channel) => Route;
}

/** The definition of a provider; undefined for a name that a channel doesn't know. */
export type FindDefinition = (channel: Channel, name: string) => Promise<ProviderDefinition | undefined>;

interface Opened {
  revision: number;
  route: Route;
  close(): void;
}

/** Longer than a try: what is under way through a provider that was replaced comes to its end. */
const closeAfterMs = 60_000;

/**
 * The ways out as the database has them at the moment: a change by an operator counts from the next batch on,
 * on every node. What was set up is kept as long as it doesn't change.
 */
export class Routes {
  readonly #parts: RoutesParts;
  readonly #opened = new Map<string, Opened>();

  constructor(parts: RoutesParts) {
    this.#parts = parts;
  }

  /** The ways out of a channel, the preferred one first. */
  async of(channel: Channel): Promise<readonly Route[]> {
    const stored = await listProviders(this.#parts.db, channel);
    this.#forgetAllBut(channel, stored);
    if (stored.length === 0) return [this.#parts.fallback(channel)];
    const routes: Route[] = [];
    for (const provider of stored) routes.push(await this.#routeOf(provider));
    return routes;
  }

  /** Ends what providers keep open. */
  close(): void {
    for (const { close } of this.#opened.values()) close();
    this.#opened.clear();
  }

  async #routeOf(stored: StoredProvider): Promise<Route> {
    const known = this.#opened.get(stored.id);
    if (known?.revision === stored.revision) return known.route;
    if (known) {
      this.#opened.delete(stored.id);
      closeLater(known);
    }
    const { provider, isLasting } = await setUp(this.#parts, stored);
    const route = providerRoute(stored, provider);
    if (isLasting) {
      this.#opened.set(stored.id, { revision: stored.revision, route, close: () => provider.close?.() });
    }
    return route;
  }

  #forgetAllBut(channel: Channel, stored: readonly StoredProvider[]): void {
    const ids = new Set(stored.map(({ id }) => id));
    for (const [id, opened] of this.#opened) {
      if (opened.route.channel !== channel || ids.has(id)) continue;
      this.#opened.delete(id);
      closeLater(opened);
    }
  }
}

/**
 * What cannot be set up fails message by message, so that the other provider takes over and logs tell why.
 * Unless what was entered is wrong, the next batch sets it up again: the fault may pass.
 */
async function setUp(
  parts: RoutesParts,
  stored: StoredProvider,
): Promise<{ provider: Provider<AnyMessage>; isLasting: boolean }> {
  try {
    return { provider: await createProvider(parts, stored), isLasting: true };
  } catch (error) {
    const refusal =
      error instanceof DeliveryError
        ? error
        : new DeliveryError('configuration', 'provider_setup', { cause: error });
    const isLasting = refusal === error && refusal.kind === 'configuration';
    return { provider: { send: () => Promise.reject(refusal) }, isLasting };
  }
}

/**
 * Sets a stored provider up.
 *
 * @throws DeliveryError, or the vault's own error when the credentials don't open.
 */
export async function createProvider(
  { vault, tools, publicUrl, findDefinition }: ProviderSetUp,
  stored: StoredProvider,
): Promise<Provider<AnyMessage>> {
  const definition = await findDefinition(stored.channel, stored.name);
  if (!definition) throw new DeliveryError('configuration', 'unknown_provider');
  return definition.create(openConfig(vault, stored), {
    ...tools,
    callbackUrl: receiptsUrl(publicUrl, stored.id),
    concurrency: stored.concurrency,
  });
}

/** What setting a provider up takes. */
export type ProviderSetUp = Omit<RoutesParts, 'db' | 'fallback'>;

function closeLater(opened: Opened): void {
  setTimeout(opened.close, closeAfterMs).unref();
}
