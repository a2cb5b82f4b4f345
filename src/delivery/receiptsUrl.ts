/** Where the server takes receipts; the id of the stored provider follows. */
export const receiptsPath = '/delivery/receipts/';

/**
 * The address at which a provider reports what became of its messages.
 *
 * @param publicUrl public origin with a trailing slash.
 */
export function receiptsUrl(publicUrl: string, providerId: string): string {
  return new URL(receiptsPath + providerId, publicUrl).href;
}
