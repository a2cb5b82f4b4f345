import { ManagementClient, ManagementError } from 'auth0';
import { expect } from 'vitest';
import { type ManagementScope, managementScopes } from '../../../src/applications/managementScopes.ts';
import type { Deployment } from '../deployment.ts';

/** The unchanged client of the `auth0` package, for an application with these scopes, all of them when absent. */
export async function managementClient(
  deployment: Deployment,
  scopes: readonly ManagementScope[] = Object.keys(managementScopes) as ManagementScope[],
): Promise<ManagementClient> {
  const { clientId, clientSecret } = await deployment.application('--app-type', 'non_interactive');
  const audience = `${deployment.issuer}api/v2/`;
  await deployment.server.cli(
    ...['api', 'grant', clientId, audience],
    ...(scopes.length === 0 ? [] : ['--scopes', scopes.join(',')]),
  );
  return new ManagementClient({ domain: deployment.domain, clientId, clientSecret, maxRetries: 0 });
}

/** That a call ends in this refusal, as the client tells it. */
export async function expectProblem(
  call: PromiseLike<unknown>,
  expected: { statusCode: number; errorCode?: string; message?: unknown },
): Promise<void> {
  const error = await Promise.resolve(call).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ManagementError)) throw error ?? new Error('The call was answered.');
  expect(error.statusCode).toBe(expected.statusCode);
  expect(error.body).toMatchObject(expected);
}
