import { readEvents } from './eventStream.js';
import { GuardianError, openEvents, readRequest } from './guardianApi.js';

/** @typedef {import('./guardianApi.js').WaitingRequest} WaitingRequest */
/** @typedef {import('./store.js').DeviceAccount} DeviceAccount */
/**
 * How it stands with a server: `refused` when it says that it doesn't know this device, `off` when it takes no
 * answers of devices at present.
 * @typedef {'connecting' | 'live' | 'unreachable' | 'refused' | 'off'} LineState
 */
/**
 * @typedef {{
 *   onRequest: (request: WaitingRequest | null) => void,
 *   onLine: (state: LineState) => void,
 * }} Listeners
 */

/** Servers write a line every 15 s; one that is silent for longer is gone, or something in between holds it back. */
const longestSilenceMs = 40_000;
const firstEventMs = 6000;
const waitSeconds = 25;
const plainPollMs = 5000;
const longestPauseMs = 30_000;
const refusedPauseMs = 60_000;
/** A line that ended sooner was not wanted. */
const shortLineMs = 10_000;
/** So long nothing is streamed after it did not work. */
const withoutStreamMs = 10 * 60_000;

/** The stream doesn't come through; asking again and again may. */
class StreamHeldBack extends Error {}

/**
 * Hears of an account's requests until the signal ends it: by events, else by asking again and again, with
 * longer and longer pauses while the server can't be reached.
 * @param {DeviceAccount} account
 * @param {Listeners & { isStreaming: boolean }} options `isStreaming` false where a server has as many lines
 * from here as a browser opens
 * @param {AbortSignal} signal
 */
export async function watchRequests({ device }, { onRequest, onLine, isStreaming }, signal) {
  let failures = 0;
  let shortLines = 0;
  let streamsFrom = isStreaming ? 0 : Number.POSITIVE_INFINITY;
  let known = /** @type {WaitingRequest | null | undefined} */ (undefined);
  /** @param {WaitingRequest | null} request */
  const tell = (request) => {
    if (signal.aborted) return;
    failures = 0;
    known = request;
    onLine('live');
    onRequest(request);
  };
  while (!signal.aborted) {
    try {
      if (Date.now() < streamsFrom) {
        await poll(device, known, isStreaming, tell, signal);
        continue;
      }
      const openedAt = Date.now();
      await stream(device, tell, signal);
      // A server ends a line when it stops, or when others of this device come: not again at once.
      shortLines = Date.now() - openedAt < shortLineMs ? shortLines + 1 : 1;
      await pause(pauseAfter(shortLines), signal);
    } catch (error) {
      if (signal.aborted) return;
      if (isStreamFault(error) && Date.now() >= streamsFrom) {
        streamsFrom = Date.now() + withoutStreamMs;
        continue;
      }
      failures += 1;
      const state = stateAfter(error);
      onLine(state);
      if (state !== 'unreachable') onRequest(null);
      await pause(state === 'unreachable' ? pauseAfter(failures, error) : refusedPauseMs, signal);
    }
  }
}

/**
 * Whether a server says that it doesn't know this device: it was removed there, or its clock or ours is off.
 * @param {unknown} error
 */
export function isUnknownDevice(error) {
  return error instanceof GuardianError && [401, 404, 410].includes(error.status);
}

/** @param {unknown} error @returns {LineState} */
function stateAfter(error) {
  if (isUnknownDevice(error)) return 'refused';
  return error instanceof GuardianError && error.status === 403 ? 'off' : 'unreachable';
}

/**
 * @param {import('./store.js').Device} device
 * @param {(request: WaitingRequest | null) => void} tell
 * @param {AbortSignal} signal
 */
async function stream(device, tell, signal) {
  const line = new AbortController();
  let isHeldBack = true;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @param {number} ms */
  const allow = (ms) => {
    clearTimeout(timer);
    timer = setTimeout(() => line.abort(), ms);
  };
  try {
    const body = await openEvents(device, AbortSignal.any([signal, line.signal]));
    allow(firstEventMs);
    for await (const { event, data } of readEvents(body, () => allow(longestSilenceMs))) {
      if (event !== 'request') continue;
      isHeldBack = false;
      tell(JSON.parse(data).request);
    }
  } catch (error) {
    if (line.signal.aborted && isHeldBack) throw new StreamHeldBack();
    if (!line.signal.aborted) throw error;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {import('./store.js').Device} device
 * @param {WaitingRequest | null | undefined} known undefined before anything was heard
 * @param {boolean} isHeld whether the server may hold the answer back until there is something new
 * @param {(request: WaitingRequest | null) => void} tell
 * @param {AbortSignal} signal
 */
async function poll(device, known, isHeld, tell, signal) {
  const options = isHeld && known !== undefined ? { waitSeconds, known: known?.consent_id } : {};
  tell(await readRequest(device, { ...options, signal }));
  if (!isHeld) await pause(plainPollMs, signal);
}

/** @param {unknown} error */
function isStreamFault(error) {
  if (error instanceof StreamHeldBack) return true;
  return error instanceof GuardianError && stateAfter(error) === 'unreachable' && error.status !== 429;
}

/**
 * Longer with every failure, never in step with other devices.
 * @param {number} failures
 * @param {unknown} [error]
 */
function pauseAfter(failures, error) {
  const asked = error instanceof GuardianError ? (error.retryAfterMs ?? 0) : 0;
  const backOff = Math.min(longestPauseMs, 1000 * 2 ** Math.min(failures - 1, 10));
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return Math.max(asked, backOff * (0.5 + random / 2 ** 33));
}

/** @param {number} ms @param {AbortSignal} signal @returns {Promise<void>} */
function pause(ms, signal) {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
