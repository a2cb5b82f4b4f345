import { importJWK, type JWK } from 'jose';
import { signingAlgorithms } from '../crypto/signingAlgorithms.ts';
import { isProofLifetime, proofLifetimes, trustBounds } from '../tenant/trustBounds.ts';
import { appTypes, type Client, clientAuthMethods, grantTypes } from './client.ts';
import { InvalidApplicationError } from './invalidApplicationError.ts';
import { originProblem, redirectUrlProblem } from './urlRules.ts';

/** Auth0's grant types. Those that this server doesn't serve may be registered, and are refused when used. */
const knownGrantTypes = new Set<string>([
  ...Object.values(grantTypes),
  'implicit',
  'http://auth0.com/oauth/grant-type/passwordless/otp',
  'urn:ietf:params:oauth:grant-type:device_code',
  'urn:ietf:params:oauth:grant-type:token-exchange',
  'urn:okta:params:oauth:grant-type:webauthn',
  'urn:openid:params:grant-type:ciba',
]);

const longestName = 200;
const mostUrls = 100;
const longestLifetimeSeconds = 2_592_000;
const longestRefreshSeconds = 157_680_000;

/** @throws InvalidApplicationError with everything that is wrong, not only the first. */
export async function validateClient(client: Client): Promise<void> {
  const problems = [
    ...nameProblems(client),
    ...choiceProblems(client),
    ...urlProblems(client),
    ...(await keyProblems(client)),
    ...lifetimeProblems(client),
    ...trustProblems(client),
  ];
  if (problems.length > 0) throw new InvalidApplicationError(problems);
}

function nameProblems({ name, description, logoUri, metadata }: Client): string[] {
  const problems: string[] = [];
  if (!name.trim() || name.length > longestName || /[<>\p{Cc}]/u.test(name)) {
    problems.push(
      `name must have 1 to ${longestName} characters, without angle brackets or control characters`,
    );
  }
  if (description !== undefined && description.length > 140)
    problems.push('description must have at most 140 characters');
  if (logoUri !== undefined && URL.parse(logoUri)?.protocol !== 'https:')
    problems.push('logo_uri must use https');
  const entries = Object.entries(metadata);
  if (entries.length > 10 || entries.some(([key, value]) => key.length > 255 || String(value).length > 255)) {
    problems.push('client_metadata must have at most 10 entries of at most 255 characters');
  }
  return problems;
}

function choiceProblems(client: Client): string[] {
  const problems: string[] = [];
  const { appType, tokenEndpointAuthMethod, signingAlg, mfaPolicy } = client;
  if (!appTypes.includes(appType)) problems.push(`app_type must be one of ${list(appTypes)}`);
  if (!clientAuthMethods.includes(tokenEndpointAuthMethod)) {
    problems.push(`token_endpoint_auth_method must be one of ${list(clientAuthMethods)}`);
  }
  if (!signingAlgorithms.includes(signingAlg))
    problems.push(`jwt_configuration.alg must be one of ${list(signingAlgorithms)}`);
  if (mfaPolicy !== undefined && !['never', 'always'].includes(mfaPolicy)) {
    problems.push('mfa_policy must be never or always');
  }
  for (const grantType of client.grantTypes) {
    if (!knownGrantTypes.has(grantType)) {
      problems.push(
        `grant_types: "${grantType}" is not a grant type; expected any of ${list(Object.values(grantTypes))}`,
      );
    }
  }
  if (client.grantTypes.includes(grantTypes.clientCredentials) && tokenEndpointAuthMethod === 'none') {
    problems.push('grant_types: client_credentials needs an application that authenticates itself');
  }
  return problems;
}

function urlProblems(client: Client): string[] {
  const redirects = { callbacks: client.callbacks, allowed_logout_urls: client.allowedLogoutUrls };
  const origins = { web_origins: client.webOrigins, allowed_origins: client.allowedOrigins };
  return [
    ...problemsOf(redirects, (url) => redirectUrlProblem(url, client.appType)),
    ...problemsOf(origins, originProblem),
  ];
}

function problemsOf(
  fields: Record<string, string[]>,
  problemOf: (value: string) => string | undefined,
): string[] {
  return Object.entries(fields).flatMap(([field, values]) => [
    ...(values.length > mostUrls ? [`${field} must have at most ${mostUrls} entries`] : []),
    ...values.flatMap((value) => {
      const problem = problemOf(value);
      return problem ? [`${field}: "${String(value).slice(0, 200)}" ${problem}`] : [];
    }),
  ]);
}

async function keyProblems({ tokenEndpointAuthMethod, publicKeys }: Client): Promise<string[]> {
  if (!publicKeys) {
    return tokenEndpointAuthMethod === 'private_key_jwt'
      ? ['private_key_jwt needs at least one public key']
      : [];
  }
  if (publicKeys.keys.length === 0) return ['the public keys must have at least one entry'];
  const faulty = await Promise.all(publicKeys.keys.map(isUnusable));
  return faulty.flatMap((isFaulty, index) =>
    isFaulty ? [`public key ${index + 1} must be a public RSA, EC (P-256, P-384) or Ed25519 JWK`] : [],
  );
}

async function isUnusable(jwk: JWK): Promise<boolean> {
  if (jwk.d !== undefined || jwk.k !== undefined) return true;
  const algorithm = algorithmOf(jwk);
  if (!algorithm) return true;
  return importJWK(jwk, algorithm).then(
    () => false,
    () => true,
  );
}

function algorithmOf({ kty, crv }: JWK): string | undefined {
  if (kty === 'RSA') return 'RS256';
  if (kty === 'EC') return crv === 'P-384' ? 'ES384' : 'ES256';
  return kty === 'OKP' ? 'EdDSA' : undefined;
}

function lifetimeProblems({ idTokenLifetimeSeconds, refreshToken }: Client): string[] {
  const problems: string[] = [];
  const check = (field: string, value: number, most: number, least = 1) => {
    if (!Number.isInteger(value) || value < least || value > most) {
      problems.push(`${field} must be a whole number of seconds from ${least} to ${most}`);
    }
  };
  check('jwt_configuration.lifetime_in_seconds', idTokenLifetimeSeconds, longestLifetimeSeconds);
  check('refresh_token.leeway', refreshToken.leewaySeconds, 600, 0);
  check('refresh_token.token_lifetime', refreshToken.tokenLifetimeSeconds, longestRefreshSeconds);
  check('refresh_token.idle_token_lifetime', refreshToken.idleTokenLifetimeSeconds, longestRefreshSeconds);
  if (!['rotating', 'non-rotating'].includes(refreshToken.rotationType)) {
    problems.push('refresh_token.rotation_type must be rotating or non-rotating');
  }
  if (!['expiring', 'non-expiring'].includes(refreshToken.expirationType)) {
    problems.push('refresh_token.expiration_type must be expiring or non-expiring');
  }
  return problems;
}

/** What an application may say otherwise than the tenant. */
function trustProblems({ proofMinutes, rememberBrowserDays: days }: Client): string[] {
  const problems: string[] = [];
  if (proofMinutes !== undefined && !isProofLifetime(proofMinutes)) {
    problems.push(`second_factor_lifetime_in_minutes must be ${proofLifetimes}`);
  }
  if (days !== undefined && (!Number.isInteger(days) || days < 0 || days > trustBounds.rememberDays)) {
    problems.push(`remember_browser_days must be a whole number from 0 to ${trustBounds.rememberDays}`);
  }
  return problems;
}

function list(values: readonly string[]): string {
  return values.join(', ');
}
