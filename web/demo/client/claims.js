import { clockTime, distance } from './format.js';

/** @typedef {import('./jwt.js').Claims} Claims */
/**
 * One line of a token, explained. `value` is undefined for a claim that is worth telling because it is
 * not there.
 * @typedef {{ name: string, value: string | undefined, meaning: string }} ExplainedClaim
 */
/** @typedef {(value: unknown, now: number) => string} Explanation */

/** RFC 8176 values in words. */
const methods = /** @type {Record<string, string>} */ ({
  pwd: 'a password',
  otp: 'a one-time password',
  sms: 'a code by SMS',
  tel: 'a code by phone',
  hwk: 'a key that can’t leave its device',
  swk: 'a synced passkey',
  user: 'a touch',
  pin: 'the key’s PIN',
});

/** @type {Explanation} */
const issuer = () => 'Who made the token: your Countersign. Anything else is refused.';
/** @type {Explanation} */
const issuedAt = (value, now) => `Made ${moment(value, now)}.`;
/** @type {Explanation} */
const expires = (value, now) => `Ends ${moment(value, now)}.`;
/** @type {Explanation} */
const subject = () => 'Who you are: an id that never changes, unlike your address.';

/** @type {Record<string, Explanation>} */
const ofIdToken = {
  amr: (value) =>
    value === undefined
      ? 'No second factor was proved in this session. With one, this names the methods.'
      : `How you proved who you are: ${proofsOf({ amr: value })}. An application looks for “mfa” in it.`,
  acr: (value) =>
    value === undefined
      ? 'Missing for the same reason. An application asks for it with acr_values.'
      : 'The level that was reached. This one stands for several factors.',
  auth_time: (value, now) => `When you signed in: ${moment(value, now)}. A refresh doesn’t change it.`,
  sid: () => 'Your session in this browser. Every token of this sign-in has the same one.',
  sub: subject,
  email: () => 'Your address, because the application asked for the scope “email”.',
  email_verified: (value) =>
    value === true
      ? 'You opened the link that was mailed to it.'
      : 'Nobody has opened the link mailed to it yet.',
  name: () => 'What to call you, from the scope “profile”.',
  given_name: () => 'Your first name, from the scope “profile”.',
  family_name: () => 'Your family name, from the scope “profile”.',
  nickname: () => 'A shorter name, from the scope “profile”.',
  picture: () => 'A picture, from the scope “profile”.',
  locale: () => 'Your language, from the scope “profile”.',
  updated_at: () => 'When your profile last changed.',
  iss: issuer,
  aud: () => 'The application it is for: its client id. Another one has to refuse it.',
  nonce: () => 'Ties the token to the request this page made, so that a stolen answer is of no use.',
  at_hash: () => 'Ties the token to the access token that came with it.',
  iat: issuedAt,
  exp: expires,
};

/** @type {Record<string, Explanation>} */
const ofAccessToken = {
  scope: (value) =>
    String(value).split(' ').includes('transfer:money')
      ? 'What it may do. transfer:money is in it, which takes a second factor: the scope is the proof.'
      : 'What it may do. transfer:money is not in it: that takes a second factor.',
  aud: () => 'Who may accept it: the bank’s API, and Countersign’s own /userinfo.',
  sub: subject,
  iss: issuer,
  azp: () => 'The application it was given to: its client id.',
  client_id: () => 'The application it was given to, as RFC 9068 names it.',
  jti: () => 'A number of its own. It is another one after every refresh.',
  iat: issuedAt,
  exp: expires,
};

/** What the tokens are explained by; also the order in which claims are shown. */
export const explanations = { id: ofIdToken, access: ofAccessToken };

/** Worth a line even when missing. */
const telling = ['amr', 'acr'];

/**
 * Every claim of a token with its meaning, the telling ones first, the unknown ones last.
 * @param {'id' | 'access'} kind
 * @param {Claims} claims
 * @param {number} now epoch ms
 * @returns {ExplainedClaim[]}
 */
export function explainClaims(kind, claims, now) {
  const known = explanations[kind];
  const names = Object.keys(known).filter(
    (name) => name in claims || (kind === 'id' && telling.includes(name)),
  );
  const others = Object.keys(claims).filter((name) => !(name in known));
  return [...names, ...others].map((name) => ({
    name,
    value: name in claims ? write(claims[name]) : undefined,
    meaning: known[name]?.(claims[name], now) ?? 'An addition of this server.',
  }));
}

/**
 * Whether the sign-in that an ID token tells of had a second factor.
 * @param {Claims} claims
 */
export function hasSecondFactor({ amr }) {
  return Array.isArray(amr) && amr.includes('mfa');
}

/**
 * How the person proved who they are: `a password and a one-time password`.
 * @param {Claims} claims
 */
export function proofsOf({ amr }) {
  if (!Array.isArray(amr)) return 'a password';
  const named = amr.filter((method) => method !== 'mfa').map((method) => methods[method] ?? method);
  // A recovery code has no name of its own among the methods.
  return joined(named.length > 1 ? named : [...named, 'a second factor']);
}

/** @param {string[]} words */
function joined(words) {
  return new Intl.ListFormat('en').format(words);
}

/**
 * @param {unknown} value seconds since the epoch
 * @param {number} now epoch ms
 */
function moment(value, now) {
  const at = Number(value) * 1000;
  return Number.isFinite(at) ? `at ${clockTime(at, now)}, ${distance(at, now)}` : 'at a time that is missing';
}

/**
 * As JSON, but for the quotes around a text, and with room to break a list's line.
 * @param {unknown} value
 */
function write(value) {
  if (Array.isArray(value)) return `[${value.map((member) => JSON.stringify(member)).join(', ')}]`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
