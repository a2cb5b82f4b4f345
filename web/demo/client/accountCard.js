import { element, find } from './dom.js';
import { dayOf, money } from './format.js';

/**
 * Shows the balance and the last movements.
 * @param {import('./bankApi.js').Account} account
 */
export function showAccount({ balanceCents, currency, movements }) {
  const now = Date.now();
  find('balance').textContent = money(balanceCents, currency);
  find('movements').replaceChildren(
    ...movements.map(({ party, amountCents, at }) =>
      element(
        'li',
        { class: 'movement' },
        element('span', { class: 'movement-party' }, party),
        element('span', { class: 'movement-day' }, dayOf(at, now)),
        element(
          'span',
          { class: amountCents > 0 ? 'movement-amount is-income' : 'movement-amount' },
          `${amountCents > 0 ? '+' : ''}${money(amountCents, currency)}`,
        ),
      ),
    ),
  );
}
