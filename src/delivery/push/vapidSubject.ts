import { isRecipient } from '../recipient.ts';

/**
 * Whom push services may write to when our pushes are amiss (RFC 8292 §2.1): the tenant's support address, else
 * the public URL. A development server has no https, which the standard demands, so it is written as if it had.
 *
 * @param publicUrl public origin with a trailing slash.
 */
export function vapidSubject({ supportEmail }: { supportEmail?: string }, publicUrl: string): string {
  if (supportEmail !== undefined && isRecipient('email', supportEmail)) return `mailto:${supportEmail}`;
  return `https://${new URL(publicUrl).host}`;
}
