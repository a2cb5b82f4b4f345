import { Lines } from './lines.js';
import { closeNotification } from './notifications.js';
import { Patience } from './patience.js';
import { readWaiting } from './readWaiting.js';
import { serverNow } from './serverClock.js';
import { changeDevice, readAccounts } from './store.js';

/** @typedef {import('./store.js').Account} Account */
/** @typedef {import('./store.js').DeviceAccount} DeviceAccount */
/** @typedef {import('./guardianApi.js').WaitingRequest} WaitingRequest */
/** @typedef {import('./otpauthUri.js').DeviceLink | import('./otpauthUri.js').CodesLink} Link */
/** A request with the account that it is for. */
/** @typedef {{ account: DeviceAccount, request: WaitingRequest }} Asked */
/** @typedef {'approved' | 'denied' | 'foreign' | 'mismatch' | 'expired' | 'over' | 'notAccepted'} OutcomeKind */
/** How a request ended, to be shown until the person has seen it. */
/** @typedef {{ kind: OutcomeKind, application: string, issuer: string }} Outcome */

/**
 * What the app knows: accounts, requests that wait, how the last one ended. It says `change` whenever
 * something did.
 */
export class App extends EventTarget {
  /** @type {Account[]} */
  accounts = [];
  /** @type {Outcome | undefined} */
  outcome;
  /** The person pressed "deny" for the request with this token, and is asked whether it was them. */
  denying = '';
  /** A newer request took the place of the one that was on the screen. */
  isReplaced = false;
  /** The account that is being added. @type {Link | undefined} */
  offered;
  /** The account that was added last. @type {string | undefined} */
  added;
  /** Said once on the next screen. */
  notice = '';
  /** @type {Map<string, WaitingRequest>} */
  #requests = new Map();
  /** Those answered from here; a server may name them a moment longer. @type {Set<string>} */
  #answered = new Set();
  #patience = new Patience();
  /** The request that the person sees. */
  #shown = '';
  /** The one whose answer is on its way: a server tells that it is over before it tells why. */
  #sending = '';
  #lines = new Lines({
    onRequest: (account, request) => this.#onRequest(account, request),
    onLine: (account, state) => void this.#onLine(account, state),
  });

  /** Reads the accounts again, after one was added, changed or removed. */
  async reload() {
    this.accounts = await readAccounts();
    for (const key of this.#requests.keys()) if (!this.find(key)) this.#requests.delete(key);
    this.watch();
    this.changed();
  }

  /** Listens to the servers while the app is seen; each time anew, since a line may have died unnoticed. */
  watch() {
    const isSeen = document.visibilityState === 'visible';
    this.#lines.watch(isSeen ? this.deviceAccounts : []);
  }

  get deviceAccounts() {
    return /** @type {DeviceAccount[]} */ (this.accounts.filter(({ device }) => device !== undefined));
  }

  /** @param {string} key */
  find(key) {
    return this.accounts.find((account) => account.key === key);
  }

  /** @param {Account} account */
  lineOf(account) {
    return this.#lines.stateOf(account.key);
  }

  /** Requests to answer, the newest first. @returns {Asked[]} */
  get asked() {
    const asked = this.deviceAccounts.flatMap((account) => {
      const request = this.#requests.get(account.key);
      return request ? [{ account, request }] : [];
    });
    return asked.sort((one, other) => (one.request.created_at < other.request.created_at ? 1 : -1));
  }

  /**
   * The request is on the screen.
   * @param {Asked} asked
   */
  seen({ account, request }) {
    this.#shown = request.transaction_token;
    void closeNotification(account).catch(() => {});
  }

  /**
   * Runs what sends the answer to a request. What the server tells of it meanwhile is no news.
   * @template Result
   * @param {Asked} asked
   * @param {() => Promise<Result>} act
   */
  async sendAnswer({ request }, act) {
    this.#sending = request.transaction_token;
    try {
      return await act();
    } finally {
      this.#sending = '';
    }
  }

  /**
   * A request ended here.
   * @param {Asked} asked
   * @param {OutcomeKind} kind
   */
  end({ account, request }, kind) {
    this.#answered.add(request.transaction_token);
    if (this.#requests.get(account.key)?.transaction_token === request.transaction_token) {
      this.#requests.delete(account.key);
    }
    this.denying = '';
    this.isReplaced = false;
    this.outcome = { kind, application: request.application, issuer: account.issuer };
    void closeNotification(account).catch(() => {});
    this.changed();
  }

  /**
   * The person leaves a request that can't be answered at present; it runs out by itself.
   * @param {Asked} asked
   */
  putAside({ account, request }) {
    this.#answered.add(request.transaction_token);
    this.#requests.delete(account.key);
    this.#patience.rest(account.key, Date.now());
    this.denying = '';
    this.isReplaced = false;
    void closeNotification(account).catch(() => {});
    this.changed();
  }

  changed() {
    this.dispatchEvent(new Event('change'));
  }

  /** @param {DeviceAccount} account @param {WaitingRequest | null} told */
  #onRequest(account, told) {
    const request = readWaiting(told, serverNow(account.device.baseUrl));
    const now = request && this.#isNews(account, request) ? request : undefined;
    const before = this.#requests.get(account.key);
    if (before?.transaction_token === now?.transaction_token) return;
    if (before && !now && before.transaction_token === this.#sending) return;
    if (now) this.#requests.set(account.key, now);
    else this.#requests.delete(account.key);
    const wasShown = before?.transaction_token === this.#shown;
    this.isReplaced = Boolean(before && now && wasShown);
    if (now) this.outcome = undefined;
    if (before && !now && wasShown) {
      this.end({ account, request: before }, isOver(account, before) ? 'expired' : 'over');
    } else {
      this.changed();
    }
  }

  /** @param {DeviceAccount} account @param {WaitingRequest} request */
  #isNews(account, request) {
    const { transaction_token: token } = request;
    if (this.#answered.has(token) || isOver(account, request)) return false;
    return this.#patience.admits(account.key, token, Date.now());
  }

  /** @param {DeviceAccount} account @param {import('./watchRequests.js').LineState} state */
  async #onLine(account, state) {
    const isRefused = state === 'refused';
    const { device } = this.find(account.key) ?? {};
    if (device && (state === 'live' || isRefused) && Boolean(device.isRefused) !== isRefused) {
      device.isRefused = isRefused;
      await changeDevice(account.key, { isRefused });
    }
    this.changed();
  }
}

/** @param {DeviceAccount} account @param {WaitingRequest} request */
function isOver({ device }, request) {
  return Date.parse(request.expires_at) <= serverNow(device.baseUrl);
}
