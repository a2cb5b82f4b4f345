/** @typedef {{ issuer: string, clientId: string, audience: string }} Config */
/** @typedef {{ payee: string, amountCents: number }} Transfer */
/**
 * What the application keeps over a redirect, to go on where the person was.
 * @typedef {{ transfer?: Transfer, focus?: string, scope?: string }} Errand
 */
/** @typedef {{ idToken: string, accessToken: string }} Tokens */

const multiFactor = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor';
const transferScope = 'transfer:money';
const mfaScopes = 'enroll read:authenticators remove:authenticators';

/**
 * The demo's use of auth0-spa-js, and all of it: every call to Countersign's sign-in goes through here.
 * Tokens live in memory, refresh tokens in the SDK's worker; after a reload the SDK asks silently, in a
 * frame, for new ones.
 */
export class Session {
  #config;
  #client;
  /** Beyond the usual scope: what the last step-up was for. A refresh must ask for it too, or it is lost. */
  #scope = '';

  /** @param {Config} config */
  constructor(config) {
    this.#config = config;
    this.#client = new auth0.Auth0Client({
      domain: location.origin,
      clientId: config.clientId,
      workerUrl: '/demo/assets/auth0-spa-js.worker.js',
      cacheLocation: 'memory',
      useRefreshTokens: true,
      useRefreshTokensFallback: true,
      authorizationParams: {
        redirect_uri: `${location.origin}/demo`,
        audience: config.audience,
        scope: { [config.audience]: 'openid profile email offline_access read:account' },
      },
    });
  }

  /** Whether this page load is the way back from Countersign. */
  get isReturning() {
    const query = new URLSearchParams(location.search);
    return query.has('state') && (query.has('code') || query.has('error'));
  }

  /**
   * Takes the answer out of the address bar and its code for tokens.
   * @returns {Promise<Errand>}
   */
  async comeBack() {
    const address = location.href;
    history.replaceState(null, '', '/demo');
    const { appState = {} } = await this.#client.handleRedirectCallback(address);
    this.#scope = appState.scope ?? '';
    return appState;
  }

  /** Signs in silently if this browser has a session. Nothing happens when it has none. */
  async resume() {
    await this.#client.checkSession();
  }

  isSignedIn() {
    return this.#client.isAuthenticated();
  }

  /** @param {Errand} [errand] */
  signIn(errand = {}) {
    return this.#redirect({}, errand);
  }

  /**
   * A session that is there already doesn't count: somebody else may want an account.
   * @param {{ isReplacing?: boolean }} [options] `isReplacing` leaves this page out of the history
   */
  signUp({ isReplacing = false } = {}) {
    const openUrl = isReplacing ? (/** @type {string} */ url) => location.replace(url) : undefined;
    return this.#redirect({ screen_hint: 'signup', prompt: 'login' }, {}, openUrl);
  }

  /**
   * Step-up by `acr_values`: the ID token that comes back tells of a second factor.
   * @param {Errand} errand
   */
  proveSecondFactor(errand) {
    return this.#redirect({ acr_values: multiFactor }, errand);
  }

  /**
   * Step-up by scope: asks for the sensitive scope, and Countersign knows that it takes a second factor.
   * @param {Transfer} transfer
   */
  askToTransfer(transfer) {
    return this.#redirect({ scope: transferScope }, { transfer, scope: transferScope });
  }

  /** An access token that may send money, if there is one already. */
  transferToken() {
    return this.#client.getTokenSilently({
      cacheMode: 'cache-only',
      authorizationParams: { scope: transferScope },
    });
  }

  /** A token for the MFA API always takes a second factor, if the person has one. */
  askForMfaApi() {
    return this.#redirect({ audience: this.#mfaAudience, scope: mfaScopes }, { focus: 'authenticators' });
  }

  /** An access token for the MFA API, if there is one already; it lives ten minutes. */
  mfaApiToken() {
    return this.#client.getTokenSilently({
      cacheMode: 'cache-only',
      authorizationParams: { audience: this.#mfaAudience, scope: mfaScopes },
    });
  }

  /**
   * The tokens at hand, renewed by the SDK when they are about to expire.
   * @param {{ isFresh?: boolean }} [options] `isFresh` spends the refresh token now
   * @returns {Promise<Tokens>}
   */
  async tokens({ isFresh = false } = {}) {
    const answer = await this.#client.getTokenSilently({
      detailedResponse: true,
      cacheMode: isFresh ? 'off' : 'on',
      authorizationParams: { scope: this.#scope },
    });
    if (!answer) throw new auth0.GenericError('login_required', 'Login required');
    return { idToken: answer.id_token, accessToken: answer.access_token };
  }

  signOut() {
    return this.#client.logout({ logoutParams: { returnTo: `${location.origin}/demo` } });
  }

  /**
   * Goes to Countersign. The SDK adds the usual scope of the audience named here, not of its default one.
   * @param {import('@auth0/auth0-spa-js').AuthorizationParams} parameters
   * @param {Errand} errand
   * @param {(url: string) => void} [openUrl] instead of following a link there
   */
  #redirect(parameters, errand, openUrl) {
    return this.#client.loginWithRedirect({
      authorizationParams: { audience: this.#config.audience, ...parameters },
      appState: errand,
      ...(openUrl ? { openUrl } : {}),
    });
  }

  get #mfaAudience() {
    return `${this.#config.issuer}mfa/`;
  }
}
