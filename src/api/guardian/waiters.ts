/** A place among those that wait. `signal` ends when the place is taken away; leave it in any case. */
export interface Seat {
  readonly signal: AbortSignal;
  leave(): void;
}

/** Calls that one device may have waiting: its app, and the one before that hasn't noticed its end. */
const mostOfOne = 2;
/** In all, for one process. */
const mostInAll = 5000;

/**
 * Bounds how many calls wait in this process. Of one device the latest count: who comes too many takes the
 * place of its own oldest, so that a lost connection keeps nobody out.
 */
export class Waiters {
  readonly #mostInAll: number;
  readonly #seats = new Map<string, AbortController[]>();
  #taken = 0;
  #isClosed = false;

  constructor(most = mostInAll) {
    this.#mostInAll = most;
  }

  /** How many wait now. */
  get count(): number {
    return this.#taken;
  }

  /** Whether the server is about to end. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Takes a place; undefined when there is none left. */
  enter(owner: string): Seat | undefined {
    const own = this.#seats.get(owner) ?? [];
    if (own.length >= mostOfOne) this.#end(owner, own[0]);
    if (this.#taken >= this.#mostInAll) return undefined;
    const controller = new AbortController();
    this.#seats.set(owner, [...(this.#seats.get(owner) ?? []), controller]);
    this.#taken += 1;
    if (this.#isClosed) controller.abort();
    return { signal: controller.signal, leave: () => this.#end(owner, controller) };
  }

  /** Ends everybody's waiting, also of who comes later. */
  close(): void {
    this.#isClosed = true;
    for (const [owner, own] of this.#seats) for (const controller of own) this.#end(owner, controller);
  }

  #end(owner: string, controller: AbortController | undefined): void {
    const own = this.#seats.get(owner) ?? [];
    if (!controller || !own.includes(controller)) return;
    const others = own.filter((other) => other !== controller);
    if (others.length > 0) this.#seats.set(owner, others);
    else this.#seats.delete(owner);
    this.#taken -= 1;
    controller.abort();
  }
}
