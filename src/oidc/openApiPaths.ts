import { grantTypes } from '../applications/client.ts';

/** A text parameter or field, with what it is for. */
type Named = readonly [name: string, description: string];

const tags = ['OpenID Connect'];

const authorizationParameters: readonly Named[] = [
  ['client_id', 'The application.'],
  ['response_type', '`code`.'],
  ['redirect_uri', 'One of the application’s callbacks, character by character.'],
  ['scope', '`openid profile email`, `offline_access`, and scopes of the API.'],
  ['audience', 'The API that the access token is for; without one the token is opaque.'],
  ['state', 'Comes back unchanged.'],
  ['nonce', 'Stands in the ID token.'],
  ['code_challenge', 'PKCE; required of applications without a secret.'],
  ['code_challenge_method', '`S256`.'],
  ['response_mode', '`query`, `form_post` or `web_message`.'],
  ['prompt', '`none`, `login`, `consent`.'],
  ['max_age', 'Seconds since the last sign-in that are still good enough.'],
  [
    'acr_values',
    '`http://schemas.openid.net/pape/policies/2007/06/multi-factor` asks for a second factor, `http://idmanagement.gov/ns/assurance/aal/2` and `…/3` for a level of NIST SP 800-63B; others are ignored.',
  ],
  ['login_hint', 'Fills in the e-mail address.'],
  ['screen_hint', '`signup` shows the sign-up page first.'],
  ['ui_locales', 'Languages of the pages, best first.'],
  ['connection', 'The connection to sign in with.'],
];

const tokenFields: readonly Named[] = [
  ['client_id', 'The application; in the body or by HTTP Basic.'],
  ['client_secret', 'For `client_secret_post`.'],
  ['client_assertion', 'For `private_key_jwt`.'],
  ['client_assertion_type', '`urn:ietf:params:oauth:client-assertion-type:jwt-bearer`.'],
  ['code', 'With `authorization_code`.'],
  ['redirect_uri', 'With `authorization_code`: as it was at `/authorize`.'],
  ['code_verifier', 'With `authorization_code`: the secret behind the PKCE challenge.'],
  ['refresh_token', 'With `refresh_token`.'],
  ['username', 'With `password` and `password-realm`.'],
  ['password', 'With `password` and `password-realm`.'],
  ['realm', 'With `password-realm`: the connection.'],
  ['scope', 'What is asked for.'],
  ['audience', 'The API that the access token is for.'],
  ['mfa_token', 'With the MFA grants: from the `mfa_required` answer.'],
  ['otp', 'With `mfa-otp`: the one-time password, as text.'],
  ['oob_code', 'With `mfa-oob`: from `/mfa/challenge` or `/mfa/associate`.'],
  ['binding_code', 'With `mfa-oob`: the code that was sent; none where a device answers by itself.'],
  ['recovery_code', 'With `mfa-recovery-code`.'],
];

const logoutParameters: readonly Named[] = [
  ['client_id', 'The application.'],
  ['returnTo', 'One of the application’s allowed logout URLs.'],
];

const endSessionParameters: readonly Named[] = [
  ['id_token_hint', 'The ID token of the session; without it the person is asked.'],
  ['logout_hint', 'The session’s `sid`.'],
  ['post_logout_redirect_uri', 'One of the application’s allowed logout URLs.'],
  ['client_id', 'The application.'],
  ['state', 'Comes back unchanged.'],
];

const error = answer('Refused.', {
  type: 'object',
  required: ['error', 'error_description'],
  properties: { error: text('A stable code.'), error_description: text('What was wrong.') },
});

const mfaTypes = { type: 'array', items: { type: 'object', properties: { type: { type: 'string' } } } };

const mfaRequired = answer('Refused; with `mfa_required`, a second factor is due.', {
  type: 'object',
  required: ['error', 'error_description'],
  properties: {
    error: text('`mfa_required`, `invalid_grant`, `unauthorized_client` …'),
    error_description: text('What was wrong.'),
    mfa_token: text('With `mfa_required`: opens the MFA API for ten minutes.'),
    mfa_requirements: {
      type: 'object',
      description: 'Factors to challenge, or to enrol when the person has none.',
      properties: { challenge: mfaTypes, enroll: mfaTypes },
    },
  },
});

const tokens = answer('Tokens.', {
  type: 'object',
  required: ['access_token', 'token_type', 'expires_in'],
  properties: {
    access_token: text('A JWT for the API named by `audience`, else opaque.'),
    id_token: text('With the scope `openid`.'),
    refresh_token: text('With the scope `offline_access`.'),
    recovery_code: text('After `mfa-recovery-code`: takes the place of the one used.'),
    token_type: text('`Bearer`.'),
    expires_in: { type: 'integer', description: 'Seconds.' },
    scope: text('What was granted.'),
  },
});

/**
 * The endpoints of OpenID Connect as OpenAPI path items. They are written down here since oidc-provider
 * judges their parameters, not a route’s schema.
 */
export const openApiPaths = {
  '/authorize': {
    get: {
      tags,
      summary: 'Sign a person in',
      parameters: query(authorizationParameters),
      responses: {
        303: { description: 'To the sign-in pages, or back to the application.' },
        400: page('An error page.'),
      },
    },
  },
  '/oauth/token': {
    post: {
      tags,
      summary: 'Exchange a grant for tokens',
      requestBody: body([['grant_type', `One of ${Object.values(grantTypes).join(', ')}.`], ...tokenFields]),
      responses: { 200: tokens, 400: error, 401: error, 403: mfaRequired, 429: error },
    },
  },
  '/oauth/revoke': {
    post: {
      tags,
      summary: 'Revoke a refresh token',
      requestBody: body([['token', 'The refresh token.'], ...tokenFields.slice(0, 4)]),
      responses: { 200: { description: 'Revoked, or unknown.' }, 400: error, 401: error },
    },
  },
  '/oauth/par': {
    post: {
      tags,
      summary: 'Push the parameters of an authorization request (RFC 9126)',
      requestBody: body([...authorizationParameters, ...tokenFields.slice(1, 4)]),
      responses: {
        201: answer('Use `request_uri` at `/authorize`.', {
          type: 'object',
          properties: { request_uri: { type: 'string' }, expires_in: { type: 'integer' } },
        }),
        400: error,
        401: error,
      },
    },
  },
  '/userinfo': {
    get: {
      tags,
      summary: 'Claims about the person an access token stands for',
      responses: { 200: answer('The claims.', { type: 'object' }), 401: error },
    },
  },
  '/.well-known/openid-configuration': {
    get: {
      tags,
      summary: 'Discovery document',
      responses: { 200: answer('The document.', { type: 'object' }) },
    },
  },
  '/.well-known/jwks.json': {
    get: {
      tags,
      summary: 'Public signing keys',
      responses: { 200: answer('A JSON Web Key Set.', { type: 'object' }) },
    },
  },
  '/v2/logout': {
    get: {
      tags,
      summary: 'Sign out, as Auth0’s SDKs do',
      parameters: query(logoutParameters),
      responses: { 302: { description: 'To `returnTo`.' }, 400: page('An error page.') },
    },
  },
  '/oidc/logout': {
    get: {
      tags,
      summary: 'Sign out (OpenID Connect RP-Initiated Logout)',
      parameters: query(endSessionParameters),
      responses: {
        303: { description: 'Signed out.' },
        200: page('Asks the person.'),
        400: page('An error page.'),
      },
    },
  },
} as const;

function query(parameters: readonly Named[]) {
  return parameters.map(([name, description]) => ({
    name,
    in: 'query',
    description,
    schema: { type: 'string' },
  }));
}

function body(fields: readonly Named[]) {
  const properties = Object.fromEntries(fields.map(([name, description]) => [name, text(description)]));
  const schema = { type: 'object', properties };
  return { content: { 'application/x-www-form-urlencoded': { schema }, 'application/json': { schema } } };
}

function answer(description: string, schema: object) {
  return { description, content: { 'application/json': { schema } } };
}

function page(description: string) {
  return { description, content: { 'text/html': {} } };
}

function text(description: string) {
  return { type: 'string', description };
}
