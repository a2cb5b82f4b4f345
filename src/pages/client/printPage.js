/** Shows the buttons that print the page. */
/** @type {NodeListOf<HTMLButtonElement>} */
const buttons = document.querySelectorAll('button[data-print]');
for (const button of buttons) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}

export {};
