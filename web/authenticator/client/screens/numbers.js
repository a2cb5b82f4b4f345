import { button, element } from '../dom.js';
import { text } from '../words.js';

/**
 * Some numbers, one of which the sign-in page shows. To tap it is to approve.
 * @param {readonly string[]} choices
 * @param {(number: string) => Promise<void>} give
 * @returns {HTMLElement[]}
 */
export function numberChoices(choices, give) {
  return [
    element('legend', {}, text('chooseNumber')),
    element(
      'div',
      { class: 'numbers' },
      ...choices.map((number) =>
        button({ class: 'number', 'aria-label': text('approveNumber', { number }) }, [number], () =>
          give(number),
        ),
      ),
    ),
  ];
}

/**
 * A field for the number that the sign-in page shows.
 * @param {number} length digits
 * @param {(number: string) => Promise<void>} give
 * @returns {HTMLElement[]}
 */
export function numberField(length, give) {
  const input = element('input', {
    id: 'number',
    class: 'number-input',
    inputmode: 'numeric',
    autocomplete: 'off',
    maxlength: String(length),
    required: true,
    'aria-describedby': 'number-error',
  });
  const fault = element('p', { class: 'field-error', id: 'number-error', role: 'alert' });
  const form = element(
    'form',
    { novalidate: true },
    element('label', { for: 'number' }, text('typeNumber')),
    fault,
    input,
    element('button', { class: 'primary' }, text('approve')),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const number = input.value.replace(/\s/g, '');
    const isWhole = number.length === length && /^\d+$/.test(number);
    fault.textContent = isWhole ? '' : text('numberFault', { length });
    if (isWhole) void give(number);
    else input.focus();
  });
  return [form];
}
