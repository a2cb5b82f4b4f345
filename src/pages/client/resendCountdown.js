/** Shows how long to wait before something can be sent again, in place of the button for it. */
/** @type {NodeListOf<HTMLElement>} */
const places = document.querySelectorAll('[data-resend-in]');
for (const place of places) {
  const button = place.querySelector('button');
  /** @type {HTMLElement | null} */
  const countdown = place.querySelector('.countdown');
  if (!button || !countdown) continue;
  // By the clock: timers rest while the person reads the message.
  const until = Date.now() + Number(place.dataset.resendIn) * 1000;
  const show = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    const { resendWait: wait = '' } = place.dataset;
    countdown.textContent = wait.replace('#:##', clockTime(left)).replace('#', String(left));
    countdown.hidden = left <= 0;
    button.hidden = left > 0;
    if (left <= 0) clearInterval(timer);
  };
  const timer = setInterval(show, 1000);
  show();
}

/** As on a stopwatch: 0:07, 4:59, 23:59:00. @param {number} seconds */
function clockTime(seconds) {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const two = (/** @type {number} */ value) => String(value).padStart(2, '0');
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
}

export {};
