import { explainClaims } from './claims.js';
import { element, find } from './dom.js';
import { decodeJwt } from './jwt.js';

/**
 * Shows both tokens, claim by claim.
 * @param {import('./session.js').Tokens} tokens
 */
export function showTokens({ idToken, accessToken }) {
  show('id', find('id-claims'), decodeJwt(idToken));
  show('access', find('access-claims'), decodeJwt(accessToken));
}

/**
 * @param {'id' | 'access'} kind
 * @param {HTMLElement} list
 * @param {import('./jwt.js').Claims | undefined} claims
 */
function show(kind, list, claims) {
  const lines = claims ? explainClaims(kind, claims, Date.now()) : [];
  list.replaceChildren(...lines.map(line));
}

/** @param {import('./claims.js').ExplainedClaim} claim */
function line({ name, value, meaning }) {
  return element(
    'div',
    { class: value === undefined ? 'claim is-missing' : 'claim' },
    element('dt', {}, name),
    element('dd', { class: 'claim-value' }, value ?? 'not there'),
    element('dd', { class: 'claim-meaning' }, meaning),
  );
}
