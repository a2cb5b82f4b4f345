import { Account } from './account.js';
import { act } from './act.js';
import { openAddingOf } from './add/adding.js';
import { changePassword } from './changePassword.js';
import { failureText } from './failure.js';
import { showHome } from './home.js';
import { MyAccount } from './myAccount.js';
import { Session } from './session.js';
import { tell } from './stage.js';
import { showFault, showLoading, showWelcome } from './welcome.js';
import { loadWords, text } from './words.js';

/** @type {import('./session.js').Config} */
const config = JSON.parse(document.body.dataset.config ?? '');

// The addresses registered for the application are those of the public address only.
if (new URL(config.issuer).origin === location.origin) await start();
else location.replace(new URL('account', config.issuer));

// A page out of memory, after the way back from the sign-in, waits for what it had begun.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload();
});

async function start() {
  await loadWords(config.locales);
  showLoading(config);
  const session = new Session(config);
  const account = new Account(session, new MyAccount(() => session.token()));
  account.addEventListener('change', () => showHome(account, config));
  account.addEventListener('over', () => showWelcome(config, () => session.signIn()));
  await open(session, account);
}

/**
 * Finishes a sign-in that this page load comes back from, or picks up the session, and shows the account.
 * @param {Session} session
 * @param {Account} account
 */
async function open(session, account) {
  try {
    const errand = session.isReturning ? await session.comeBack() : undefined;
    const demand = await session.resume();
    if (demand) return showWelcome(config, () => session.signIn(demand));
    if (errand) account.comeBackWith(errand);
    await account.refresh();
    if (errand) await goOn(account, errand);
  } catch (error) {
    showFault(config, failureText(error), () => location.replace('/account'));
  }
}

/**
 * Goes on with what the person was about to do when they had to prove something.
 * @param {Account} account
 * @param {import('./errands.js').Errand} errand
 */
async function goOn(account, errand) {
  if (errand.kind === 'look') return tell(errand.done ?? '');
  if (errand.kind !== 'add') return act(account, errand, errand.done ?? text('saved'));
  if (errand.beginning.type === 'password') return changePassword(account);
  await openAddingOf(account, errand.beginning.type, errand.beginning);
}
