/**
 * Hands the page's challenge to the browser's authenticators and posts what they answer, or the name of the
 * error. One ceremony at a time, one post of the page; leaving the page breaks it off.
 */

/** @typedef {typeof import('@simplewebauthn/browser')} Library */

/** A refusal faster than any person is the browser's own: it wants a click first. */
const fastestPersonMs = 400;
/** Some browsers never say whether the device can verify anybody. */
const longestWaitMs = 1000;

/** @type {Library | undefined} */
const library = /** @type {{ SimpleWebAuthnBrowser?: Library }} */ (globalThis).SimpleWebAuthnBrowser;
/** @type {HTMLElement | null} */
const place = document.querySelector('[data-ceremony]');
if (place) offer(place);

/** @param {HTMLElement} block */
function offer(block) {
  const form = block.closest('form');
  const button = /** @type {HTMLButtonElement} */ (block.querySelector('button.primary'));
  const stuck = /** @type {HTMLElement} */ (block.querySelector('.if-stuck'));
  const stuckButton = /** @type {HTMLButtonElement} */ (stuck.querySelector('button'));
  const waiting = /** @type {HTMLElement} */ (block.querySelector('.progress'));
  if (!form) return;
  if (!library?.browserSupportsWebAuthn()) {
    form.requestSubmit(stuckButton);
    return;
  }
  const { startRegistration, startAuthentication, WebAuthnAbortService, platformAuthenticatorIsAvailable } =
    library;
  let isRunning = false;
  let isLeaving = false;

  /** @param {boolean} isNow */
  const setRunning = (isNow) => {
    isRunning = isNow;
    button.disabled = isNow;
    waiting.textContent = isNow ? (block.dataset.waiting ?? '') : '';
  };
  /** @param {string} name @param {string} value */
  const fill = (name, value) => {
    /** @type {HTMLInputElement | null} */
    const field = form.querySelector(`input[name="${name}"]`);
    if (field) field.value = value;
  };
  const post = () => {
    if (!isLeaving) form.requestSubmit();
  };
  /** What the device can do may have changed since the browser was asked. */
  const tellDevice = async () => {
    /** @type {Promise<undefined>} */
    const tooLate = new Promise((resolve) => setTimeout(resolve, longestWaitMs));
    const isAble = await Promise.race([platformAuthenticatorIsAvailable().catch(() => undefined), tooLate]);
    if (isAble !== undefined) fill('webauthn-platform-available', String(isAble));
  };
  /** @param {boolean} isByItself */
  const run = async (isByItself) => {
    if (isRunning || isLeaving) return;
    setRunning(true);
    const startedAt = performance.now();
    try {
      const optionsJSON = JSON.parse(block.dataset.options ?? '');
      const answer =
        block.dataset.ceremony === 'create'
          ? await startRegistration({ optionsJSON })
          : await startAuthentication({ optionsJSON });
      fill('response', JSON.stringify(answer));
      post();
    } catch (error) {
      const name = error instanceof Error ? error.name : 'Error';
      const isEarly = performance.now() - startedAt < fastestPersonMs;
      if (isByItself && isEarly && name === 'NotAllowedError') {
        setRunning(false);
        return;
      }
      await tellDevice();
      fill('failure', name);
      post();
    }
  };

  stuck.hidden = true;
  // A key press in another field must not press a button that isn't seen.
  stuckButton.disabled = true;
  button.hidden = false;
  button.addEventListener('click', () => run(false));
  const leave = () => {
    isLeaving = true;
    WebAuthnAbortService.cancelCeremony();
  };
  addEventListener('pagehide', leave);
  for (const other of document.forms) if (other !== form) other.addEventListener('submit', leave);
  addEventListener('pageshow', ({ persisted }) => {
    // The challenge of a page out of memory is spent.
    if (persisted) location.reload();
  });
  if (block.hasAttribute('data-starts') && document.hasFocus()) void run(true);
}

export {};
