import { AuthClient, isMfaRequiredError, type MfaRequiredError } from '@auth0/auth0-auth-js';
import type { Application, Deployment, Person } from '../deployment.ts';

/** Grants of an application that shows its own login pages. */
export const ownPagesGrants = [
  'password',
  'password-realm',
  'refresh_token',
  'authorization_code',
  'mfa-otp',
  'mfa-oob',
  'mfa-recovery-code',
].join(',');

/** A server-side application with its own login pages, built with auth0-auth-js. */
export function authClient(
  { domain }: Pick<Deployment, 'domain'>,
  { clientId, clientSecret }: Application,
): AuthClient {
  return new AuthClient({ domain, clientId, clientSecret });
}

/** Signs in by password where a second factor must follow; gives the error that says so. */
export async function passwordThenMfa(
  client: AuthClient,
  { email, password }: Person,
  more: { audience?: string; scope?: string } = {},
): Promise<MfaRequiredError> {
  return mfaRequired(client.getTokenByPassword({ username: email, password, scope: 'openid', ...more }));
}

/** The `mfa_required` error with which a call must end. */
export async function mfaRequired(call: Promise<unknown>): Promise<MfaRequiredError> {
  const error = await call.then(
    () => new Error('No second factor was asked for.'),
    (reason: unknown) => reason,
  );
  if (isMfaRequiredError(error)) return error;
  throw error;
}
