import { createHmac } from 'node:crypto';

/**
 * Signs the body of a webhook, so that its receiver can tell it from a forgery and refuse an old one:
 * `t=SECONDS,v1=HEX`, where HEX is HMAC-SHA256 with the shared secret over `SECONDS.BODY`.
 *
 * @param now epoch milliseconds.
 */
export function signWebhook(body: string, secret: string, now: number): string {
  const seconds = Math.floor(now / 1000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}
