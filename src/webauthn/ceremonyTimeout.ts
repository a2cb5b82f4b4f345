/** How long browsers wait for the person: as long as a challenge lives (S-56). */
export const ceremonyTimeoutMs = 5 * 60 * 1000;
