/** How long a person waits before a challenge can be sent again from a page, milliseconds. */
const resendWaitMs = 30_000;

/** What is left of that, milliseconds; `sentAt` and `now` are epoch milliseconds. */
export function resendWait(sentAt: number, now: number): number {
  return Math.max(0, sentAt + resendWaitMs - now);
}
