import { showAccount } from './accountCard.js';
import { sendMoney } from './bankApi.js';
import { find } from './dom.js';
import { money, readCents } from './format.js';
import { runBusy } from './press.js';

/** @typedef {import('./session.js').Transfer} Transfer */

/**
 * Makes the form send money. Without a token that may, it goes to Countersign for one and finishes on
 * the way back.
 * @param {import('./session.js').Session} session
 * @param {(error: unknown) => void} onFailure
 */
export function bindTransfer(session, onFailure) {
  find('transfer').addEventListener('submit', (event) => {
    event.preventDefault();
    const transfer = readForm();
    if (!transfer) return;
    void runBusy(
      find('send'),
      async () => {
        const token = await session.transferToken();
        if (token) await finishTransfer(token, transfer);
        else await session.askToTransfer(transfer);
      },
      onFailure,
    );
  });
}

/**
 * Sends the money and shows the receipt.
 * @param {string} token
 * @param {Transfer} transfer
 */
export async function finishTransfer(token, transfer) {
  const { movement, account } = await sendMoney(token, transfer);
  showAccount(account);
  find('receipt').textContent = `${money(-movement.amountCents)} went to ${movement.party}.`;
}

/** @returns {Transfer | undefined} */
function readForm() {
  const amount = /** @type {HTMLInputElement} */ (find('amount'));
  const payee = /** @type {HTMLSelectElement} */ (find('payee')).value;
  const amountCents = readCents(amount.value);
  find('receipt').textContent = '';
  find('amount-error').textContent = amountCents ? '' : 'Write an amount such as 25 or 25.00.';
  amount.setAttribute('aria-invalid', String(!amountCents));
  if (amountCents) return { payee, amountCents };
  amount.focus();
  return undefined;
}
