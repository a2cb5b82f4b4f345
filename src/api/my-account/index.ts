import type { App } from '../../http/createApp.ts';
import { registerAdding } from './addRoutes.ts';
import type { MyAccountDependencies } from './dependencies.ts';
import { registerFactors } from './factorRoutes.ts';
import { registerMethods } from './methodRoutes.ts';
import { registerPreferences } from './preferenceRoutes.ts';
import { handleMyAccountError, handleNothingThere } from './problem.ts';
import { registerSessions } from './sessionRoutes.ts';
import { registerTrustedBrowsers } from './trustedBrowserRoutes.ts';

/** The My Account API, `/me/v1`: by it applications let their people look after their own sign-in. */
export async function registerMyAccountApi(app: App, dependencies: MyAccountDependencies): Promise<void> {
  await app.register(
    async (scope: App) => {
      scope.setErrorHandler(handleMyAccountError);
      scope.setNotFoundHandler(handleNothingThere);
      registerFactors(scope, dependencies);
      registerMethods(scope, dependencies);
      registerAdding(scope, dependencies);
      registerPreferences(scope, dependencies);
      registerTrustedBrowsers(scope, dependencies);
      registerSessions(scope, dependencies);
    },
    { prefix: '/me/v1' },
  );
}
