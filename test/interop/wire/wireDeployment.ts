import { expect } from 'vitest';
import type { StartServer } from '../../support/server.ts';
import { type Application, Deployment, type DeploymentOptions, type Person } from '../deployment.ts';
import type { Answer } from '../wireCalls.ts';

export const otpGrant = 'http://auth0.com/oauth/grant-type/mfa-otp';
export const recoveryGrant = 'http://auth0.com/oauth/grant-type/mfa-recovery-code';
export const oobGrant = 'http://auth0.com/oauth/grant-type/mfa-oob';

const grants = 'password,password-realm,refresh_token,mfa-otp,mfa-oob,mfa-recovery-code';

/** A deployment with two applications that show login pages of their own. */
export interface WireDeployment extends Deployment {
  /** Follows the tenant's policy, `never`. */
  relaxed: Application;
  /** Always wants a second factor. */
  strict: Application;
}

export async function startWireDeployment(
  start: StartServer,
  options?: DeploymentOptions,
): Promise<WireDeployment> {
  const deployment = await Deployment.start(start, options);
  const [relaxed, strict] = await Promise.all([
    deployment.application('--grant-types', grants),
    deployment.application('--grant-types', grants, '--mfa-policy', 'always'),
  ]);
  return Object.assign(deployment, { relaxed, strict });
}

export function credentials({ clientId, clientSecret }: Application) {
  return { client_id: clientId, client_secret: clientSecret };
}

export function passwordFields(application: Application, person: Person) {
  return {
    grant_type: 'password',
    ...credentials(application),
    username: person.email,
    password: person.password,
    scope: 'openid offline_access',
  };
}

/** Gives the password where a second factor must follow. */
export async function mfaTokenOf(deployment: WireDeployment, person: Person): Promise<string> {
  const { body } = await deployment.token(passwordFields(deployment.strict, person));
  expect(body.error).toBe('mfa_required');
  return body.mfa_token;
}

/** A refusal in OAuth's shape, to the byte, with nothing that makes a client look elsewhere. */
export function expectRefusal(
  answer: Answer,
  [status, error, error_description]: readonly [status: number, error: string, description: string],
): void {
  expect(answer.body).toEqual({ error, error_description });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  expect(answer.headers.get('www-authenticate')).toBeNull();
}
