/** @typedef {import('./guardianApi.js').WaitingRequest} WaitingRequest */

/** No server of ours lets a request wait longer; what comes up before everything else has to go away again. */
const longestWaitMs = 10 * 60_000;
const longestToken = 8192;
const mostChoices = 9;
const mostDigits = 8;

/**
 * A request as this app takes it, whatever a server sent: undefined for what has not the form, so that none of
 * them can break the screen that all accounts share.
 * @param {unknown} told
 * @param {number} now epoch ms, by the server's clock
 * @returns {WaitingRequest | undefined}
 */
export function readWaiting(told, now) {
  if (typeof told !== 'object' || told === null) return undefined;
  const given = /** @type {Record<string, unknown>} */ (told);
  const { transaction_token: token, challenge, consent_id: consent, location } = given;
  const [createdAt, expiresAt] = [timeOf(given.created_at), timeOf(given.expires_at)];
  const choices = choicesOf(given.number_choices);
  const length = lengthOf(given.number_length);
  if (!isName(token) || !isName(challenge) || !isName(consent)) return undefined;
  if (createdAt === undefined || expiresAt === undefined) return undefined;
  if (choices === undefined || length === undefined) return undefined;
  return {
    ...{ transaction_token: token, challenge, consent_id: consent, location },
    application: typeof given.application === 'string' ? given.application : '',
    ...(typeof given.ip === 'string' ? { ip: given.ip } : {}),
    browser: browserOf(given.browser),
    created_at: new Date(Math.min(createdAt, expiresAt)).toISOString(),
    expires_at: new Date(Math.min(expiresAt, now + longestWaitMs)).toISOString(),
    ...(choices.length > 0 ? { number_choices: choices } : {}),
    ...(length > 0 ? { number_length: length } : {}),
  };
}

/** @param {unknown} text @returns {text is string} */
function isName(text) {
  return typeof text === 'string' && text.length <= longestToken && /^[\x21-\x7e]+$/.test(text);
}

/** @param {unknown} text ISO 8601 @returns {number | undefined} epoch ms */
function timeOf(text) {
  const time = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** @param {unknown} value @returns {string[] | undefined} none where there are none */
function choicesOf(value) {
  if (value === undefined || value === null) return [];
  const isList = Array.isArray(value) && value.length <= mostChoices;
  return isList && value.every((choice) => typeof choice === 'string' && /^\d{1,8}$/.test(choice))
    ? value
    : undefined;
}

/** @param {unknown} value @returns {number | undefined} 0 where no number is asked for */
function lengthOf(value) {
  if (value === undefined || value === null) return 0;
  const isLength = Number.isInteger(value) && Number(value) >= 1 && Number(value) <= mostDigits;
  return isLength ? Number(value) : undefined;
}

/** @param {unknown} value @returns {{ name?: string, os?: string }} */
function browserOf(value) {
  if (typeof value !== 'object' || value === null) return {};
  const { name, os } = /** @type {Record<string, unknown>} */ (value);
  return {
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof os === 'string' ? { os } : {}),
  };
}
