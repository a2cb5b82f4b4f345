import { App } from './app.js';
import { watchInstallation } from './install.js';
import { connectPush, notificationState } from './notifications.js';
import { readOtpauthUri } from './otpauthUri.js';
import { accountScreen } from './screens/account.js';
import { addScreen } from './screens/add.js';
import { cannotScreen } from './screens/cannot.js';
import { confirmScreen } from './screens/confirm.js';
import { denyScreen } from './screens/deny.js';
import { doneScreen } from './screens/done.js';
import { homeScreen } from './screens/home.js';
import { linkScreen } from './screens/link.js';
import { outcomeScreen } from './screens/outcome.js';
import { requestScreen } from './screens/request.js';
import { scanScreen } from './screens/scan.js';
import { settingsScreen } from './screens/settings.js';
import { welcomeScreen } from './screens/welcome.js';
import { announce, show } from './stage.js';
import { readAccounts } from './store.js';
import { keepShell } from './updates.js';
import { loadWords, text } from './words.js';

const app = new App();
/** The screen that is shown, and what ends with it. */
let current = { name: '', update: () => {}, end: new AbortController() };

app.addEventListener('change', render);
watchInstallation(render);
addEventListener('hashchange', onAddress);
document.addEventListener('visibilitychange', () => app.watch());
addEventListener('online', () => app.watch());
navigator.serviceWorker?.addEventListener('message', ({ data }) => {
  if (data?.kind === 'look') app.watch();
});

await loadWords();
takeOffer();
if (await canStart()) {
  keepShell(render).catch(() => {});
  if (notificationState() === 'on') await connectEach();
} else {
  show(cannotScreen());
}

/** Reads the accounts and shows them, where keys can be made and kept. */
async function canStart() {
  if (!isSecureContext) return false;
  return app.reload().then(
    () => true,
    () => false,
  );
}

/** Draws the screen that is due, or brings the one that is shown up to date. */
function render() {
  const { name, build } = screenOfNow();
  if (name === current.name) return current.update();
  current.end.abort();
  const end = new AbortController();
  current = { name, update: () => {}, end };
  const screen = build(end.signal);
  current.update = screen.update ?? current.update;
  show(screen);
}

/**
 * A request goes before everything else, then how the last one ended, then what the address says. The name
 * tells one screen from another, so that what is shown isn't drawn again.
 * @returns {{ name: string, build: (signal: AbortSignal) => import('./stage.js').Screen }}
 */
function screenOfNow() {
  const { outcome, offered } = app;
  if (outcome) return { name: `outcome ${outcome.kind}`, build: () => outcomeScreen(app, outcome) };
  const [asked, ...others] = app.asked;
  if (asked) {
    const token = asked.request.transaction_token;
    if (app.denying === token) {
      return { name: `deny ${token}`, build: (signal) => denyScreen(app, asked, signal) };
    }
    return {
      name: `request ${token} ${others.length}`,
      build: (signal) => requestScreen(app, asked, others.length, signal),
    };
  }
  const [place = '', key = ''] = location.hash.slice(1).split('=');
  if (place === 'confirm' && offered) return { name: 'confirm', build: () => confirmScreen(app, offered) };
  const language = document.documentElement.lang;
  if (place === 'settings') return { name: `settings ${language}`, build: () => settingsScreen(app) };
  if (place === 'scan') return { name: 'scan', build: (signal) => scanScreen(app, signal) };
  if (place === 'link') return { name: 'link', build: () => linkScreen(app) };
  if (place === 'add') return { name: 'add', build: () => addScreen() };
  return screenOfAccounts(place, key);
}

/**
 * @param {string} place
 * @param {string} key
 * @returns {ReturnType<typeof screenOfNow>}
 */
function screenOfAccounts(place, key) {
  const account = app.find(place === 'done' ? (app.added ?? '') : key);
  if (place === 'done' && account) {
    return { name: `done ${account.key}`, build: (signal) => doneScreen(app, account, signal) };
  }
  if (place === 'account' && account) {
    return {
      name: `account ${account.key} ${account.device?.isRefused ?? false}`,
      build: (signal) => accountScreen(app, account, signal),
    };
  }
  if (app.accounts.length === 0) return { name: 'welcome', build: () => welcomeScreen() };
  const keys = app.accounts.map((known) => known.key).join(' ');
  return { name: `home ${keys}`, build: (signal) => homeScreen(app, signal) };
}

function onAddress() {
  takeOffer();
  app.changed();
}

/** Takes a link that came with the address out of it at once: it holds a secret, and counts once. */
function takeOffer() {
  const carried = /^#add=(.+)$/.exec(location.hash)?.[1];
  if (carried === undefined) return;
  const link = readOtpauthUri(`https://app/#add=${carried}`);
  const isLink = typeof link !== 'string';
  history.replaceState(null, '', isLink ? '#confirm' : '#link');
  if (isLink) app.offered = link;
  else announce(text(link));
}

/** A subscription may have ended unnoticed, or a server have another key by now. */
async function connectEach() {
  for (const account of app.deviceAccounts) await connectPush(account);
  app.accounts = await readAccounts();
  app.changed();
}
