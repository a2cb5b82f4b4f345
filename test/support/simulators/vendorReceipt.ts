import type { ReceiptRequest } from '../../../src/delivery/providers/provider.ts';

/** A vendor's call to a callback URL, made but not yet sent. */
export type VendorReceipt = ReceiptRequest & { headers: Record<string, string> };

/** Sends a receipt to its URL and tells the status of the answer. */
export async function deliverReceipt({ method, url, headers, body }: VendorReceipt): Promise<number> {
  const answer = await fetch(url, {
    method,
    headers,
    ...(method !== 'GET' && { body: new Uint8Array(body) }),
    redirect: 'manual',
  });
  await answer.arrayBuffer();
  return answer.status;
}
