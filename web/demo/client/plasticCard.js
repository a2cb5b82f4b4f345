import { hasSecondFactor } from './claims.js';
import { find } from './dom.js';
import { onPress } from './press.js';

/** Of the range that card networks keep for tests. */
const number = '4000 0000 0000 4021';

/**
 * Step-up of an application without an API: what is shown depends on the ID token. A real bank would
 * let its server judge the token.
 * @param {import('./session.js').Session} session
 * @param {(error: unknown) => void} onFailure
 */
export function bindPlasticCard(session, onFailure) {
  onPress(find('show-card'), () => session.proveSecondFactor({ focus: 'plastic' }), onFailure);
}

/** @param {import('./jwt.js').Claims} claims of the ID token */
export function showPlasticCard(claims) {
  find('card-holder').textContent = String(claims.name ?? claims.email ?? '');
  if (!hasSecondFactor(claims)) return;
  find('card-number').textContent = number;
  find('show-card').hidden = true;
  find('card-outcome').textContent = 'Shown, because you proved a second factor.';
}
