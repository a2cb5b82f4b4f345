import type { FastifyReply } from 'fastify';
import { type FieldError, submitButton, textField } from '../../ui/form.ts';
import { html } from '../../ui/html.ts';
import type { Interaction } from '../dependencies.ts';
import type { InteractionPage } from '../interactionRoute.ts';
import { pageText } from '../locale/screenText.ts';
import { passwordFaultText } from '../passwordFaults.ts';
import { showRateLimited } from '../statusPages.ts';
import { type InteractionVisit, textOf } from '../visit.ts';
import { showForm } from './showForm.ts';

/** A new account. It comes into being when the link in the message is opened (S-83). */
export const signupPage: InteractionPage = {
  name: 'signup',
  prompts: ['login'],
  get: (visit) =>
    takesSignUps(visit.interaction)
      ? showSignup(visit, textOf(visit.interaction.params.login_hint), [])
      : visit.goTo('login'),
  post: (visit) => (takesSignUps(visit.interaction) ? signUp(visit) : visit.goTo('login')),
};

/** Whether the accounts that sign in here are people's own: others are made for them. */
export function takesSignUps({ connection }: Interaction): boolean {
  return connection === undefined;
}

function showSignup(
  visit: InteractionVisit,
  email: string | undefined,
  errors: readonly FieldError[],
): FastifyReply {
  const text = pageText(visit.locale, 'signup', 'signup', visit.variables);
  const fields = html`${textField(
    {
      name: 'email',
      label: text('emailPlaceholder'),
      type: 'text',
      inputMode: 'email',
      autocomplete: 'email',
      value: email?.slice(0, 320),
      isFirst: true,
    },
    errors,
  )}
${textField(
  {
    name: 'password',
    label: text('passwordPlaceholder'),
    hint: text('passwordSecurityText'),
    type: 'password',
    autocomplete: 'new-password',
    reveal: { show: text('showPasswordText'), hide: text('hidePasswordText') },
  },
  errors,
)}
${submitButton(text('buttonText'))}`;
  return showForm(visit, {
    text,
    description: text('description'),
    target: visit.formTo('signup'),
    fields,
    errors,
    scripts: ['revealPassword', 'submitOnce'],
    onward: html`<p class="onward">${text('loginActionText')} <a href="${visit.path('login')}">${text('loginActionLinkText')}</a></p>`,
  });
}

async function signUp(visit: InteractionVisit): Promise<FastifyReply> {
  const { parts, interaction, settings, context } = visit;
  const text = pageText(visit.locale, 'signup', 'signup', visit.variables);
  const email = visit.field('email');
  const password = visit.field('password');
  const missing: FieldError[] = [];
  if (email === undefined) missing.push({ field: 'email', text: text('no-email') });
  if (password === undefined) missing.push({ field: 'password', text: text('no-password') });
  if (email === undefined || password === undefined) return showSignup(visit, email, missing);

  const result = await parts.accounts.requestSignUp({
    email,
    password,
    connection: settings.defaultDirectory,
    context,
    clientId: interaction.clientId,
  });
  switch (result.outcome) {
    case 'mailed':
      return showSignupEmail(visit, email);
    case 'invalid_email':
      return showSignup(visit, email, [{ field: 'email', text: text('invalid-email-format') }]);
    case 'weak_password':
      return showSignup(visit, email, [{ field: 'password', text: text(passwordFaultText[result.fault]) }]);
    case 'throttled':
      return showRateLimited(visit, result);
  }
}

/** The answer to every sign-up, whether the address was known or not. It names the address, so that a slip shows. */
function showSignupEmail(visit: InteractionVisit, email: string): FastifyReply {
  const text = pageText(visit.locale, 'signup', 'signup-email', visit.variables);
  return visit.show(200, {
    title: text('pageTitle'),
    body: html`<h1>${text('title')}</h1>
<p>${text('emailDescription', { email })}</p>
<p><a class="button primary" href="${visit.path('login')}">${text('buttonText')}</a></p>
<p class="onward">${text('resendText')} <a href="${visit.path('signup')}">${text('resendLinkText')}</a></p>`,
  });
}
