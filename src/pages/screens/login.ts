import type { FastifyReply } from 'fastify';
import { type FieldError, submitButton, textField } from '../../ui/form.ts';
import { html } from '../../ui/html.ts';
import type { InteractionPage } from '../interactionRoute.ts';
import { pageText } from '../locale/screenText.ts';
import { beginLogin } from '../mfa/beginLogin.ts';
import { showRateLimited } from '../statusPages.ts';
import { type InteractionVisit, textOf } from '../visit.ts';
import { passkeyScreen } from './passkey.ts';
import { showForm } from './showForm.ts';
import { takesSignUps } from './signup.ts';

/** First factor: e-mail address and password. */
export const loginPage: InteractionPage = {
  name: 'login',
  prompts: ['login'],
  get: async (visit) => showLogin(visit, { identifier: textOf(visit.interaction.params.login_hint) }),
  post: signIn,
};

interface LoginForm {
  identifier?: string | undefined;
  errors?: readonly FieldError[];
}

async function showLogin(
  visit: InteractionVisit,
  { identifier, errors = [] }: LoginForm,
): Promise<FastifyReply> {
  const text = pageText(visit.locale, 'login', 'login', visit.variables);
  const fields = html`${textField(
    {
      name: 'username',
      label: text('usernamePlaceholder'),
      type: 'text',
      inputMode: 'email',
      autocomplete: 'username',
      value: identifier?.slice(0, 320),
      isFirst: !identifier,
    },
    errors,
  )}
${textField(
  {
    name: 'password',
    label: text('passwordPlaceholder'),
    type: 'password',
    autocomplete: 'current-password',
    isFirst: Boolean(identifier),
    reveal: { show: text('showPasswordText'), hide: text('hidePasswordText') },
  },
  errors,
)}
<p class="aside"><a href="${visit.path('reset-password/request')}">${text('forgotPasswordText')}</a></p>
${submitButton(text('buttonText'))}`;
  return showForm(visit, {
    text,
    description: text('description'),
    target: visit.formTo('login'),
    fields,
    errors,
    scripts: ['revealPassword', 'submitOnce'],
    onward: html`${
      (await visit.parts.engine.hasFirstFactor()) &&
      html`<p class="onward"><a href="${visit.path(passkeyScreen)}">${text('passkeyText')}</a></p>`
    }${
      takesSignUps(visit.interaction) &&
      html`<p class="onward">${text('signupActionText')} <a href="${visit.path('signup')}">${text('signupActionLinkText')}</a></p>`
    }`,
  });
}

/**
 * Checks the password. Unknown address, wrong password and blocked user look the same (S-82), and
 * a right password alone yields nothing usable while a second factor is due (S-25).
 */
async function signIn(visit: InteractionVisit): Promise<FastifyReply> {
  const { parts, interaction, settings, context } = visit;
  const text = pageText(visit.locale, 'login', 'login', visit.variables);
  const identifier = visit.field('username');
  const password = visit.field('password');
  const missing: FieldError[] = [];
  if (identifier === undefined) missing.push({ field: 'username', text: text('no-username') });
  if (password === undefined) missing.push({ field: 'password', text: text('no-password') });
  if (identifier === undefined || password === undefined)
    return showLogin(visit, { identifier, errors: missing });

  const checked = await parts.accounts.checkPassword({
    identifier,
    password,
    connection: interaction.connection ?? settings.defaultDirectory,
    context,
    clientId: interaction.clientId,
  });
  if (checked.outcome === 'throttled') return showRateLimited(visit, checked);
  if (checked.outcome === 'refused') {
    return showLogin(visit, { identifier, errors: [{ field: 'username', text: text('wrong-credentials') }] });
  }

  const proofs = [{ factor: 'password', at: parts.clock() }];
  return beginLogin(visit, { userId: checked.user.id, proofs });
}
