import type { FastifyError, FastifyInstance } from 'fastify';
import { DatabaseUnavailableError } from '../database/unavailable.ts';
import { defaultTenantSettings } from '../tenant/tenantSettings.ts';
import { Assets } from '../ui/assets.ts';
import { pageHeaders } from '../ui/pageHeaders.ts';
import type { PagesDependencies } from './dependencies.ts';
import { errandRoute } from './errandRoute.ts';
import { interactionRoute } from './interactionRoute.ts';
import { answerPage } from './mfa/answerPage.ts';
import { blockedPage } from './mfa/blockedPage.ts';
import { detectPage } from './mfa/detectPage.ts';
import { mfaEntrance } from './mfa/entrance.ts';
import { factorScreenPage } from './mfa/factorScreen.ts';
import { HeldAnswers } from './mfa/heldAnswers.ts';
import { notAvailablePage } from './mfa/notAvailablePage.ts';
import { offerPage } from './mfa/offerPage.ts';
import { enrolmentOptionsPage, loginOptionsPage } from './mfa/optionPages.ts';
import { redirectReturnPage } from './mfa/redirectReturn.ts';
import { nameInReset } from './nameInReset.ts';
import { consentPage } from './screens/consent.ts';
import { emailVerificationPage } from './screens/emailVerification.ts';
import { enrolmentInvitationPage } from './screens/enrolmentInvitation.ts';
import { enrolmentResultPage } from './screens/enrolmentResult.ts';
import { loginPage } from './screens/login.ts';
import { passkeyPage } from './screens/passkey.ts';
import { resetPasswordChangePage } from './screens/resetPasswordChange.ts';
import { resetPasswordNewPage } from './screens/resetPasswordNew.ts';
import { resetPasswordRequestPage } from './screens/resetPasswordRequest.ts';
import { signupPage } from './screens/signup.ts';
import { undoChangePage } from './screens/undoChange.ts';
import { type StandalonePages, standalonePages } from './standalonePages.ts';
import { showError, showNotFound, showUnavailable } from './statusPages.ts';
import { ticketRoute } from './ticketRoute.ts';
import { type PagesParts, Visit } from './visit.ts';

const webauthnLibrary = new URL(
  '../dist/bundle/index.umd.min.js',
  import.meta.resolve('@simplewebauthn/browser'),
);

/**
 * Adds the hosted pages below `/u/`, their files, and their own answers to errors and unknown
 * addresses there. Returns the pages that other surfaces show.
 */
export async function registerPages(
  app: FastifyInstance,
  dependencies: PagesDependencies,
): Promise<StandalonePages> {
  let readLast = defaultTenantSettings;
  const parts: PagesParts = {
    ...dependencies,
    assets: new Assets('/u/assets/', import.meta.dirname, { 'webauthnLibrary.js': webauthnLibrary }),
    async readSettings() {
      readLast = await dependencies.readSettings();
      return readLast;
    },
    settingsReadLast: () => readLast,
  };
  const held = new HeldAnswers();
  // One address may serve two steps.
  const factorScreens = Map.groupBy(
    parts.engine.registry.all.flatMap(({ screens }) => screens.screens),
    ({ id }) => id,
  );
  await app.register(async (pages) => {
    pages.addHook('onRequest', async (_request, reply) => {
      reply.headers(pageHeaders());
    });
    pages.addHook('preClose', async () => held.endAll());
    handleFaults(pages, parts);
    parts.assets.register(pages);
    const inInteraction = [
      loginPage,
      passkeyPage,
      signupPage,
      resetPasswordRequestPage,
      consentPage,
      mfaEntrance,
      loginOptionsPage,
      enrolmentOptionsPage,
      offerPage,
      detectPage,
      notAvailablePage,
      blockedPage,
      answerPage(held),
      ...parts.engine.registry.all.filter(({ redirect }) => redirect).map(redirectReturnPage),
      ...[...factorScreens].map(([id, screens]) => factorScreenPage(id, screens)),
    ];
    for (const page of inInteraction) interactionRoute(pages, parts, page);
    for (const page of inInteraction) {
      const name = nameInReset(page.name);
      if (name !== page.name && !page.isForEnrolment && !page.uidOf)
        interactionRoute(pages, parts, { ...page, name });
    }
    const byLink = [resetPasswordChangePage, emailVerificationPage, enrolmentInvitationPage, undoChangePage];
    for (const page of byLink) ticketRoute(pages, parts, page);
    for (const page of [resetPasswordNewPage, enrolmentResultPage]) errandRoute(pages, parts, page);
  });
  return standalonePages(parts);
}

/** Errors as pages. A fault's message stays in the log (S-91). */
function handleFaults(pages: FastifyInstance, parts: PagesParts): void {
  pages.setErrorHandler(async (error: FastifyError | DatabaseUnavailableError, request, reply) => {
    if (error instanceof DatabaseUnavailableError) {
      reply.headers(pageHeaders());
      return showUnavailable(new Visit(parts, request, reply, parts.settingsReadLast()), error);
    }
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'page failed');
    reply.headers(pageHeaders());
    return showError(new Visit(parts, request, reply, await parts.readSettings()), status);
  });
  pages.get('/u/*', async (request, reply) => {
    return showNotFound(new Visit(parts, request, reply, await parts.readSettings()));
  });
}
