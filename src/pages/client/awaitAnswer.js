/**
 * Waits with the page for what a device answers, and posts the form as soon as there is something to take. The
 * server holds each question back until then. Where it can't be reached it is asked again, ever more slowly, and
 * the button for going on by hand is shown.
 */
const longestQuestionMs = 35_000;
/** A server that doesn't hold back is not to be flooded. */
const shortestPauseMs = 250;
const longestPauseMs = 15_000;
/** Failures in a row after which the person may want to go on by themselves. */
const patience = 2;

/** @type {HTMLElement | null} */
const line = document.querySelector('[data-await-answer]');
/** @type {HTMLFormElement | null} */
const form = document.querySelector('#step');
if (line && form) void wait(line, form);

/** @param {HTMLElement} status @param {HTMLFormElement} step */
async function wait(status, step) {
  const byHand = step.querySelector('.if-stuck');
  let failures = 0;
  let isLeaving = false;
  let isSent = false;
  let wake = () => {};
  let question = new AbortController();

  /** @param {boolean} isNeeded */
  const offerByHand = (isNeeded) => {
    if (byHand instanceof HTMLElement) byHand.hidden = !isNeeded;
  };
  const askAnew = () => {
    question.abort();
    wake();
  };
  addEventListener('online', askAnew);
  // A phone stops what a hidden page waits for, and may not tell.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') askAnew();
  });
  addEventListener('pagehide', () => {
    isLeaving = true;
    question.abort();
  });
  addEventListener('pageshow', ({ persisted }) => {
    // What a page out of memory shows may be over by now.
    if (persisted) location.reload();
  });
  // Whoever posts the form by hand, or goes another way, is waited for no longer.
  for (const other of document.forms) other.addEventListener('submit', () => (isSent = true));

  offerByHand(false);
  announce(status);
  while (!isSent && !isLeaving) {
    question = new AbortController();
    const state = await ask(status.dataset.awaitAnswer ?? '', question.signal);
    if (isSent || isLeaving) return;
    // Not `form.action`: that is a button of this name.
    if (state === 'gone') return location.assign(step.getAttribute('action') ?? '');
    if (state !== 'waiting' && state !== 'unknown') return step.requestSubmit();
    const isInterrupted = question.signal.aborted;
    failures = state === 'waiting' || isInterrupted ? 0 : failures + 1;
    offerByHand(failures >= patience);
    if (isInterrupted) continue;
    const pause = failures === 0 ? shortestPauseMs : Math.min(1000 * 2 ** failures, longestPauseMs);
    /** @type {Promise<void>} */
    const woken = new Promise((resolve) => (wake = resolve));
    await Promise.race([woken, new Promise((resolve) => setTimeout(resolve, pause))]);
  }
}

/**
 * How the request stands; `unknown` when nobody can tell, `gone` when this page is nobody's any more.
 * @param {string} address @param {AbortSignal} signal
 */
async function ask(address, signal) {
  try {
    const response = await fetch(address, {
      headers: { accept: 'application/json' },
      redirect: 'manual',
      cache: 'no-store',
      signal: AbortSignal.any([signal, AbortSignal.timeout(longestQuestionMs)]),
    });
    if (response.type === 'opaqueredirect' || response.status === 400) return 'gone';
    return response.ok ? String((await response.json()).state) : 'unknown';
  } catch {
    return 'unknown';
  }
}

/** Fills the live line, so that it is read out, with the number that the device asks for. @param {HTMLElement} status */
function announce(status) {
  const number = document.querySelector('.match')?.textContent ?? '';
  const unseen = document.createElement('span');
  unseen.className = 'unseen';
  unseen.textContent = ` ${number}`;
  status.append(status.dataset.waiting ?? '', unseen);
}

export {};
