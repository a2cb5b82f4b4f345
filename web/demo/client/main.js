import { bindBank, showBank } from './bankView.js';
import { find } from './dom.js';
import { describeFailure } from './failure.js';
import { tell } from './notice.js';
import { onPress } from './press.js';
import { Session } from './session.js';

const views = ['loading', 'welcome', 'bank'];

await start();

async function start() {
  try {
    const config = await readConfig();
    // The addresses registered for the application are those of the public address only.
    if (new URL(config.issuer).origin === location.origin) await open(new Session(config));
    else location.replace(new URL(location.pathname, config.issuer));
  } catch (error) {
    show('welcome');
    tell(describeFailure(error).text);
  }
}

/** @param {Session} session */
async function open(session) {
  /** @param {unknown} error */
  const onFailure = (error) => {
    const { text, isSessionOver, needsSecondFactor } = describeFailure(error);
    if (isSessionOver) show('welcome');
    tell(
      text,
      needsSecondFactor
        ? { label: 'Go on', act: () => session.proveSecondFactor({}).catch(onFailure) }
        : undefined,
    );
  };
  onPress(find('sign-in'), () => session.signIn(), onFailure);
  onPress(find('sign-up'), () => session.signUp(), onFailure);
  bindBank(session, onFailure);

  if (location.pathname === '/demo/sign-up') {
    return session.signUp({ isReplacing: true }).catch((error) => {
      show('welcome');
      onFailure(error);
    });
  }
  const errand = await arrive(session, onFailure);
  if (!(await session.isSignedIn())) return show('welcome');
  show('bank');
  await showBank(session, errand, onFailure).catch(onFailure);
}

/**
 * Finishes a sign-in that this page load comes back from, or picks up the session.
 * @param {Session} session
 * @param {(error: unknown) => void} onFailure
 */
async function arrive(session, onFailure) {
  if (session.isReturning) {
    try {
      return await session.comeBack();
    } catch (error) {
      onFailure(error);
    }
  }
  await session.resume();
  return {};
}

/** @returns {Promise<import('./session.js').Config>} */
async function readConfig() {
  const answer = await fetch('/demo/config.json');
  if (!answer.ok) throw new TypeError('The demo has no configuration.');
  return answer.json();
}

/** @param {string} shown */
function show(shown) {
  for (const view of views) find(view).hidden = view !== shown;
  find('account-menu').hidden = shown !== 'bank';
}
