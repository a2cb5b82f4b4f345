/** Copies a shown code, without the gaps between its groups. */
const status = document.querySelector('#copy-status');
for (const button of document.querySelectorAll('button[data-copy]')) {
  const { copy, copied } = button.dataset;
  const source = document.getElementById(copy ?? '');
  if (!source || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(source.dataset.code ?? '');
    button.classList.add('is-done');
    if (status) status.textContent = copied ?? '';
  });
}
