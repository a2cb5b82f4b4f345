/** Works off one lane of the queue, so many at a time. */
export interface Lane {
  /** Works until nothing is due; looks again at once when it waits for something slow. */
  drain(): Promise<void>;
  /** Takes nothing more. */
  stop(): void;
}

/** One piece of work that has begun; never rejects. */
export type Work = Promise<void>;

/**
 * Claims what there is room for and begins to work on it.
 *
 * @param isStopped to be asked before anything is claimed
 */
export type Begin = (isStopped: () => boolean) => Promise<readonly Work[]>;

/**
 * A lane that calls `begin` again and again. One slow piece of work keeps nothing else from beginning. No
 * more than what `begin` began is held in memory.
 */
export function createLane(begin: Begin): Lane {
  let running: Promise<void> | undefined;
  let isStopped = false;
  let underWay = 0;
  let isLookWanted = false;
  let wake = () => {};

  function lookAgain(): void {
    isLookWanted = true;
    wake();
  }

  function follow(work: Work): void {
    underWay += 1;
    void work.finally(() => {
      underWay -= 1;
      lookAgain();
    });
  }

  async function run(): Promise<void> {
    try {
      while (isLookWanted || underWay > 0) {
        if (!isLookWanted) await new Promise<void>((resolve) => (wake = resolve));
        isLookWanted = false;
        if (isStopped) continue;
        const begun = await begin(() => isStopped);
        for (const work of begun) follow(work);
        if (begun.length > 0) isLookWanted = true;
      }
    } finally {
      // In the same turn as the last look at `isLookWanted`, so that no wish falls between the two.
      running = undefined;
    }
  }

  return {
    drain() {
      lookAgain();
      running ??= run();
      return running;
    },
    stop() {
      isStopped = true;
    },
  };
}
