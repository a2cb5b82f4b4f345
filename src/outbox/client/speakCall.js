/** Shows the buttons that speak a call, where the browser can, and speaks: each phrase, then its pause. */
const synthesis = window.speechSynthesis;
/** @type {HTMLButtonElement | undefined} the button of what is being said */
let speaking;

function show() {
  if (!synthesis) return;
  for (const button of document.querySelectorAll('button[data-speak]')) button.removeAttribute('hidden');
}

/** @param {HTMLButtonElement} button */
function stop(button) {
  button.textContent = 'Speak';
  if (speaking === button) speaking = undefined;
  synthesis.cancel();
}

/**
 * @param {string} text
 * @param {string} language
 */
function say(text, language) {
  return new Promise((resolve) => {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = language;
    utterance.rate = 0.9;
    utterance.onend = resolve;
    utterance.onerror = resolve;
    synthesis.speak(utterance);
  });
}

/** @param {HTMLButtonElement} button */
async function speak(button) {
  if (speaking) stop(speaking);
  speaking = button;
  button.textContent = 'Stop';
  const call = button.closest('[data-call]');
  const language = call?.getAttribute('lang') ?? 'en';
  for (const phrase of call?.querySelectorAll('[data-pause]') ?? []) {
    if (speaking !== button) return;
    await say(phrase.querySelector('.said')?.textContent ?? '', language);
    await new Promise((resolve) => setTimeout(resolve, Number(phrase.getAttribute('data-pause')) * 1000));
  }
  if (speaking === button) stop(button);
}

document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest('button[data-speak]') : null;
  if (!(button instanceof HTMLButtonElement)) return;
  if (speaking === button) stop(button);
  else void speak(button);
});
document.addEventListener('messages-added', show);
show();

export {};
