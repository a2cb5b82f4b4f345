import { createHmac, timingSafeEqual } from 'node:crypto';
import { simulatorId } from './simulatorIds.ts';
import { startVendorServer, type VendorServer } from './vendorServer.ts';

/** A service of an operator's own that takes messages, as docs/delivery/webhook.md tells to write it. */
export interface WebhookReceiver extends VendorServer {
  secret: string;
  /** Bodies of the requests that were authentic, fresh and new. */
  messages: Record<string, unknown>[];
}

const oldestMs = 5 * 60 * 1000;

/** Starts it on a free port. */
export async function startWebhookReceiver({
  isSecure = true,
  clock = Date.now,
}: {
  isSecure?: boolean;
  clock?: () => number;
} = {}): Promise<WebhookReceiver> {
  const secret = simulatorId('canary-', 24);
  const messages: Record<string, unknown>[] = [];
  const seen = new Set<string>();
  const server = await startVendorServer(
    ({ headers, body }) => {
      const [, seconds = '', signature = ''] =
        /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['countersign-signature'])) ?? [];
      const expected = createHmac('sha256', secret).update(`${seconds}.${body}`).digest();
      const given = Buffer.from(signature.padEnd(64, '0'), 'hex');
      if (!timingSafeEqual(given, expected)) return { status: 401 };
      if (Math.abs(Number(seconds) * 1000 - clock()) > oldestMs) return { status: 401 };
      const message = JSON.parse(body) as { id: string };
      if (headers['idempotency-key'] !== message.id) return { status: 400 };
      if (!seen.has(message.id)) messages.push(message);
      seen.add(message.id);
      return { status: 200, body: JSON.stringify({ id: `own-${message.id}` }) };
    },
    { isSecure },
  );
  return { ...server, secret, messages };
}
