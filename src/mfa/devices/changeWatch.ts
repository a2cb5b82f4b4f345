import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../config/clock.ts';
import type { Db } from '../../database/database.ts';
import type { ChangedRequest, DeviceRequestStore } from './deviceRequests.ts';
import { deviceIdOf } from './sameDevice.ts';

const lookEveryMs = 300;
/** How far the clocks of servers may be apart. */
const skewMs = 10_000;
/** A change so short before somebody began to wait may have come after they looked. */
const overlapMs = 1000;
/** After `stop` a wait lasts so long, for whoever would wait again at once. */
const stoppedMs = 1000;

interface Waiter {
  since: number;
  tell(): void;
}

/**
 * Tells who waits that something changed for a transaction or a device, whichever server changed it: while anybody
 * waits, one query each 300 ms serves all of them. It may tell without need, and never keeps a process alive.
 */
export class ChangeWatch {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #requests: DeviceRequestStore;
  readonly #waiters = new Map<string, Set<Waiter>>();
  /** How each request stood when it was last seen, by challenge id. */
  readonly #seen = new Map<string, { standing: string; changedAt: number }>();
  /** When a change was noticed, by what was waited for. */
  readonly #noticed = new Map<string, number>();
  #isLooking = false;
  #isStopped = false;

  constructor(db: Db, clock: Clock, requests: DeviceRequestStore) {
    this.#db = db;
    this.#clock = clock;
    this.#requests = requests;
  }

  /** Resolves when a request of the transaction may have changed, or when the signal ends the wait. */
  requestChanged(transactionId: string, signal: AbortSignal): Promise<void> {
    return this.#wait(`transaction:${transactionId}`, signal);
  }

  /** Likewise for what a device is asked. */
  deviceChanged(deviceId: string, signal: AbortSignal): Promise<void> {
    return this.#wait(`device:${deviceId}`, signal);
  }

  /** Ends every wait, and looks no more. */
  stop(): void {
    this.#isStopped = true;
    for (const key of [...this.#waiters.keys()]) this.#tell(key, () => true);
  }

  async #wait(key: string, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    if (this.#isStopped) {
      await wait(stoppedMs, undefined, { signal, ref: false }).catch(() => {});
      return;
    }
    await new Promise<void>((resolve) => {
      const waiters = this.#waiters.get(key) ?? new Set();
      const end = () => {
        signal.removeEventListener('abort', end);
        waiters.delete(waiter);
        if (waiters.size === 0 && this.#waiters.get(key) === waiters) this.#waiters.delete(key);
        resolve();
      };
      const waiter: Waiter = { since: this.#clock(), tell: end };
      waiters.add(waiter);
      this.#waiters.set(key, waiters);
      signal.addEventListener('abort', end);
      if (!this.#isLooking) void this.#lookOn();
    });
  }

  async #lookOn(): Promise<void> {
    this.#isLooking = true;
    // What changed before anybody waited: how long ago, only the clock of the server tells that changed it.
    await this.#look(({ changedAt }) => changedAt);
    for (;;) {
      await wait(lookEveryMs, undefined, { ref: false });
      if (this.#waiters.size === 0) break;
      const now = this.#clock();
      const isKnown = await this.#look(() => now);
      for (const [key, at] of this.#noticed) this.#tell(key, ({ since }) => at >= since - overlapMs);
      // Whoever waits looks for themselves then, and meets the fault there.
      if (!isKnown) for (const key of [...this.#waiters.keys()]) this.#tell(key, () => true);
    }
    this.#isLooking = false;
    this.#seen.clear();
    this.#noticed.clear();
  }

  /** Notices what changed; `when` tells at what time. @returns whether the database answered. */
  async #look(when: (changed: ChangedRequest) => number): Promise<boolean> {
    const now = this.#clock();
    try {
      const lately = await this.#requests.changedSince(this.#db, now - skewMs);
      for (const changed of lately) this.#notice(changed, when(changed));
    } catch {
      return false;
    }
    this.#forget(now - 2 * skewMs);
    return true;
  }

  #notice({ challengeId, transactionId, methodId, answer, changedAt }: ChangedRequest, at: number): void {
    const standing = `${changedAt} ${answer}`;
    if (this.#seen.get(challengeId)?.standing === standing) return;
    this.#seen.set(challengeId, { standing, changedAt });
    this.#noticed.set(`transaction:${transactionId}`, at);
    this.#noticed.set(`device:${deviceIdOf(methodId)}`, at);
  }

  #tell(key: string, isConcerned: (waiter: Waiter) => boolean): void {
    for (const waiter of [...(this.#waiters.get(key) ?? [])]) {
      if (isConcerned(waiter)) waiter.tell();
    }
  }

  /** What no query finds any more. */
  #forget(before: number): void {
    for (const [id, { changedAt }] of this.#seen) if (changedAt < before) this.#seen.delete(id);
    for (const [key, at] of this.#noticed) if (at < before) this.#noticed.delete(key);
  }
}
