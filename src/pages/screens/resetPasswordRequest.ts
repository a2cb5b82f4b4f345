import type { FastifyReply } from 'fastify';
import { type FieldError, submitButton, textField } from '../../ui/form.ts';
import { html } from '../../ui/html.ts';
import type { InteractionPage } from '../interactionRoute.ts';
import { pageText } from '../locale/screenText.ts';
import { showRateLimited } from '../statusPages.ts';
import { type InteractionVisit, textOf } from '../visit.ts';
import { showForm } from './showForm.ts';

/** Asks for a link to choose a new password. */
export const resetPasswordRequestPage: InteractionPage = {
  name: 'reset-password/request',
  prompts: ['login'],
  get: (visit) => showRequest(visit, textOf(visit.interaction.params.login_hint), []),
  post: requestLink,
};

function showRequest(
  visit: InteractionVisit,
  email: string | undefined,
  errors: readonly FieldError[],
): FastifyReply {
  const text = pageText(visit.locale, 'reset-password', 'reset-password-request', visit.variables);
  const fields = html`${textField(
    {
      name: 'email',
      label: text('placeholderEmail'),
      type: 'text',
      inputMode: 'email',
      autocomplete: 'username',
      value: email?.slice(0, 320),
      isFirst: true,
    },
    errors,
  )}
${submitButton(text('buttonText'))}`;
  return showForm(visit, {
    text,
    description: text('descriptionEmail'),
    target: visit.formTo('reset-password/request'),
    fields,
    errors,
    scripts: ['submitOnce'],
    onward: html`<p class="onward"><a href="${visit.path('login')}">${text('backToLoginLinkText')}</a></p>`,
  });
}

async function requestLink(visit: InteractionVisit): Promise<FastifyReply> {
  const { parts, interaction, settings, context } = visit;
  const text = pageText(visit.locale, 'reset-password', 'reset-password-request', visit.variables);
  const email = visit.field('email');
  if (email === undefined) return showRequest(visit, email, [{ field: 'email', text: text('no-email') }]);

  const result = await parts.accounts.requestPasswordReset({
    email,
    connection: interaction.connection ?? settings.defaultDirectory,
    context,
    clientId: interaction.clientId,
  });
  if (result.outcome === 'throttled') return showRateLimited(visit, result);
  if (result.outcome === 'invalid_email') {
    return showRequest(visit, email, [{ field: 'email', text: text('invalid-email-format') }]);
  }
  return showEmail(visit, email);
}

/** The answer to every request, whether there is such an account or not (S-83). */
function showEmail(visit: InteractionVisit, email: string): FastifyReply {
  const text = pageText(visit.locale, 'reset-password', 'reset-password-email', visit.variables);
  return visit.show(200, {
    title: text('pageTitle'),
    body: html`<h1>${text('title')}</h1>
<p>${text('emailDescription', { email })}</p>
<p class="onward">${text('resendText')} <a href="${visit.path('reset-password/request')}">${text('resendLinkText')}</a></p>
<p class="onward"><a href="${visit.path('login')}">${text('backToLoginLinkText')}</a></p>`,
  });
}
