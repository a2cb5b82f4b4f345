/** @typedef {{ party: string, amountCents: number, at: number }} Movement */
/** @typedef {{ balanceCents: number, currency: string, movements: Movement[] }} Account */
/** @typedef {{ id: string, authenticator_type: string, active: boolean, oob_channel?: string, name?: string }} Authenticator */

/** What an API answered instead of what was asked for. */
export class ApiError extends Error {
  /**
   * @param {string} code
   * @param {string} description
   */
  constructor(code, description) {
    super(description);
    this.code = code;
  }
}

/**
 * Needs `read:account`.
 * @param {string} token
 * @returns {Promise<Account>}
 */
export function readAccount(token) {
  return call('/demo/api/account', { token });
}

/**
 * Needs `transfer:money`.
 * @param {string} token
 * @param {import('./session.js').Transfer} transfer
 * @returns {Promise<{ movement: Movement, account: Account }>}
 */
export function sendMoney(token, transfer) {
  return call('/demo/api/transfers', { token, method: 'POST', body: transfer });
}

/**
 * The MFA API's list; needs `read:authenticators`.
 * @param {string} token
 * @returns {Promise<Authenticator[]>}
 */
export function listAuthenticators(token) {
  return call('/mfa/authenticators', { token });
}

/**
 * Needs `remove:authenticators`.
 * @param {string} token
 * @param {string} id
 * @returns {Promise<void>}
 */
export function removeAuthenticator(token, id) {
  return call(`/mfa/authenticators/${encodeURIComponent(id)}`, { token, method: 'DELETE' });
}

/**
 * @param {string} path
 * @param {{ token: string, method?: string, body?: unknown }} options
 */
async function call(path, { token, method = 'GET', body }) {
  const answer = await fetch(path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (answer.status === 204) return undefined;
  const content = await answer.json();
  if (!answer.ok) throw new ApiError(content.error, content.error_description);
  return content;
}
