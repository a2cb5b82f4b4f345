import type { App } from '../../http/createApp.ts';
import type { ManagementDependencies } from './dependencies.ts';
import { registerEnrollmentTicket } from './enrollmentTicket.ts';
import { handleManagementError, handleNothingThere } from './problem.ts';

/**
 * The Management API, by which applications act as the operator: those with a client grant for it. It isn't for
 * web pages, hence no cross-origin answers.
 */
export async function registerManagementApi(app: App, dependencies: ManagementDependencies): Promise<void> {
  await app.register(
    async (scope: App) => {
      scope.setErrorHandler(handleManagementError);
      scope.setNotFoundHandler(handleNothingThere);
      registerEnrollmentTicket(scope, dependencies);
    },
    { prefix: '/api/v2' },
  );
}
