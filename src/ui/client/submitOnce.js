/**
 * Sends a form once, however often its button is pressed. A page restored from memory may send again, and
 * so may a button that fills a frame of the page: the page stays.
 */
for (const form of document.forms) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) event.preventDefault();
    if (event.submitter?.hasAttribute('formtarget')) return;
    form.dataset.sent = 'true';
  });
}
addEventListener('pageshow', () => {
  for (const form of document.forms) delete form.dataset.sent;
});

export {};
