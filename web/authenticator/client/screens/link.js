import { button, element } from '../dom.js';
import { readOtpauthUri } from '../otpauthUri.js';
import { picture } from '../pictures.js';
import { text } from '../words.js';

/**
 * The link, pasted or typed.
 * @param {import('../app.js').App} app
 * @returns {import('../stage.js').Screen}
 */
export function linkScreen(app) {
  const field = element('textarea', {
    id: 'link',
    rows: '4',
    required: true,
    spellcheck: 'false',
    autocapitalize: 'none',
    autocomplete: 'off',
    'aria-describedby': 'link-hint link-error',
  });
  const fault = element('p', { class: 'field-error', id: 'link-error', role: 'alert' });
  const form = element(
    'form',
    { novalidate: true },
    element(
      'div',
      { class: 'field' },
      element('label', { for: 'link' }, text('linkLabel')),
      element('p', { class: 'hint', id: 'link-hint' }, text('linkHint')),
      field,
      fault,
    ),
    pasteButton(field),
    element('button', { class: 'primary' }, text('goOn')),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const link = readOtpauthUri(field.value);
    if (typeof link === 'string') {
      fault.textContent = text(link);
      field.setAttribute('aria-invalid', 'true');
      field.focus();
      return;
    }
    app.offered = link;
    location.replace('#confirm');
  });
  return {
    title: text('linkTitle'),
    back: app.accounts.length > 0 ? '#add' : '#',
    content: [element('p', { class: 'lead' }, text('linkLead')), form],
  };
}

/**
 * For who has copied the link; the browser asks whether it may be read.
 * @param {HTMLTextAreaElement} field
 */
function pasteButton(field) {
  if (!navigator.clipboard?.readText) return undefined;
  return button({ class: 'secondary' }, [picture('copy'), text('fromClipboard')], async () => {
    field.value = await navigator.clipboard.readText().catch(() => field.value);
    field.focus();
  });
}
