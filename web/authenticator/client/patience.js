/** Twice what a server of ours asks by its own settings in so long, at home and elsewhere together. */
const mostInWindow = 20;
const windowMs = 10 * 60_000;
const restMs = 30_000;

/**
 * How many requests of an account come up by themselves. A request goes before everything else on the screen, so
 * a server that asks without end would keep its person from all of the app, the removal of that account included.
 */
export class Patience {
  /** Requests that came up lately. @type {Map<string, { token: string, at: number }[]>} */
  #seen = new Map();
  /** @type {Map<string, number>} */
  #restingUntil = new Map();

  /**
   * Whether this request of an account may come up; one that did, always.
   * @param {string} account
   * @param {string} token
   * @param {number} now epoch ms
   */
  admits(account, token, now) {
    const seen = (this.#seen.get(account) ?? []).filter(({ at }) => Math.abs(now - at) < windowMs);
    this.#seen.set(account, seen);
    if (seen.some((known) => known.token === token)) return true;
    if (seen.length >= mostInWindow || now < (this.#restingUntil.get(account) ?? 0)) return false;
    seen.push({ token, at: now });
    return true;
  }

  /**
   * The person put a request aside without an answer: there is time for something else.
   * @param {string} account
   * @param {number} now epoch ms
   */
  rest(account, now) {
    this.#restingUntil.set(account, now + restMs);
  }
}
