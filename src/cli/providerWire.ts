import type { TObject } from 'typebox';
import { wireName } from '../config/wireName.ts';
import { type Breaker, standOf } from '../delivery/breaker.ts';
import type { StoredProvider } from '../delivery/providerStore.ts';
import type { ProviderDefinition } from '../delivery/providers/provider.ts';
import { receiptsUrl } from '../delivery/receiptsUrl.ts';

/** A stored provider as commands print it; of its credentials only which there are. */
export function toWireProvider(
  provider: StoredProvider,
  credentials: Readonly<Record<string, unknown>>,
  breaker: Breaker | undefined,
  { publicUrl, now }: { publicUrl: string; now: number },
) {
  const { id, channel, role, name, settings, concurrency, updatedAt } = provider;
  return {
    channel,
    role,
    name,
    ...wireState(breaker, now),
    concurrency,
    settings: Object.fromEntries(
      Object.entries(settings).map(([member, value]) => [wireName(member), value]),
    ),
    credentials: Object.keys(credentials).map(wireName),
    receipts_url: receiptsUrl(publicUrl, id),
    updated_at: new Date(updatedAt).toISOString(),
  };
}

/** Whether messages go to it, and why not. */
export function wireState(breaker: Breaker | undefined, now: number) {
  if (breaker === undefined || standOf(breaker, now) === 'closed') return { state: 'working' };
  return {
    state: 'paused',
    last_error: breaker.last_code,
    next_try_at: breaker.retry_at === null ? null : new Date(breaker.retry_at).toISOString(),
  };
}

/** A provider that could be stored, with what it asks for. */
export function toWireDefinition({ channel, name, title, settings, credentials }: ProviderDefinition) {
  return { channel, name, title, settings: wireFields(settings), credentials: wireFields(credentials) };
}

function wireFields({ properties, required }: TObject) {
  const mandatory: readonly string[] = required ?? [];
  return Object.entries(properties).map(([member, property]) => ({
    name: wireName(member),
    required: mandatory.includes(member),
    description: (property as { description?: string }).description ?? '',
  }));
}
