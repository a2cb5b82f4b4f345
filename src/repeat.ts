/** Work that is done again and again. */
export interface Repetition {
  /** Starts it no more and waits for what is under way. */
  stop(): Promise<void>;
}

/**
 * Runs `work` every `everyMs` milliseconds, never twice at once. A fault is told and doesn't end the
 * repetition. Doesn't keep the process alive.
 */
export function repeat(
  everyMs: number,
  work: () => Promise<void>,
  onFault: (error: unknown) => void,
): Repetition {
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= work()
      .catch(onFault)
      .finally(() => {
        running = undefined;
      });
  }, everyMs).unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
