import type { App } from '../../http/createApp.ts';
import type { ManagementDependencies } from './dependencies.ts';
import { registerGuardian } from './guardian/index.ts';
import { handleManagementError, handleNothingThere } from './problem.ts';

/** What it is made of; each registers the calls of one part of the addresses. */
const families = [registerGuardian];

/**
 * The Management API, by which applications act as the operator: those with a client grant for it. It isn't for
 * web pages, hence no cross-origin answers.
 */
export async function registerManagementApi(app: App, dependencies: ManagementDependencies): Promise<void> {
  await app.register(
    async (scope: App) => {
      scope.setErrorHandler(handleManagementError);
      scope.setNotFoundHandler(handleNothingThere);
      for (const register of families) register(scope, dependencies);
    },
    { prefix: '/api/v2' },
  );
}
