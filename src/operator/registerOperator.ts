import type { FastifyError, FastifyInstance } from 'fastify';
import { DatabaseUnavailableError } from '../database/unavailable.ts';
import { pageHeaders } from '../ui/pageHeaders.ts';
import type { OperatorConsole } from './operatorConsole.ts';
import { operatorRoute } from './operatorRoute.ts';
import { applicationPage } from './screens/application.ts';
import { applicationsPage } from './screens/applications.ts';
import { authenticatorModelsPage } from './screens/authenticatorModels.ts';
import { browserForgettingPage } from './screens/browserForgetting.ts';
import { deliveryPage } from './screens/delivery.ts';
import { factorPage } from './screens/factor.ts';
import { factorSettingsPage } from './screens/factorSettings.ts';
import { logEventPage } from './screens/logEvent.ts';
import { logsPage } from './screens/logs.ts';
import { messageEditorPage, messagePreviewPage, messageRemovalPage } from './screens/messageEditor.ts';
import { messageTextsPage } from './screens/messageTexts.ts';
import { methodRemovalPage } from './screens/methodRemoval.ts';
import { multiFactorPage } from './screens/multiFactor.ts';
import { overviewPage } from './screens/overview.ts';
import { passkeySignInPage } from './screens/passkeySignIn.ts';
import { policyPage } from './screens/policy.ts';
import { prefixResumptionPage } from './screens/prefixes.ts';
import { showError, showNotFound, showUnavailable } from './screens/status.ts';
import { temporaryPassPage } from './screens/temporaryPass.ts';
import { userPage } from './screens/user.ts';
import { userActPage } from './screens/userAct.ts';
import { usersPage } from './screens/users.ts';
import { welcomeRoutes } from './screens/welcome.ts';
import { sessionRoutes } from './session/sessionRoutes.ts';
import { Visit } from './visit.ts';

/** Nothing but our own files, and no window of another origin may hold on to one of ours (S-86). */
const headers = { ...pageHeaders(), 'cross-origin-opener-policy': 'same-origin' };

/** Every page that only operators see. */
const pages = [
  overviewPage,
  multiFactorPage,
  policyPage,
  passkeySignInPage,
  authenticatorModelsPage,
  factorSettingsPage,
  factorPage,
  usersPage,
  userPage,
  temporaryPassPage,
  userActPage,
  methodRemovalPage,
  browserForgettingPage,
  deliveryPage,
  prefixResumptionPage,
  logsPage,
  logEventPage,
  messageTextsPage,
  messageEditorPage,
  messagePreviewPage,
  messageRemovalPage,
  applicationsPage,
  applicationPage,
];

/** Adds the operator console below `/operator`, its files, and its own answers to errors there. */
export async function registerOperator(app: FastifyInstance, parts: OperatorConsole): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRequest', async (_request, reply) => {
      reply.headers(headers);
    });
    scope.setErrorHandler(async (error: FastifyError | DatabaseUnavailableError, request, reply) => {
      if (error instanceof DatabaseUnavailableError) {
        reply.headers(headers);
        return showUnavailable(new Visit(parts, request, reply), error);
      }
      const status = error.statusCode ?? 500;
      if (status >= 500) request.log.error({ err: error }, 'console failed');
      reply.headers(headers);
      return showError(new Visit(parts, request, reply), status);
    });
    parts.assets.register(scope);
    welcomeRoutes(scope, parts);
    sessionRoutes(scope, parts);
    for (const page of pages) operatorRoute(scope, parts, page);
    scope.get('/operator/*', (request, reply) => showNotFound(new Visit(parts, request, reply)));
  });
}
