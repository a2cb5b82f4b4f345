/** Where the API stands: which one an SDK calls depends on the host that it was given (docs/guides/push.md). */
export const mounts = ['', '/appliance-mfa', '/guardian'] as const;
export type Mount = (typeof mounts)[number];

/** The one that the OpenAPI document describes: what both mobile SDKs call on a host of one's own. */
export const describedMount: Mount = '/appliance-mfa';

/** Calls below each mount; an entry ending in a slash stands for what is below. */
const calls = [
  '/api/enroll',
  '/api/push-key',
  '/api/device-accounts/',
  '/api/resolve-transaction',
  '/api/start-flow',
  '/api/transaction-state',
  '/api/send-sms',
  '/api/send-push-notification',
  '/api/verify-otp',
  '/api/recover-account',
];

/** Everything that pages of any origin may call: the app of one server holds accounts of several. */
export const guardianPaths: readonly string[] = [
  ...mounts.flatMap((mount) => calls.map((call) => `${mount}${call}`)),
  '/rich-consents/',
];

/**
 * Absolute addresses that a token for one call may be meant for: the server's public one below each mount,
 * never what a Host header says (S-85).
 *
 * @param publicUrl with a trailing slash
 */
export function addressesOf(publicUrl: string, path: string): string[] {
  return mounts.map((mount) => `${withoutSlash(publicUrl)}${mount}${path}`);
}

/** Address of this server without a slash at its end. */
export function withoutSlash(publicUrl: string): string {
  return publicUrl.replace(/\/$/, '');
}
