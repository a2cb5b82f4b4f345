const deadlineMs = 15_000;

/**
 * Resolves at SIGINT or SIGTERM. From then on a second signal, or fifteen seconds, end the process at
 * once: whoever asked to stop doesn't wait for a request that hangs.
 */
export function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    let isAsked = false;
    const onSignal = () => {
      if (isAsked) process.exit(1);
      isAsked = true;
      setTimeout(() => process.exit(1), deadlineMs).unref();
      resolve();
    };
    process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  });
}
