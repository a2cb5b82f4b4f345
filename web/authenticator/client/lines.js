import { watchRequests } from './watchRequests.js';

/** @typedef {import('./store.js').DeviceAccount} DeviceAccount */
/** @typedef {import('./watchRequests.js').LineState} LineState */

/** A browser opens six connections to a host; what the app asks besides needs some. */
const streamsPerServer = 3;

/** The lines to the servers of all accounts. */
export class Lines {
  #listeners;
  #end = new AbortController();
  /** @type {Map<string, LineState>} */
  #states = new Map();

  /**
   * @param {{
   *   onRequest: (account: DeviceAccount, request: import('./guardianApi.js').WaitingRequest | null) => void,
   *   onLine: (account: DeviceAccount, state: LineState) => void,
   * }} listeners
   */
  constructor(listeners) {
    this.#listeners = listeners;
  }

  /** @param {string} key of an account */
  stateOf(key) {
    return this.#states.get(key) ?? 'connecting';
  }

  /**
   * Opens lines for these accounts, anew, and closes all others.
   * @param {readonly DeviceAccount[]} accounts
   */
  watch(accounts) {
    this.#end.abort();
    this.#end = new AbortController();
    const { signal } = this.#end;
    /** @type {Map<string, number>} */
    const streams = new Map();
    for (const account of accounts) {
      const { origin } = new URL(account.device.baseUrl);
      const count = (streams.get(origin) ?? 0) + 1;
      streams.set(origin, count);
      const options = {
        isStreaming: count <= streamsPerServer,
        onRequest: (/** @type {import('./guardianApi.js').WaitingRequest | null} */ request) =>
          this.#listeners.onRequest(account, request),
        onLine: (/** @type {LineState} */ state) => this.#onLine(account, state, signal),
      };
      void watchRequests(account, options, signal);
    }
  }

  /** @param {DeviceAccount} account @param {LineState} state @param {AbortSignal} signal */
  #onLine(account, state, signal) {
    if (signal.aborted || this.#states.get(account.key) === state) return;
    this.#states.set(account.key, state);
    this.#listeners.onLine(account, state);
  }
}
