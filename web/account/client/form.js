import { element, whileBusy } from './dom.js';
import { failureText } from './failure.js';

/**
 * A form that says what went wrong beside its fields, and puts the cursor back there.
 * @param {{ fields: Node[], submit: string, act: (values: FormData) => unknown, more?: Node[] }} parts
 *   What `act` throws is told: a text as it is, an error in words.
 */
export function taskForm({ fields, submit, act, more = [] }) {
  const fault = element('p', { class: 'field-error', role: 'alert' });
  const send = element('button', { class: 'primary' }, submit);
  const form = element(
    'form',
    { class: 'task', novalidate: true },
    ...fields,
    fault,
    element('div', { class: 'pair' }, send, ...more),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void whileBusy(send, async () => {
      fault.textContent = '';
      try {
        await act(new FormData(form));
      } catch (error) {
        fault.textContent = typeof error === 'string' ? error : failureText(error);
        form.querySelector('input')?.focus();
      }
    });
  });
  return form;
}

/**
 * A labelled field.
 * @param {{ name: string, label: string, hint?: string, input: Record<string, string | boolean | undefined> }} field
 */
export function field({ name, label, hint, input }) {
  const id = `field-${name}`;
  return element(
    'div',
    { class: 'field' },
    element('label', { for: id }, label),
    hint !== undefined && element('p', { class: 'hint', id: `${id}-hint` }, hint),
    element('input', {
      id,
      name,
      type: 'text',
      autocomplete: 'off',
      spellcheck: 'false',
      'aria-describedby': hint === undefined ? undefined : `${id}-hint`,
      ...input,
    }),
  );
}

/** A field for a code of digits; what is pasted may have gaps. @param {string} label */
export function codeField(label) {
  return field({
    name: 'code',
    label,
    input: { class: 'code', inputmode: 'numeric', autocomplete: 'one-time-code', autofocus: true },
  });
}

/**
 * What was typed into the field for a code: its digits.
 * @param {FormData} values
 */
export function codeOf(values) {
  return String(values.get('code') ?? '').replace(/[\s-]/g, '');
}
