import { showAccount } from './accountCard.js';
import { bindAuthenticators, showAuthenticators } from './authenticatorsCard.js';
import { readAccount } from './bankApi.js';
import { hasSecondFactor, proofsOf } from './claims.js';
import { find } from './dom.js';
import { clockTime } from './format.js';
import { decodeJwt } from './jwt.js';
import { bindPlasticCard, showPlasticCard } from './plasticCard.js';
import { onPress } from './press.js';
import { showTokens } from './tokensPanel.js';
import { bindTransfer, finishTransfer } from './transferCard.js';

/** @typedef {import('./session.js').Session} Session */
/** @typedef {(error: unknown) => void} OnFailure */

/**
 * Makes the buttons of the signed-in page work.
 * @param {Session} session
 * @param {OnFailure} onFailure
 */
export function bindBank(session, onFailure) {
  onPress(find('sign-out'), () => session.signOut(), onFailure);
  onPress(find('refresh'), () => refresh(session), onFailure);
  bindTransfer(session, onFailure);
  bindPlasticCard(session, onFailure);
  bindAuthenticators(session, onFailure);
}

/**
 * Fills the signed-in page and goes on with what the person was about.
 * @param {Session} session
 * @param {import('./session.js').Errand} errand
 * @param {OnFailure} onFailure
 */
export async function showBank(session, errand, onFailure) {
  const tokens = await session.tokens();
  showPerson(tokens);
  find('greeting').focus({ preventScroll: true });
  showAccount(await readAccount(tokens.accessToken));
  await showAuthenticators(session, onFailure);
  if (errand.focus) find(`${errand.focus}-title`).scrollIntoView({ block: 'center' });
  const token = errand.transfer && (await session.transferToken());
  if (errand.transfer && token) {
    await finishTransfer(token, errand.transfer);
    find('transfer-title').scrollIntoView({ block: 'center' });
  }
}

/** @param {import('./session.js').Tokens} tokens */
function showPerson(tokens) {
  const claims = decodeJwt(tokens.idToken) ?? {};
  const { name, email, auth_time: authTime } = claims;
  const time = typeof authTime === 'number' ? ` at ${clockTime(authTime * 1000, Date.now())}` : '';
  find('who').textContent = String(email ?? name ?? '');
  find('level').classList.toggle('is-second', hasSecondFactor(claims));
  find('assurance').textContent = `Signed in${time}. You proved who you are with ${proofsOf(claims)}.`;
  showPlasticCard(claims);
  showTokens(tokens);
}

/** @param {Session} session */
async function refresh(session) {
  const outcome = find('refresh-outcome');
  outcome.textContent = '';
  showPerson(await session.tokens({ isFresh: true }));
  outcome.textContent = `New tokens at ${clockTime(Date.now(), Date.now())}.`;
}
