/** Copies a shown code, without the gaps between its groups. */
const status = document.querySelector('#copy-status');
/** @type {NodeListOf<HTMLButtonElement>} */
const buttons = document.querySelectorAll('button[data-copy]');
for (const button of buttons) {
  const { copy, copied } = button.dataset;
  const source = document.getElementById(copy ?? '');
  if (!source || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(source.dataset.code ?? '');
    if (status) status.textContent = copied ?? '';
  });
}

export {};
