/** Tells the time in milliseconds since the Unix epoch. Passed in everywhere, so that tests own the time. */
export type Clock = () => number;

/** The machine's own clock. */
export const systemClock: Clock = () => Date.now();
