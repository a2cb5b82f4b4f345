import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import type { JWK } from 'jose';
import {
  appTypes,
  type Client,
  type ClientDraft,
  completeDraft,
  grantTypes,
} from '../applications/client.ts';
import { withoutUndefined } from '../applications/withoutUndefined.ts';
import { proofLifetimes, trustBounds } from '../tenant/trustBounds.ts';
import { CommandError } from './commandError.ts';
import { type CommonOptions, readList, readOwnCount, readSeconds } from './options.ts';

/** As typed: whether a value is one of those allowed is judged where the application is stored. */
export interface ClientOptions extends CommonOptions {
  name?: string;
  appType?: Client['appType'];
  grantTypes?: string[];
  callbacks?: string[];
  allowedLogoutUrls?: string[];
  webOrigins?: string[];
  allowedOrigins?: string[];
  tokenEndpointAuthMethod?: Client['tokenEndpointAuthMethod'];
  signingAlg?: Client['signingAlg'];
  idTokenLifetime?: number;
  refreshTokenRotation?: Client['refreshToken']['rotationType'];
  refreshTokenExpiration?: Client['refreshToken']['expirationType'];
  refreshTokenLeeway?: number;
  refreshTokenLifetime?: number;
  refreshTokenIdleLifetime?: number;
  mfaPolicy?: 'never' | 'always' | 'tenant';
  secondFactorMinutes?: number | 'tenant';
  rememberBrowserDays?: number | 'tenant';
  jwks?: string;
  firstParty?: boolean;
  rotateSecret?: true;
}

/** The last part of a grant type that is a URL may stand for the whole. */
const grantTypesByShortName = new Map<string, string>(
  Object.values(grantTypes).map((grantType) => [grantType.slice(grantType.lastIndexOf('/') + 1), grantType]),
);

/** The options that `client create` and `client update` share. */
export function withClientOptions(command: Command): Command {
  return command
    .addOption(new Option('--app-type <type>', 'selects the defaults of the rest').choices(appTypes))
    .option(
      '--grant-types <list>',
      'separated by commas; password-realm, mfa-otp, mfa-oob and mfa-recovery-code stand for their URLs',
      readList,
    )
    .option('--callbacks <list>', 'redirect URIs', readList)
    .option('--allowed-logout-urls <list>', 'where logout may lead', readList)
    .option('--web-origins <list>', 'origins of silent authentication', readList)
    .option('--allowed-origins <list>', 'further origins that may call from a browser', readList)
    .option(
      '--token-endpoint-auth-method <method>',
      'none, client_secret_post, client_secret_basic or private_key_jwt',
    )
    .option('--signing-alg <algorithm>', 'of ID tokens: RS256, PS256, ES256 or EdDSA')
    .option('--id-token-lifetime <seconds>', 'life of ID tokens', readSeconds)
    .option('--refresh-token-rotation <type>', 'rotating or non-rotating')
    .option('--refresh-token-expiration <type>', 'expiring or non-expiring')
    .option('--refresh-token-leeway <seconds>', 'how long a rotated token still works', readSeconds)
    .option('--refresh-token-lifetime <seconds>', 'from the sign-in', readSeconds)
    .option('--refresh-token-idle-lifetime <seconds>', 'without use', readSeconds)
    .option('--mfa-policy <policy>', 'never or always; tenant to follow the tenant’s policy again')
    .option(
      '--second-factor-minutes <minutes>',
      `how long a second factor counts here: ${proofLifetimes}; 0 for no end of its own, tenant to follow the tenant`,
      readOwnCount,
    )
    .option(
      '--remember-browser-days <days>',
      `how long a remembered browser counts here, to ${trustBounds.rememberDays}; 0 for not at all, tenant to follow the tenant`,
      readOwnCount,
    )
    .option('--jwks <file>', 'public keys of private_key_jwt: a JSON Web Key Set, or one key')
    .option('--first-party', 'don’t ask people for consent (default)')
    .option('--no-first-party', 'ask people for consent');
}

/**
 * What the options say and nothing else, so that the rest stays as it is.
 *
 * @param current the application that is changed, if there is one already.
 */
export function readClientOptions(options: ClientOptions, current?: Client): Partial<ClientDraft> {
  const { appType, mfaPolicy, secondFactorMinutes, rememberBrowserDays } = options;
  const before = current ?? completeDraft({ name: '', ...(appType && { appType }) }, '', 0);
  return {
    ...withoutUndefined({
      name: options.name,
      appType,
      grantTypes: options.grantTypes?.map((name) => grantTypesByShortName.get(name) ?? name),
      callbacks: options.callbacks,
      allowedLogoutUrls: options.allowedLogoutUrls,
      webOrigins: options.webOrigins,
      allowedOrigins: options.allowedOrigins,
      tokenEndpointAuthMethod: options.tokenEndpointAuthMethod,
      signingAlg: options.signingAlg,
      idTokenLifetimeSeconds: options.idTokenLifetime,
      publicKeys: options.jwks === undefined ? undefined : readKeySet(options.jwks),
      isFirstParty: options.firstParty,
    }),
    refreshToken: { ...before.refreshToken, ...readRefreshToken(options) },
    ...override('mfaPolicy', mfaPolicy),
    ...override('proofMinutes', secondFactorMinutes),
    ...override('rememberBrowserDays', rememberBrowserDays),
  };
}

/** An absent override is what "tenant" means, so the member is there even when it is undefined. */
function override<Name extends keyof Client>(
  name: Name,
  typed: Client[Name] | 'tenant' | undefined,
): Partial<ClientDraft> {
  return typed === undefined ? {} : { [name]: typed === 'tenant' ? undefined : typed };
}

function readRefreshToken(options: ClientOptions): Partial<Client['refreshToken']> {
  return withoutUndefined({
    rotationType: options.refreshTokenRotation,
    expirationType: options.refreshTokenExpiration,
    leewaySeconds: options.refreshTokenLeeway,
    tokenLifetimeSeconds: options.refreshTokenLifetime,
    idleTokenLifetimeSeconds: options.refreshTokenIdleLifetime,
  });
}

function readKeySet(file: string): { keys: JWK[] } {
  const text = readFileSync(file, 'utf8');
  try {
    const content = JSON.parse(text) as { keys?: unknown };
    return { keys: (Array.isArray(content.keys) ? content.keys : [content]) as JWK[] };
  } catch {
    throw new CommandError('invalid_input', `${file} holds no JSON Web Key Set.`);
  }
}
