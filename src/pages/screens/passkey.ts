import type { FastifyReply } from 'fastify';
import type { FieldError } from '../../ui/form.ts';
import { html } from '../../ui/html.ts';
import { endRefused } from '../endRefused.ts';
import type { InteractionPage } from '../interactionRoute.ts';
import { pageText } from '../locale/screenText.ts';
import { beginLogin } from '../mfa/beginLogin.ts';
import {
  ceremonyButton,
  ceremonyScripts,
  failureField,
  notAvailableAction,
} from '../rendering/ceremonyButton.ts';
import { picture } from '../rendering/picture.ts';
import type { InteractionVisit } from '../visit.ts';
import { showForm } from './showForm.ts';

/** Where a person signs in without a password. */
export const passkeyScreen = 'login-passkey';

const answerField = 'response';

/** Both factors at once: a credential that verifies its user (Auth0 calls it device biometrics as MFA). */
export const passkeyPage: InteractionPage = {
  name: passkeyScreen,
  prompts: ['login'],
  get: (visit) => showPasskey(visit, []),
  post: signIn,
};

/** The page makes a new challenge each time. */
async function showPasskey(visit: InteractionVisit, errors: readonly FieldError[]): Promise<FastifyReply> {
  const { engine } = visit.parts;
  const challenge = await engine.showFirstFactor(visit.interaction.uid, visit.context);
  if (challenge.outcome === 'refused') {
    return challenge.code === 'factor_disabled' ? visit.goTo('login') : endRefused(visit, challenge);
  }
  const text = textsOf(visit);
  return showForm(visit, {
    text,
    description: text('description'),
    target: visit.formTo(passkeyScreen),
    fields: html`${picture('device')}
${ceremonyButton({
  ceremony: 'get',
  field: answerField,
  options: challenge.shown.publicKey ?? '',
  buttonText: text('buttonText'),
  waitingText: text('waitingText'),
  text,
  startsByItself: errors.length === 0,
})}`,
    errors,
    scripts: ceremonyScripts,
    onward: html`<p class="onward"><a href="${visit.path('login')}">${text('usePasswordText')}</a></p>`,
  });
}

/** Nothing tells whether a credential is known, wrong, or of somebody who may not sign in (S-82). */
async function signIn(visit: InteractionVisit): Promise<FastifyReply> {
  const { parts, interaction, settings, context } = visit;
  const text = textsOf(visit);
  if (visit.field('action') === notAvailableAction) return visit.goTo('login');
  const failure = visit.field(failureField);
  if (failure !== undefined) {
    const isCancelled = failure === 'NotAllowedError' || failure === 'AbortError';
    return showPasskey(visit, [{ text: text(isCancelled ? 'cancelledText' : 'failedText') }]);
  }
  const connection = interaction.connection ?? settings.defaultDirectory;
  const answer = visit.field(answerField);
  const result = await parts.engine.signInByFirstFactor(
    { interactionId: interaction.uid, connection, answer },
    context,
  );
  if (result.outcome === 'signed-in') return beginLogin(visit, result);
  switch (result.code) {
    case 'malformed_proof':
    case 'invalid_proof':
    case 'challenge_expired':
      return showPasskey(visit, [{ text: text('failedText') }]);
    default:
      return endRefused(visit, result);
  }
}

function textsOf(visit: InteractionVisit) {
  return pageText(visit.locale, 'login', passkeyScreen, visit.variables);
}
