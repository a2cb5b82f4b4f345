import type { FastifyReply } from 'fastify';
import type { PassLifetimes } from '../../mfa/passes/handedOut.ts';
import type { PassIssued } from '../../mfa/passes/passDesk.ts';
import type { Refusal } from '../../mfa/transaction.ts';
import { checkbox, errorSummary, type FieldError, form, textField } from '../../ui/form.ts';
import { html } from '../../ui/html.ts';
import { actorOf, contextFor } from '../acts/actor.ts';
import type { Account } from '../acts/userActs.ts';
import { duration } from '../layout/duration.ts';
import { facts } from '../layout/facts.ts';
import { timeElement } from '../layout/timeElement.ts';
import type { OperatorPage } from '../operatorRoute.ts';
import type { OperatorVisit } from '../visit.ts';
import { accountOf, pathOfUser } from './account.ts';
import { showNotFound } from './status.ts';

/** Hands out what stands in for a person's lost factors; it is shown once, in the answer to the form. */
export const temporaryPassPage: OperatorPage = {
  path: '/operator/users/:user/temporary-pass',
  get: (visit) => withAccount(visit, (account, lifetimes) => showForm(visit, account, lifetimes, [])),
  post: (visit) => withAccount(visit, (account, lifetimes) => handOut(visit, account, lifetimes)),
};

/** Where the form for one account is. */
export function passPathOf(userId: string): string {
  return `${pathOfUser(userId)}/temporary-pass`;
}

/** Nobody hands one out to themselves. */
export function mayGetPass({ user, isOwn, passLifetimes }: Account): boolean {
  return passLifetimes !== undefined && !isOwn && !user.blocked;
}

async function withAccount(
  visit: OperatorVisit,
  handler: (account: Account, lifetimes: PassLifetimes) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const account = await accountOf(visit);
  if (!account) return showNotFound(visit);
  const { passLifetimes, user } = account;
  return passLifetimes && mayGetPass(account)
    ? handler(account, passLifetimes)
    : visit.goTo(pathOfUser(user.id));
}

function showForm(
  visit: OperatorVisit,
  { user }: Account,
  { usualSeconds, longestSeconds }: PassLifetimes,
  errors: readonly FieldError[],
): Promise<FastifyReply> {
  const isRetry = visit.request.method === 'POST';
  const fields = html`${textField(
    {
      name: 'reason',
      label: 'Reason',
      hint: 'For the log: what happened, and how you know who asks.',
      type: 'text',
      autocomplete: 'off',
      value: visit.field('reason')?.slice(0, 200),
      isFirst: true,
    },
    errors,
  )}
${textField(
  {
    name: 'minutes',
    label: 'Works for (minutes)',
    hint: `${duration(longestSeconds)} at the most.`,
    type: 'text',
    inputMode: 'numeric',
    autocomplete: 'off',
    value: isRetry ? visit.field('minutes')?.slice(0, 10) : String(usualSeconds / 60),
  },
  errors,
)}
${checkbox({
  name: 'reusable',
  value: 'yes',
  label: 'Works as often as needed until it ends, instead of once',
  isTicked: visit.field('reusable') === 'yes',
})}
<div class="answers">
<button class="primary" type="submit">Hand out the pass</button>
<a class="button secondary" href="${pathOfUser(user.id)}">Cancel</a>
</div>`;
  return visit.show(
    {
      section: 'users',
      title: 'Hand out a temporary pass',
      back: { path: pathOfUser(user.id), title: user.email },
      body: html`<section class="card">
<p class="account"><span>Account</span> <strong>${user.email}</strong></p>
<ul class="effects">
<li>Together with the password it stands in for the second factor. Make sure that the request really comes from this person.</li>
<li>A pass that was handed out before stops working. What the person has set up stays; remove what is lost.</li>
<li>Whoever signs in by it is led to set up a new factor, which ends the pass.</li>
<li>The person is told by e-mail, with a link that ends it.</li>
</ul>
${errorSummary('Please check the following', errors)}
${form(visit.formTo(passPathOf(user.id)), 'pass', fields)}
</section>`,
    },
    errors.length > 0 ? 400 : 200,
  );
}

async function handOut(
  visit: OperatorVisit,
  account: Account,
  lifetimes: PassLifetimes,
): Promise<FastifyReply> {
  const { user } = account;
  const minutes = visit.field('minutes') ?? '';
  const order = {
    reason: visit.field('reason') ?? '',
    lifetimeSeconds: /^[0-9]{1,5}$/.test(minutes) ? Number(minutes) * 60 : Number.NaN,
    isReusable: visit.field('reusable') === 'yes',
  };
  const { engine } = visit.parts;
  const issued = await engine.passes.issue(user.id, order, actorOf(visit), contextFor(visit, user));
  return issued.outcome === 'issued'
    ? showPass(visit, account, issued, order.isReusable)
    : showForm(visit, account, lifetimes, faultsOf(issued, order.lifetimeSeconds, lifetimes));
}

function faultsOf(
  { code, throttle }: Refusal,
  seconds: number,
  { longestSeconds }: PassLifetimes,
): FieldError[] {
  if (code === 'rate_limited') {
    const hours = Math.max(1, Math.ceil((throttle?.retryAfterSeconds ?? 0) / 3600));
    return [
      { text: `Too many passes in a day. The next one can be handed out in ${duration(hours * 3600)}.` },
    ];
  }
  return seconds >= 60 && seconds <= longestSeconds
    ? [{ field: 'reason', text: 'Give a reason of 3 to 200 characters.' }]
    : [{ field: 'minutes', text: `Give a number of minutes, ${longestSeconds / 60} at the most.` }];
}

function showPass(
  visit: OperatorVisit,
  { user }: Account,
  { pass, endsAt }: PassIssued,
  isReusable: boolean,
): Promise<FastifyReply> {
  return visit.show({
    section: 'users',
    title: 'Temporary pass',
    back: { path: pathOfUser(user.id), title: user.email },
    body: html`<section class="card">
<p class="account"><span>Account</span> <strong>${user.email}</strong></p>
<p class="pass"><code>${pass}</code></p>
<p>It is shown here once. Tell it to the person directly, not by a message to an address that others may read.</p>
${facts([
  ['Works', isReusable ? 'as often as needed' : 'once'],
  ['Ends (UTC)', timeElement(endsAt)],
])}
<p><a class="button secondary" href="${pathOfUser(user.id)}">Back to the account</a></p>
</section>`,
  });
}
