/** Adds a button to each password field that shows and hides what was typed. */
/** @type {NodeListOf<HTMLInputElement>} */
const inputs = document.querySelectorAll('input[type="password"]');
for (const input of inputs) {
  const { show, hide } = input.dataset;
  if (!show || !hide || !input.parentElement) continue;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'reveal';
  button.setAttribute('aria-controls', input.id);
  button.setAttribute('aria-label', show);
  button.addEventListener('click', () => {
    const isShown = input.type === 'text';
    input.type = isShown ? 'password' : 'text';
    button.setAttribute('aria-label', isShown ? show : hide);
    button.classList.toggle('is-shown', !isShown);
  });
  input.parentElement.append(button);
  // A browser offers to save a password only from a password field.
  input.form?.addEventListener('submit', () => {
    input.type = 'password';
  });
}

export {};
