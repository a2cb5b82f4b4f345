/** Shows how long to wait before a code can be sent again, in place of the button for it. */
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
    countdown.textContent = (place.dataset.resendWait ?? '').replace('#', String(left));
    countdown.hidden = left <= 0;
    button.hidden = left > 0;
    if (left <= 0) clearInterval(timer);
  };
  const timer = setInterval(show, 1000);
  show();
}

export {};
