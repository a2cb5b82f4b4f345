import type { FastifyReply } from 'fastify';
import { checkbox, type FieldError, type FormTarget, submitButton, textField } from '../../ui/form.ts';
import { html, type Markup } from '../../ui/html.ts';
import type { ResetAuthority } from '../dependencies.ts';
import { pageText } from '../locale/screenText.ts';
import { passwordFaultText } from '../passwordFaults.ts';
import type { Visit } from '../visit.ts';
import { wayOn } from '../wayOn.ts';
import { showForm } from './showForm.ts';

/** Ticked at first: who chooses a new password often does so because somebody else knows the old one (S-46). */
const signOutField = 'signOutEverywhere';

function isSignOutTicked(visit: Visit): boolean {
  return visit.field(signOutField) === 'true';
}

/** Asks for a new password. */
export function showPasswordForm(
  visit: Visit,
  target: FormTarget,
  errors: readonly FieldError[] = [],
): FastifyReply {
  const text = pageText(visit.locale, 'reset-password', 'reset-password', visit.variables);
  const reveal = { show: text('showPasswordText'), hide: text('hidePasswordText') };
  const fields = html`${textField(
    {
      name: 'password',
      label: text('passwordPlaceholder'),
      hint: text('passwordSecurityText'),
      type: 'password',
      autocomplete: 'new-password',
      isFirst: true,
      reveal,
    },
    errors,
  )}
${textField(
  {
    name: 're-password',
    label: text('reEnterpasswordPlaceholder'),
    type: 'password',
    autocomplete: 'new-password',
    reveal,
  },
  errors,
)}
${checkbox({
  name: signOutField,
  value: 'true',
  label: text('signOutEverywhereText'),
  isTicked: visit.request.method === 'GET' || isSignOutTicked(visit),
})}
${submitButton(text('buttonText'))}`;
  const scripts = ['revealPassword', 'submitOnce'];
  return showForm(visit, { text, description: text('description'), target, fields, errors, scripts });
}

/**
 * Takes the form. It signs nobody in and proves no second factor (S-64).
 *
 * @param lacksProof what to answer when more is demanded than was proved
 */
export async function takePasswordForm(
  visit: Visit,
  target: FormTarget,
  authority: ResetAuthority,
  lacksProof: () => FastifyReply,
): Promise<FastifyReply> {
  const text = pageText(visit.locale, 'reset-password', 'reset-password', visit.variables);
  const password = visit.field('password');
  const repeated = visit.field('re-password');
  const errors: FieldError[] = [];
  if (password === undefined) errors.push({ field: 'password', text: text('no-password') });
  if (repeated === undefined) errors.push({ field: 're-password', text: text('no-re-enter-password') });
  else if (password !== undefined && password !== repeated) {
    errors.push({ field: 're-password', text: text('password-mismatch') });
  }
  if (password === undefined || errors.length > 0) return showPasswordForm(visit, target, errors);

  const endsSessions = isSignOutTicked(visit);
  const { context } = visit;
  const result = await visit.parts.errands.choosePassword(authority, { password, endsSessions, context });
  switch (result.outcome) {
    case 'changed':
      return showChanged(visit, endsSessions, await wayOn(visit, result.clientId));
    case 'weak_password':
      return showPasswordForm(visit, target, [
        { field: 'password', text: text(passwordFaultText[result.fault]) },
      ]);
    case 'needs_second_factor':
      return lacksProof();
    case 'invalid_ticket':
      return showInvalidReset(visit);
  }
}

function showChanged(visit: Visit, hasSignedOut: boolean, onward: Markup | undefined): FastifyReply {
  const text = pageText(visit.locale, 'reset-password', 'reset-password-success', visit.variables);
  return visit.show(200, {
    title: text('pageTitle'),
    body: html`<h1>${text('eventTitle')}</h1>
${hasSignedOut && html`<p>${text('signedOutText')}</p>`}
<p>${text('description')}</p>
${onward}`,
  });
}

/** The link works no more. */
export function showInvalidReset(visit: Visit): FastifyReply {
  const text = pageText(visit.locale, 'reset-password', 'reset-password-error', visit.variables);
  return visit.show(400, {
    title: text('pageTitle'),
    body: html`<h1>${text('eventTitleExpired')}</h1><p>${text('descriptionExpired')}</p>`,
  });
}
