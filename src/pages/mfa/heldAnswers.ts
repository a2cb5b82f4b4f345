/** A page asks once; a second tab or a page just loaded again may ask beside it. */
const mostOfOne = 3;
/** In all, on this server: accounts are free, and so are sign-ins that wait for a device. */
const mostInAll = 5000;

/** The questions of pages whose answers are held back at the moment, on this server. */
export class HeldAnswers {
  readonly #mostInAll: number;
  readonly #counts = new Map<string, number>();
  #inAll = 0;
  readonly #closing = new AbortController();

  constructor(most = mostInAll) {
    this.#mostInAll = most;
  }

  /** Aborted when the server closes. */
  get ending(): AbortSignal {
    return this.#closing.signal;
  }

  /** Holds one back; undefined where this interaction, or the server, has enough. The function returned ends it. */
  hold(interactionId: string): (() => void) | undefined {
    const count = this.#counts.get(interactionId) ?? 0;
    if (count >= mostOfOne || this.#inAll >= this.#mostInAll) return undefined;
    this.#counts.set(interactionId, count + 1);
    this.#inAll += 1;
    return () => {
      this.#inAll -= 1;
      const left = (this.#counts.get(interactionId) ?? 1) - 1;
      if (left === 0) this.#counts.delete(interactionId);
      else this.#counts.set(interactionId, left);
    };
  }

  /** Answers all of them now. */
  endAll(): void {
    this.#closing.abort();
  }
}
