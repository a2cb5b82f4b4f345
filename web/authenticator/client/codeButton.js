import { button, element } from './dom.js';
import { groupCode } from './format.js';
import { ring } from './pictures.js';
import { announce } from './stage.js';
import { codeAt, timeLeft } from './totp.js';
import { text } from './words.js';

const copiedForMs = 2000;

/**
 * The code of an account, renewed as time goes by, with the time it still counts. A press copies it.
 * @param {import('./store.js').Account & { codes: import('./totp.js').Codes }} account
 * @param {AbortSignal} signal ends it
 */
export function codeButton({ issuer, accountName, codes }, signal) {
  let code = '';
  const digits = element('span', { class: 'code-digits' });
  const clock = element('span', { class: 'code-clock' });
  const label = element(
    'span',
    { class: 'unseen' },
    ` ${text('copyCode', { issuer, account: accountName })}`,
  );
  const copied = element('span', { class: 'code-copied', 'aria-hidden': 'true' }, text('copied'));
  const made = button({ class: 'code-button' }, [digits, clock, copied, label], async () => {
    await navigator.clipboard.writeText(code);
    made.classList.add('is-copied');
    announce(text('copied'));
    setTimeout(() => made.classList.remove('is-copied'), copiedForMs);
  });

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const renew = async () => {
    clearTimeout(timer);
    const now = Date.now();
    code = await codeAt(codes, now);
    if (signal.aborted) return;
    const leftMs = timeLeft(codes, now);
    digits.textContent = groupCode(code);
    clock.replaceChildren(ring({ totalMs: codes.periodSeconds * 1000, leftMs }));
    // A moment into the next period, whatever the timer's exactness.
    timer = setTimeout(renew, leftMs + 20);
  };
  void renew();
  // Timers of a page that isn't seen rest.
  document.addEventListener('visibilitychange', () => void renew(), { signal });
  signal.addEventListener('abort', () => clearTimeout(timer));
  return made;
}
