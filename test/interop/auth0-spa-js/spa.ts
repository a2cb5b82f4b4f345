import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type {
  Auth0Client,
  Auth0ClientOptions,
  GetTokenSilentlyOptions,
  RedirectLoginOptions,
} from '@auth0/auth0-spa-js';
import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { type ApplicationSite, serveApplication } from '../applicationSite.ts';
import { chromiumVisitor } from '../chromiumVisitor.ts';
import type { Deployment, Person } from '../deployment.ts';
import { passPages } from '../hostedPages.ts';

declare global {
  interface Window {
    auth0: typeof import('@auth0/auth0-spa-js');
    client: Auth0Client;
  }
}

/** What a call of the SDK came to, as far as a test may look at it. */
export interface Outcome {
  access_token?: string;
  id_token?: string;
  scope?: string | undefined;
  error?: string;
  error_description?: string;
  mfa_token?: string;
  mfa_requirements?: unknown;
}

const sdk = fileURLToPath(import.meta.resolve('@auth0/auth0-spa-js')).replace(
  /dist\/.*$/,
  'dist/auth0-spa-js.production.js',
);

/** A site with a page that loads the published SDK as it is and does nothing else. */
export function serveSpa(options: Parameters<typeof serveApplication>[1]): Promise<ApplicationSite> {
  const page = '<!doctype html><title>Single-page application</title><script src="/sdk.js"></script>';
  return serveApplication(
    {
      '/': { type: 'text/html', body: page },
      '/callback': { type: 'text/html', body: page },
      '/sdk.js': { type: 'text/javascript', body: readFileSync(sdk, 'utf8') },
    },
    options,
  );
}

/** `client create` for an application on this site. */
export async function registerSpa(deployment: Deployment, { origin }: ApplicationSite, ...flags: string[]) {
  const { clientId } = await deployment.application(
    ...['--app-type', 'spa', '--callbacks', `${origin}/callback`, '--web-origins', origin],
    ...['--allowed-logout-urls', `${origin}/`, ...flags],
  );
  return clientId;
}

/** Signs in without a second factor, then policy comes to demand one at the next refresh. */
export async function interruptRefresh(
  context: BrowserContext,
  deployment: Deployment,
  site: ApplicationSite,
  person: Person,
  { audience, useFormData = true }: { audience: string; useFormData?: boolean | undefined },
) {
  const grants = 'authorization_code,refresh_token,mfa-otp,mfa-oob,mfa-recovery-code';
  const clientId = await registerSpa(deployment, site, '--grant-types', grants);
  const spa = await Spa.open(context, deployment, site, clientId, {
    useRefreshTokens: true,
    useFormData,
    authorizationParams: { audience, scope: 'openid read:hours' },
  });
  await spa.signIn(person);
  await deployment.server.cli('client', 'update', clientId, '--mfa-policy', 'always');
  const refused = await spa.getTokenSilently();
  expect(refused).toMatchObject({
    error: 'mfa_required',
    error_description: 'Multifactor authentication required',
    mfa_token: expect.any(String),
  });
  return { spa, mfaToken: refused.mfa_token ?? '', requirements: refused.mfa_requirements };
}

/** A tab with the application, and the calls its developer writes. */
export class Spa {
  readonly page: Page;
  readonly #issuer: string;
  readonly #origin: string;
  readonly #options: Auth0ClientOptions;

  private constructor(page: Page, deployment: Deployment, origin: string, options: Auth0ClientOptions) {
    this.page = page;
    this.#issuer = deployment.issuer;
    this.#origin = origin;
    this.#options = options;
  }

  /** Opens the application in a new tab. */
  static async open(
    context: BrowserContext,
    deployment: Deployment,
    { origin }: ApplicationSite,
    clientId: string,
    { authorizationParams, ...options }: Partial<Auth0ClientOptions> = {},
  ): Promise<Spa> {
    const page = await context.newPage();
    const spa = new Spa(page, deployment, origin, {
      domain: deployment.domain,
      clientId,
      ...options,
      authorizationParams: { redirect_uri: `${origin}/callback`, ...authorizationParams },
    });
    await page.goto(`${origin}/`);
    await spa.#createClient();
    return spa;
  }

  /** Signs in by redirect; tells which hosted screens it took. */
  async signIn(person: Person, options: RedirectLoginOptions = {}): Promise<string[]> {
    const arrived = this.page.waitForURL((url) => url.origin === new URL(this.#issuer).origin);
    const leave = (wishes: RedirectLoginOptions) => window.client.loginWithRedirect(wishes);
    await Promise.all([arrived, this.page.evaluate(leave, options)]);
    const screens = await passPages(chromiumVisitor(this.page, this.#issuer), person);
    await this.page.waitForURL(`${this.#origin}/callback?**`);
    await this.#createClient();
    await this.page.evaluate(async () => {
      await window.client.handleRedirectCallback();
    });
    return screens;
  }

  user() {
    return this.page.evaluate(() => window.client.getUser());
  }

  idTokenClaims() {
    return this.page.evaluate(() => window.client.getIdTokenClaims());
  }

  /** `getTokenSilently`, past the cache. */
  getTokenSilently(options: GetTokenSilentlyOptions = {}): Promise<Outcome> {
    return this.call(async (client, more) => {
      const tokens = await client.getTokenSilently({ cacheMode: 'off', ...more, detailedResponse: true });
      if (!tokens) throw new Error('The SDK gave no tokens.');
      const { access_token, id_token, scope } = tokens;
      return { access_token, id_token, scope };
    }, options);
  }

  /** Runs something with the SDK's client in the page; what it throws is an outcome too. */
  call<Argument, Result>(
    work: (client: Auth0Client, argument: Argument) => Promise<Result>,
    argument: Argument,
  ): Promise<Result & Outcome> {
    return this.page.evaluate(
      async ([source, value]) => {
        try {
          return await new Function(`return ${source}`)()(window.client, value);
        } catch (error) {
          const { error: code, error_description, mfa_token, mfa_requirements } = error as Outcome;
          return { error: code ?? String(error), error_description, mfa_token, mfa_requirements };
        }
      },
      [work.toString(), argument] as const,
    );
  }

  /** Ends at the page where the logout leads. */
  async logout(): Promise<void> {
    const returnTo = `${this.#origin}/`;
    const arrived = this.page.waitForURL(returnTo);
    const leave = (url: string) => window.client.logout({ logoutParams: { returnTo: url } });
    await Promise.all([arrived, this.page.evaluate(leave, returnTo)]);
    await this.#createClient();
  }

  async #createClient(): Promise<void> {
    await this.page.evaluate((options) => {
      window.client = new window.auth0.Auth0Client(options);
    }, this.#options);
  }
}
