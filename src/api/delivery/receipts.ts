import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../../config/clock.ts';
import type { Vault } from '../../crypto/vault.ts';
import type { Database } from '../../database/database.ts';
import type { Channel } from '../../delivery/channel.ts';
import { findProviderById, openConfig, type StoredProvider } from '../../delivery/providerStore.ts';
import type { Receipt, ReceiptReading } from '../../delivery/providers/provider.ts';
import { receiptsPath } from '../../delivery/receiptsUrl.ts';
import { recordReceipt } from '../../delivery/recordReceipt.ts';
import type { FindDefinition } from '../../delivery/routes.ts';

export interface ReceiptParts {
  database: Database;
  vault: Vault;
  clock: Clock;
  /** Public origin with a trailing slash: providers sign the address they were given (S-85). */
  publicUrl: string;
  findDefinition: FindDefinition;
  /** Told of what was recorded, for metrics. */
  onReceipt: (told: { channel: Channel; provider: string; outcome: Receipt['status'] }) => void;
  /** How long to wait for a message whose receipt is faster than its own outcome, milliseconds. Default 2000. */
  patienceMs?: number;
}

/** A receipt is small. */
const largestBody = 8 * 1024;

/**
 * Takes what providers report about messages at `/delivery/receipts/{provider}`, the address given to them at
 * the hand-over. The provider's definition says whether a report is genuine (S-97): one that isn't is answered
 * 403 like one for a provider that doesn't exist, and changes nothing.
 */
export async function registerReceipts(app: FastifyInstance, parts: ReceiptParts): Promise<void> {
  await app.register(async (scope) => {
    // Signatures are over the body as it came.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: largestBody },
      async (_: unknown, body: Buffer) => body,
    );
    const options = { schema: { hide: true }, bodyLimit: largestBody };
    scope.route<{ Params: { provider: string } }>({
      method: ['GET', 'POST'],
      url: `${receiptsPath}:provider`,
      ...options,
      handler: (request, reply) => takeReceipt(parts, request, reply),
    });
  });
}

async function takeReceipt(
  parts: ReceiptParts,
  request: FastifyRequest<{ Params: { provider: string } }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const found = await readReceipt(parts, request);
  if (!found || found.reading === 'unauthenticated') return reply.code(403).send();
  if (found.reading === 'ignored') return reply.code(200).send();
  const { provider, reading: receipt } = found;
  let outcome = await recordReceipt(parts, provider.id, receipt);
  if (outcome === 'unknown') {
    // The provider may be faster than the transaction that writes its id down.
    await sleep(parts.patienceMs ?? 2000);
    outcome = await recordReceipt(parts, provider.id, receipt);
  }
  if (outcome === 'unknown') return reply.code(404).send();
  if (outcome === 'recorded') {
    parts.onReceipt({ channel: provider.channel, provider: provider.name, outcome: receipt.status });
  }
  return reply.code(200).send();
}

async function readReceipt(
  { database, vault, clock, publicUrl, findDefinition }: ReceiptParts,
  request: FastifyRequest<{ Params: { provider: string } }>,
): Promise<{ provider: StoredProvider; reading: ReceiptReading } | undefined> {
  const provider = await findProviderById(database.db, request.params.provider);
  if (!provider) return undefined;
  const definition = await findDefinition(provider.channel, provider.name);
  if (!definition?.readReceipt) return undefined;
  const reading = await definition.readReceipt(
    {
      method: request.method,
      url: new URL(request.url, publicUrl).href,
      headers: plainHeaders(request.headers),
      body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    },
    openConfig(vault, provider),
    { clock },
  );
  return { provider, reading };
}

/** One of several values of a name is none: which one was signed can't be told. */
function plainHeaders(headers: FastifyRequest['headers']): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : undefined]),
  );
}
