import * as openid from 'openid-client';
import { type Application, callback, type Deployment, type Person } from './deployment.ts';
import { passPages } from './hostedPages.ts';
import { WebBrowser } from './webBrowser.ts';

/** What an application remembers of a login that it began. */
export interface BegunLogin {
  url: URL;
  checks: openid.AuthorizationCodeGrantChecks & { expectedState: string };
}

/** Tokens as openid-client hands them out, checked. */
export type Tokens = openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers;

/** An application built with openid-client, which checks signatures too. */
export class RelyingParty {
  readonly config: openid.Configuration;
  readonly #issuer: string;

  private constructor(config: openid.Configuration, issuer: string) {
    this.config = config;
    this.#issuer = issuer;
  }

  static async discover(
    deployment: Pick<Deployment, 'issuer'>,
    application: Application,
    authentication: openid.ClientAuth = openid.ClientSecretPost(application.clientSecret),
    metadata: Partial<openid.ClientMetadata> = {},
  ): Promise<RelyingParty> {
    const { issuer } = deployment;
    const config = await openid.discovery(new URL(issuer), application.clientId, metadata, authentication, {
      execute: [openid.enableNonRepudiationChecks],
    });
    return new RelyingParty(config, issuer);
  }

  /** An authorization request with PKCE, state and nonce. */
  async begin(parameters: Record<string, string> = {}): Promise<BegunLogin> {
    const verifier = openid.randomPKCECodeVerifier();
    const checks = {
      pkceCodeVerifier: verifier,
      expectedState: openid.randomState(),
      expectedNonce: openid.randomNonce(),
      idTokenExpected: true,
    };
    const url = openid.buildAuthorizationUrl(this.config, {
      redirect_uri: callback,
      scope: 'openid profile email',
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: checks.expectedState,
      nonce: checks.expectedNonce,
      ...parameters,
    });
    return { url, checks };
  }

  /** Exchanges the code of an authorization response. */
  finish(
    response: URL | Request,
    { checks }: BegunLogin,
    more: openid.AuthorizationCodeGrantChecks = {},
  ): Promise<Tokens> {
    return openid.authorizationCodeGrant(this.config, response, { ...checks, ...more });
  }

  /** A whole login in this browser; tells which screens it took. */
  async signIn(
    person: Person,
    parameters: Record<string, string> = {},
    { browser = this.browser(), rememberBrowser = false } = {},
  ): Promise<{ tokens: Tokens; screens: string[]; browser: WebBrowser }> {
    const begun = await this.begin(parameters);
    await browser.open(begun.url);
    const screens = await passPages(browser, person, { rememberBrowser });
    return { tokens: await this.finish(browser.url, begun), screens, browser };
  }

  /** An authorization request that is answered without a page, or fails; resolves to the response. */
  async ask(
    browser: WebBrowser,
    parameters: Record<string, string>,
  ): Promise<{ begun: BegunLogin; response: URL }> {
    const begun = await this.begin(parameters);
    await browser.open(begun.url);
    return { begun, response: browser.url };
  }

  browser(): WebBrowser {
    return new WebBrowser(this.#issuer);
  }
}
