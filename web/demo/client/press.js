import { clearNotice } from './notice.js';

/**
 * Runs an act when a button is pressed. The button is busy until it ended; a failure is told.
 * @param {HTMLElement} button
 * @param {() => Promise<unknown>} act
 * @param {(error: unknown) => void} onFailure
 */
export function onPress(button, act, onFailure) {
  button.addEventListener('click', () => void runBusy(button, act, onFailure));
}

/**
 * Runs an act on behalf of a button. An earlier notice goes; a second press meanwhile does nothing.
 * @param {HTMLElement} button
 * @param {() => Promise<unknown>} act
 * @param {(error: unknown) => void} onFailure
 */
export async function runBusy(button, act, onFailure) {
  if (button.getAttribute('aria-disabled') === 'true') return;
  button.setAttribute('aria-disabled', 'true');
  clearNotice();
  try {
    await act();
  } catch (error) {
    onFailure(error);
  } finally {
    button.removeAttribute('aria-disabled');
  }
}
