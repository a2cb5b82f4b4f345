/** A page asks once; a second tab or a page just loaded again may ask beside it. */
const mostOfOne = 3;

/** The questions of pages whose answers are held back at the moment, on this server. */
export class HeldAnswers {
  readonly #counts = new Map<string, number>();
  readonly #closing = new AbortController();

  /** Aborted when the server closes. */
  get ending(): AbortSignal {
    return this.#closing.signal;
  }

  /** Holds one back; undefined where this interaction has enough of them. The function returned ends it. */
  hold(interactionId: string): (() => void) | undefined {
    const count = this.#counts.get(interactionId) ?? 0;
    if (count >= mostOfOne) return undefined;
    this.#counts.set(interactionId, count + 1);
    return () => {
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
