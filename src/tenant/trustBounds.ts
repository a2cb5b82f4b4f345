/** How long an earlier proof or a remembered browser may be set to count. */
export const trustBounds = {
  /** Less would ask people again before they are through; 0 stands for no end of its own. */
  shortestProofMinutes: 5,
  longestProofMinutes: 365 * 24 * 60,
  rememberDays: 365,
} as const;

/** Whether a second factor may be set to count so many minutes. */
export function isProofLifetime(minutes: number): boolean {
  const { shortestProofMinutes: least, longestProofMinutes: most } = trustBounds;
  return Number.isInteger(minutes) && (minutes === 0 || (minutes >= least && minutes <= most));
}

/** What `isProofLifetime` takes, in words. */
export const proofLifetimes = `0, or ${trustBounds.shortestProofMinutes} to ${trustBounds.longestProofMinutes}`;
