import { readProblem } from './apiProblem.js';
import { currentLocale } from './words.js';

/** The types of the contract, and those of this server's own. @typedef {import('@auth0/auth0-spa-js').AuthenticationMethodType | 'duo' | 'temporary-pass'} MethodType */
/** Where and with what something was used. @typedef {{ ip: string, browser?: string, system?: string }} Place */
/**
 * One method of the person's, the password included.
 * @typedef {{
 *   id: string,
 *   type: MethodType,
 *   created_at: string,
 *   name?: string,
 *   last_auth_at?: string,
 *   last_used?: Place,
 *   implicit?: true,
 *   remaining?: number,
 *   unreachable?: string,
 *   expires_at?: string,
 *   phone_number?: string,
 *   preferred_authentication_method?: string,
 *   email?: string,
 *   last_password_reset?: string,
 * }} Method
 */
/**
 * A kind of method that is on; `choices` has what a form may offer, by field.
 * @typedef {{
 *   type: MethodType,
 *   enrollable: boolean,
 *   channels?: string[],
 *   choices?: Record<string, { options: { value: string, label: string, prefix?: string }[], preferred?: string }>,
 * }} Factor
 */
/** A browser that doesn't ask. @typedef {Place & { id: string, application?: string, last_used_at: string, expires_at: string }} TrustedBrowser */
/** @typedef {Place & { id: string, current: boolean, created_at: string, last_used_at: string }} SignIn */
/** What begins an enrolment. @typedef {{ type: MethodType, phone_number?: string, preferred_authentication_method?: string, email?: string }} Beginning */
/**
 * A begun enrolment: where to confirm it, and what the person needs for that.
 * @typedef {{
 *   location: string,
 *   auth_session: string,
 *   barcode_uri?: string,
 *   manual_input_code?: string,
 *   recovery_code?: string,
 *   recovery_codes?: string[],
 *   authn_params_public_key?: import('@simplewebauthn/browser').PublicKeyCredentialCreationOptionsJSON,
 *   policy?: { complexity: { min_length: number } },
 * }} Begun
 */

const base = '/me/v1';

/** The My Account API, with the token of the person who is signed in. Refusals are thrown as `ApiProblem`. */
export class MyAccount {
  #token;

  /** @param {() => Promise<string>} token */
  constructor(token) {
    this.#token = token;
  }

  /** Everything that is on. @returns {Promise<Factor[]>} */
  async factors() {
    return (await this.#read('/factors')).factors;
  }

  /**
   * One of them, with what to choose from when it is set up.
   * @param {MethodType} type
   * @returns {Promise<Factor | undefined>}
   */
  async choices(type) {
    /** @type {Factor[]} */
    const factors = (await this.#read('/factors?include=choices')).factors;
    return factors.find((factor) => factor.type === type);
  }

  /** @returns {Promise<Method[]>} */
  async methods() {
    return (await this.#read('/authentication-methods')).authentication_methods;
  }

  /** @param {Beginning} beginning @returns {Promise<Begun>} */
  async begin(beginning) {
    const response = await this.#send('POST', '/authentication-methods', beginning);
    return { ...(await response.json()), location: response.headers.get('location') ?? '' };
  }

  /**
   * Confirms an enrolment.
   * @param {Begun} begun
   * @param {Record<string, unknown>} [proof]
   * @returns {Promise<Method>}
   */
  async verify({ location, auth_session }, proof = {}) {
    const path = new URL(location).pathname.slice(base.length);
    return (await this.#send('POST', `${path}/verify`, { auth_session, ...proof })).json();
  }

  /** @param {string} id @param {{ name?: string, preferred_authentication_method?: string }} change */
  async update(id, change) {
    await this.#send('PATCH', `/authentication-methods/${encodeURIComponent(id)}`, change);
  }

  /** @param {string} id */
  async remove(id) {
    await this.#send('DELETE', `/authentication-methods/${encodeURIComponent(id)}`);
  }

  /** @returns {Promise<TrustedBrowser[]>} */
  async browsers() {
    return (await this.#read('/trusted-browsers')).trusted_browsers;
  }

  /** One, or all. @param {string} [id] */
  async forgetBrowser(id) {
    await this.#send('DELETE', below('/trusted-browsers', id));
  }

  /** @returns {Promise<SignIn[]>} */
  async sessions() {
    return (await this.#read('/sessions')).sessions;
  }

  /** One, or all. @param {string} [id] */
  async endSession(id) {
    await this.#send('DELETE', below('/sessions', id));
  }

  /** @returns {Promise<{ preferred_factor?: string | null }>} */
  preferences() {
    return this.#read('/preferences');
  }

  /** @param {string | null} factor */
  async prefer(factor) {
    await this.#send('PUT', '/preferences', { preferred_factor: factor });
  }

  /** @param {string} path */
  async #read(path) {
    return (await this.#send('GET', path)).json();
  }

  /** @param {string} method @param {string} path @param {object} [body] */
  async #send(method, path, body) {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await this.#token()}`,
        'accept-language': currentLocale(),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      cache: 'no-store',
    });
    if (!response.ok) throw await readProblem(response);
    return response;
  }
}

/** @param {string} path @param {string} [id] */
function below(path, id) {
  return id === undefined ? path : `${path}/${encodeURIComponent(id)}`;
}
