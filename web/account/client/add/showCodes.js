import { button, element, picture } from '../dom.js';
import { taskForm } from '../form.js';
import { inGroups } from '../format.js';
import { text } from '../words.js';
import { copyButton } from './textToCopy.js';

/** @typedef {import('../myAccount.js').Begun} Begun */

/**
 * The recovery codes that an enrolment yielded.
 * @param {Begun} begun
 * @returns {string[]}
 */
export function codesOf({ recovery_code: single, recovery_codes: list }) {
  return list ?? (single === undefined ? [] : [single]);
}

/**
 * Shows recovery codes, once: to copy, save and print; and asks whether they were kept.
 * @param {import('../sheet.js').Sheet} sheet
 * @param {readonly string[]} codes
 * @param {{ onKept: () => unknown, words?: string[], more?: Node[] }} ways
 */
export function showCodes(sheet, codes, { onKept, words = [], more = [] }) {
  const isOne = codes.length === 1;
  const status = element('p', { class: 'tool-status', role: 'status' });
  sheet.show(
    text(isOne ? 'codeShownTitle' : 'codesTitle'),
    ...[text(isOne ? 'codeShownLead' : 'codesLead'), ...words].map((sentence) => element('p', {}, sentence)),
    element(
      'div',
      { class: 'shown-code' },
      element('ul', { class: 'code-list' }, ...codes.map((code) => element('li', {}, inGroups(code)))),
      element(
        'div',
        { class: 'tools' },
        copyButton(codes.join('\n'), status),
        downloadLink(codes),
        button({ class: 'tool' }, [picture('print'), element('span', {}, text('print'))], () => print()),
      ),
      status,
    ),
    taskForm({
      fields: [
        element(
          'label',
          { class: 'choice' },
          element('input', { type: 'checkbox', name: 'kept' }),
          element('span', {}, text('codesKept')),
        ),
      ],
      submit: text('done'),
      more,
      act: (values) => {
        if (!values.has('kept')) throw text('codesNotKept');
        return onKept();
      },
    }),
  );
  // With a way back the old codes go on working; without one these count already.
  if (more.length === 0) sheet.hold();
}

/** @param {readonly string[]} codes */
function downloadLink(codes) {
  const href = URL.createObjectURL(new Blob([`${codes.join('\n')}\n`], { type: 'text/plain' }));
  return element(
    'a',
    { class: 'tool', href, download: 'recovery-codes.txt' },
    picture('download'),
    element('span', {}, text('download')),
  );
}
