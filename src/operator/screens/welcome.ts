import type { FastifyInstance, FastifyReply } from 'fastify';
import type { PasswordFault } from '../../accounts/passwordPolicy.ts';
import { longestPassword, shortestPassword } from '../../accounts/passwordText.ts';
import { errorSummary, type FieldError, form, submitButton, textField } from '../../ui/form.ts';
import { html } from '../../ui/html.ts';
import type { OperatorConsole } from '../operatorConsole.ts';
import { Visit } from '../visit.ts';
import { showForeignForm } from './status.ts';

const path = '/operator/welcome';

const faults: Readonly<Record<PasswordFault, string>> = {
  too_short: `Use at least ${shortestPassword} characters.`,
  too_long: `Use at most ${longestPassword} characters.`,
  too_common: 'This password is among the first that a guesser tries. Choose another one.',
  too_personal: 'Don’t make a password of your own address.',
};

/** Where an operator's one-time link leads: a password is chosen, and nobody is signed in yet. */
export function welcomeRoutes(app: FastifyInstance, parts: OperatorConsole): void {
  app.get(path, (request, reply) => openLink(new Visit(parts, request, reply)));
  app.post(path, (request, reply) => accept(new Visit(parts, request, reply)));
}

/** Opening the link uses nothing up, because mail scanners open links too. */
async function openLink(visit: Visit): Promise<FastifyReply> {
  const ticket = visit.parameter('ticket');
  return ticket === undefined ? showInvalid(visit) : showForm(visit, ticket, []);
}

async function accept(visit: Visit): Promise<FastifyReply> {
  const ticket = visit.field('ticket');
  if (ticket === undefined) return showInvalid(visit);
  if (!visit.isOwnForm(subjectOf(ticket))) return showForeignForm(visit);
  const password = visit.field('password');
  const repeated = visit.field('repeated');
  const errors: FieldError[] = [];
  if (password === undefined) errors.push({ field: 'password', text: 'Choose a password.' });
  if (repeated === undefined) errors.push({ field: 'repeated', text: 'Enter the password once more.' });
  else if (password !== undefined && password !== repeated)
    errors.push({ field: 'repeated', text: 'The two passwords are not the same.' });
  if (password === undefined || errors.length > 0) return showForm(visit, ticket, errors);

  const { context } = visit.request;
  const result = await visit.parts.accounts.acceptInvitation({ ticket, password, context });
  switch (result.outcome) {
    case 'accepted':
      return showAccepted(visit);
    case 'weak_password':
      return showForm(visit, ticket, [{ field: 'password', text: faults[result.fault] }]);
    case 'invalid_ticket':
      return showInvalid(visit);
  }
}

async function showForm(visit: Visit, ticket: string, errors: readonly FieldError[]): Promise<FastifyReply> {
  const operator = await visit.parts.accounts.findInvited(ticket);
  if (!operator) return showInvalid(visit);
  const reveal = { show: 'Show password', hide: 'Hide password' };
  const fields = html`<p class="account"><span>Your account</span> <strong>${operator.email}</strong></p>
<input type="text" name="username" value="${operator.email}" autocomplete="username" readonly hidden>
${textField(
  {
    name: 'password',
    label: 'Password',
    hint: `At least ${shortestPassword} characters. A few unrelated words are easy to remember and hard to guess.`,
    type: 'password',
    autocomplete: 'new-password',
    isFirst: true,
    reveal,
  },
  errors,
)}
${textField(
  { name: 'repeated', label: 'Password once more', type: 'password', autocomplete: 'new-password', reveal },
  errors,
)}
${submitButton('Set password')}`;
  return visit.showSlip(errors.length > 0 ? 400 : 200, {
    title: 'Welcome · Operator console',
    scripts: ['revealPassword', 'submitOnce'],
    body: html`<h1>Welcome to the operator console</h1>
<p class="lead">Choose a password. At your first sign-in you also set up a second factor: the console opens to nobody without one.</p>
${errorSummary('Please put this right', errors)}
${form(visit.formFor(subjectOf(ticket), path, { ticket }), 'step', fields)}`,
  });
}

function showAccepted(visit: Visit): Promise<FastifyReply> {
  return visit.showSlip(200, {
    title: 'Your password is set · Operator console',
    body: html`<h1>Your password is set</h1>
<p>Sign in with it now. You then set up a second factor: have a phone with an authenticator app, or a security key, at hand.</p>
<p><a class="button primary" href="/operator">Go to sign-in</a></p>`,
  });
}

function showInvalid(visit: Visit): Promise<FastifyReply> {
  return visit.showSlip(400, {
    title: 'This link no longer works · Operator console',
    body: html`<h1>This link no longer works</h1>
<p>It was used, has expired, or a newer one was made. Links work once, for three days.</p>
<p>Whoever runs the server makes a new one at its command line:</p>
<pre class="command"><code>countersign operator invite you@example.com</code></pre>
<p>If you have chosen your password already, just sign in.</p>
<p><a class="button primary" href="/operator">Sign in</a></p>`,
  });
}

function subjectOf(ticket: string): string {
  return `operator-invitation:${ticket}`;
}
