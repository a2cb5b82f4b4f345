/** @typedef {{ issuer: string, clientId: string, name: string, locales: string[], supportEmail?: string, supportUrl?: string }} Config */
/** Who is signed in. @typedef {{ id: string, email: string }} Person */
/**
 * What the person was about to do when they had to prove something first, kept over the redirect.
 * @typedef {import('./errands.js').Errand} Errand
 */
/**
 * What has to be proved: a sign-in; a second factor, or anything, that is recent; the password anew.
 * @typedef {{ acrValues?: string, maxAge?: number, isAnew?: boolean }} Demand
 */

/** All that the page does with the My Account API. */
const scope = [
  'openid profile email',
  'read:me:factors',
  ...['read', 'create', 'update', 'delete'].map((act) => `${act}:me:authentication_methods`),
  'read:me:trusted_browsers delete:me:trusted_browsers',
  'read:me:sessions delete:me:sessions',
  'read:me:preferences update:me:preferences',
].join(' ');

/** What silent authentication answers when only a whole sign-in helps. */
const tooLongAgo = 'unmet_authentication_requirements';
/** What it answers when the person has to do something: no fault of anybody's. */
const leftToPerson = [
  'login_required',
  'consent_required',
  'interaction_required',
  'mfa_required',
  tooLongAgo,
];

/**
 * The page's use of auth0-spa-js, and all of it. The token lives in memory; after a reload, or when it has run
 * out, the SDK asks for a new one silently, in a frame.
 */
export class Session {
  #client;
  #audience;
  /** Whoever is, or was, signed in here; the SDK forgets them when their session has run out. */
  #personId = '';

  /** @param {Config} config */
  constructor({ issuer, clientId }) {
    this.#audience = `${issuer}me/`;
    this.#client = new auth0.Auth0Client({
      domain: location.origin,
      clientId,
      cacheLocation: 'memory',
      authorizationParams: {
        redirect_uri: `${location.origin}/account`,
        audience: this.#audience,
        scope: { [this.#audience]: scope },
      },
    });
  }

  /** Whether this page load is the way back from the sign-in. */
  get isReturning() {
    const query = new URLSearchParams(location.search);
    return query.has('state') && (query.has('code') || query.has('error'));
  }

  /**
   * Takes the answer out of the address bar and its code for tokens.
   * @returns {Promise<Errand | undefined>} what the person was about to do, if it is still the same person
   */
  async comeBack() {
    const address = location.href;
    history.replaceState(null, '', '/account');
    const { appState } = await this.#client.handleRedirectCallback(address);
    const { id } = await this.person();
    return appState?.person === id ? appState.errand : undefined;
  }

  /**
   * Signs in silently if this browser has a session that suffices.
   * @returns {Promise<Demand | undefined>} what the person has to prove when it doesn't
   */
  async resume() {
    try {
      await this.token();
      return undefined;
    } catch (error) {
      const demand = demandOfSdk(error);
      if (demand) return demand;
      throw error;
    }
  }

  /** @returns {Promise<Person>} */
  async person() {
    const { sub = '', email = '' } = (await this.#client.getUser()) ?? {};
    this.#personId = sub || this.#personId;
    return { id: this.#personId, email };
  }

  /** An access token for the My Account API. @returns {Promise<string>} */
  async token() {
    return (await this.#client.getTokenSilently()) ?? '';
  }

  /**
   * Goes to the sign-in, which asks for what is demanded, and comes back with the errand.
   * @param {Demand} [demand]
   * @param {Errand} [errand]
   */
  async signIn({ acrValues, maxAge, isAnew } = {}, errand = undefined) {
    return this.#client.loginWithRedirect({
      authorizationParams: {
        audience: this.#audience,
        ui_locales: document.documentElement.lang,
        ...(acrValues === undefined ? {} : { acr_values: acrValues }),
        ...(maxAge === undefined ? {} : { max_age: maxAge }),
        ...(isAnew ? { prompt: 'login' } : {}),
      },
      ...(errand === undefined ? {} : { appState: { person: this.#personId, errand } }),
    });
  }

  signOut() {
    return this.#client.logout({ logoutParams: { returnTo: `${location.origin}/account` } });
  }

  /** Drops the tokens of a session that is over already. */
  forget() {
    return this.#client.logout({ openUrl: false });
  }
}

/**
 * What an error of the SDK wants of the person; undefined when it is no such error.
 * @param {unknown} error
 * @returns {Demand | undefined}
 */
export function demandOfSdk(error) {
  if (!(error instanceof auth0.GenericError) || !leftToPerson.includes(error.error)) return undefined;
  return { isAnew: error.error === tooLongAgo };
}
