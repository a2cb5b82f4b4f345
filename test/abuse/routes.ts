import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';

/** One method at one address pattern. */
export interface Route {
  method: string;
  /** As registered, `/mfa/authenticators/:id`. */
  url: string;
}

/**
 * What a route may do for whoever asks. Everything that is served has its line in `classes`, so that a new
 * road to a session or a token can't come into being unseen (S-35).
 */
export type RouteClass =
  /** Gives out tokens, after asking the engine. */
  | 'issues tokens'
  /** Sets a session cookie, after asking the engine. */
  | 'begins sessions'
  | 'ends sessions'
  /** A hosted page of an application's request. */
  | 'page'
  /** A hosted page behind the one-time link of a message. */
  | 'ticket page'
  /** Where an errand ends that such a link began: no session, no token. */
  | 'errand page'
  /** An application acts as the operator, by a token of its own with the scope for it. */
  | 'management'
  /** Works on behalf of whoever the bearer token names. */
  | 'bearer'
  /** Begins something in an application's name, with its credentials. */
  | 'application'
  /** Takes what strangers send: sign-up and forgotten passwords. */
  | 'stranger'
  /** Takes what a delivery provider signed, about messages it was given. */
  | 'provider'
  /** A device, by the ticket that its person scanned or by a proof of its key. */
  | 'device'
  /** The same for everybody. */
  | 'public'
  /** Only for operators, signed in to their console with a second factor. */
  | 'operator'
  /** Only in development. */
  | 'development';

const classes: Readonly<Record<string, RouteClass>> = {
  'GET /authorize': 'begins sessions',
  'POST /authorize': 'begins sessions',
  'GET /authorize/:uid': 'begins sessions',
  'POST /oauth/token': 'issues tokens',
  'POST /oauth/revoke': 'application',
  'POST /oauth/par': 'application',
  'POST /mfa/challenge': 'application',
  'POST /mfa/associate': 'bearer',
  'GET /mfa/authenticators': 'bearer',
  'DELETE /mfa/authenticators/:id': 'bearer',
  'POST /mfa/guardian-token': 'bearer',
  'GET /me/v1/factors': 'bearer',
  'GET /me/v1/authentication-methods': 'bearer',
  'POST /me/v1/authentication-methods': 'bearer',
  'GET /me/v1/authentication-methods/:id': 'bearer',
  'PATCH /me/v1/authentication-methods/:id': 'bearer',
  'DELETE /me/v1/authentication-methods/:id': 'bearer',
  'POST /me/v1/authentication-methods/:id/verify': 'bearer',
  'GET /me/v1/preferences': 'bearer',
  'PUT /me/v1/preferences': 'bearer',
  'GET /me/v1/trusted-browsers': 'bearer',
  'DELETE /me/v1/trusted-browsers': 'bearer',
  'DELETE /me/v1/trusted-browsers/:id': 'bearer',
  'GET /me/v1/sessions': 'bearer',
  'DELETE /me/v1/sessions': 'bearer',
  'DELETE /me/v1/sessions/:id': 'bearer',
  ...guardian('bearer', [
    'GET /api/device-accounts/:id',
    'PATCH /api/device-accounts/:id',
    'DELETE /api/device-accounts/:id',
    'GET /api/device-accounts/:id/request',
    'GET /api/device-accounts/:id/events',
    'POST /api/device-accounts/:id/sms-enroll',
    'POST /api/resolve-transaction',
    'POST /api/start-flow',
    'POST /api/transaction-state',
    'POST /api/send-sms',
    'POST /api/send-push-notification',
    'POST /api/verify-otp',
    'POST /api/recover-account',
  ]),
  ...guardian('device', ['POST /api/enroll']),
  ...guardian('public', ['GET /api/push-key']),
  'GET /rich-consents/:id': 'device',
  'GET /userinfo': 'bearer',
  'POST /userinfo': 'bearer',
  'POST /dbconnections/signup': 'stranger',
  'POST /dbconnections/change_password': 'stranger',
  ...both('provider', ['/delivery/receipts/:provider']),
  'GET /v2/logout': 'ends sessions',
  'GET /oidc/logout': 'ends sessions',
  'POST /oidc/logout': 'ends sessions',
  'POST /oidc/logout/confirm': 'ends sessions',
  'GET /u/email-verification': 'ticket page',
  'POST /u/email-verification': 'ticket page',
  'GET /u/reset-password/change': 'ticket page',
  'POST /u/reset-password/change': 'ticket page',
  'GET /guardian/enroll': 'ticket page',
  'POST /guardian/enroll': 'ticket page',
  // An errand's: bound by a cookie to the browser that took the link up, and good for nothing else.
  'GET /u/mfa-enroll-result': 'errand page',
  'GET /u/reset-password/new': 'errand page',
  'POST /u/reset-password/new': 'errand page',
  ...both('ticket page', ['/u/undo-change']),
  // Where Duo sends browsers back to; what they bring names the application's request.
  'GET /u/mfa-duo-callback': 'page',
  ...both('page', [
    '/u/login',
    '/u/login-passkey',
    '/u/signup',
    '/u/reset-password/request',
    '/u/consent',
    '/u/mfa-login-options',
    '/u/mfa-begin-enroll-options',
    '/u/mfa-enroll-replacement',
    '/u/mfa-otp-enrollment-qr',
    '/u/mfa-otp-enrollment-code',
    '/u/mfa-otp-challenge',
    '/u/mfa-push-enrollment-qr',
    '/u/mfa-push-enrollment-code',
    '/u/mfa-push-challenge-push',
    '/u/mfa-push-list',
    '/u/mfa-phone-enrollment',
    '/u/mfa-sms-enrollment',
    '/u/mfa-voice-enrollment',
    '/u/mfa-sms-challenge',
    '/u/mfa-voice-challenge',
    '/u/mfa-sms-list',
    '/u/mfa-email-challenge',
    '/u/mfa-duo-enrollment',
    '/u/mfa-duo-challenge',
    '/u/mfa-email-list',
    '/u/mfa-recovery-code-enrollment',
    '/u/mfa-recovery-code-challenge',
    '/u/mfa-recovery-code-challenge-new-code',
    '/u/mfa-recovery-codes-enrollment',
    '/u/mfa-recovery-codes-new',
    '/u/mfa-recovery-codes-few',
    '/u/mfa-blocked',
    '/u/mfa-temporary-pass-challenge',
    '/u/mfa-webauthn-roaming-enrollment',
    '/u/mfa-webauthn-roaming-challenge',
    '/u/mfa-webauthn-change-key-nickname',
    '/u/mfa-webauthn-platform-enrollment',
    '/u/mfa-webauthn-platform-challenge',
    '/u/mfa-webauthn-enrollment-success',
    '/u/mfa-webauthn-not-available-error',
    '/u/mfa-detect-browser-capabilities',
  ]),
  'GET /': 'public',
  'GET /u/mfa': 'page',
  'GET /u/mfa-answer': 'page',
  'GET /operator/welcome': 'ticket page',
  'POST /operator/welcome': 'ticket page',
  'GET /operator/callback': 'begins sessions',
  'POST /operator/sign-out': 'ends sessions',
  'GET /operator/*': 'public',
  ...both('operator', [
    '/operator/multi-factor/policy',
    '/operator/multi-factor/passkey-sign-in',
    '/operator/multi-factor/:factor/settings',
    '/operator/multi-factor/:factor',
    '/operator/users/:user/:act',
    '/operator/users/:user/temporary-pass',
    '/operator/users/:user/methods/:method',
    '/operator/users/:user/browsers/:browser',
    '/operator/messages/:channel/:name/:language',
    '/operator/messages/:channel/:name/:language/remove',
  ]),
  'GET /operator/messages': 'operator',
  'POST /operator/messages/:channel/:name/:language/preview': 'operator',
  'GET /operator': 'operator',
  'GET /operator/multi-factor': 'operator',
  'GET /operator/multi-factor/models': 'operator',
  'GET /operator/users': 'operator',
  'GET /operator/users/:user': 'operator',
  'GET /operator/delivery': 'operator',
  'POST /operator/delivery/resume': 'operator',
  'GET /operator/logs': 'operator',
  'GET /operator/logs/:event': 'operator',
  'GET /operator/applications': 'operator',
  'GET /operator/applications/:client': 'operator',
  'GET /u/*': 'public',
  'GET /.well-known/openid-configuration': 'public',
  'GET /.well-known/oauth-authorization-server': 'public',
  'GET /.well-known/jwks.json': 'public',
  'GET /docs': 'public',
  'GET /docs/*': 'public',
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'GET /metrics': 'public',
};

function both(kind: RouteClass, urls: readonly string[]): Record<string, RouteClass> {
  return Object.fromEntries(urls.flatMap((url) => [`GET ${url}`, `POST ${url}`]).map((key) => [key, kind]));
}

/** The same at each place where the Guardian API stands. */
function guardian(kind: RouteClass, calls: readonly string[]): Record<string, RouteClass> {
  const mounts = ['', '/appliance-mfa', '/guardian'];
  return Object.fromEntries(
    mounts.flatMap((mount) => calls.map((call) => [call.replace(' ', ` ${mount}`), kind])),
  );
}

/** Undefined for a route that nobody thought about. */
export function classOf({ method, url }: Route): RouteClass | undefined {
  if (/^\/(?:(?:u|operator)\/assets|account|authenticator)(?:\/|$)/.test(url)) return 'public';
  if (/^\/(?:dev|demo)(?:\/|\.|$)/.test(url)) return 'development';
  // None is served but by `registerCall`; see managementAccess.test.ts.
  if (url.startsWith('/api/v2/')) return 'management';
  // The same page under another name, while a password is being reset.
  const page = url.replace(/^\/u\/reset-password-mfa/, '/u/mfa');
  return classes[`${method === 'HEAD' ? 'GET' : method} ${page}`];
}

/** Makes a server by `create` and tells every route that it registers. */
export async function listingRoutes<T>(create: () => Promise<T>): Promise<{ created: T; routes: Route[] }> {
  const routes: Route[] = [];
  const listen = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook('onRoute', ({ method, url }) => {
      routes.push(...[method].flat().map((name) => ({ method: name, url })));
    });
  };
  subscribe('fastify.initialization', listen);
  try {
    return { created: await create(), routes };
  } finally {
    unsubscribe('fastify.initialization', listen);
  }
}
