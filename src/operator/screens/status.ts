import type { FastifyReply } from 'fastify';
import type { DatabaseUnavailableError } from '../../database/unavailable.ts';
import { defaultTenantSettings } from '../../tenant/tenantSettings.ts';
import { type Fragment, html } from '../../ui/html.ts';
import type { Visit } from '../visit.ts';

/** Signed in, but not as an operator: nothing here is theirs to see. */
export function showForbidden(visit: Visit): Promise<FastifyReply> {
  return show(
    visit,
    403,
    'No access to the console',
    html`<p>This account is not an operator of this server, or no longer one.</p>
${signInAgain('Sign in with another account')}`,
  );
}

/** The session ended before the form was sent. */
export function showSessionOver(visit: Visit): Promise<FastifyReply> {
  return show(
    visit,
    401,
    'Your session has ended',
    html`<p>Nothing was changed. Sign in again, then repeat what you were doing.</p>
${signInAgain('Sign in')}`,
  );
}

/** A sign-in that is unknown, too old, or another browser's. */
export function showSignInOver(visit: Visit): Promise<FastifyReply> {
  return show(
    visit,
    400,
    'This sign-in is over',
    html`<p>It took too long, or it began in another browser.</p>
${signInAgain('Sign in')}`,
  );
}

/** A form that didn't come from a page of this session. */
export function showForeignForm(visit: Visit): Promise<FastifyReply> {
  return show(
    visit,
    403,
    'This form was not accepted',
    html`<p>Nothing was changed. The form came from somewhere else, or from a session that has ended.</p>
<p><a class="button primary" href="/operator">To the console</a></p>`,
  );
}

export function showSignedOut(visit: Visit): Promise<FastifyReply> {
  return show(visit, 200, 'You are signed out', signInAgain('Sign in again'));
}

export function showNotFound(visit: Visit): Promise<FastifyReply> {
  return show(
    visit,
    404,
    'There is nothing here',
    html`<p>The address is wrong, or what it named is gone.</p>
<p><a class="button primary" href="/operator">To the console</a></p>`,
  );
}

/** A fault or a request that can't be read; what happened stands in the server's own log (S-91). */
export function showError(visit: Visit, status: number): Promise<FastifyReply> {
  return show(
    visit,
    status,
    'This did not work',
    html`<p>The server could not do what was asked.</p>
<p class="detail">For the server’s log: <code>${visit.request.id}</code></p>
<p><a class="button primary" href="/operator">To the console</a></p>`,
  );
}

/** The database can't be reached, so neither can the tenant's name. */
export function showUnavailable(visit: Visit, { retryAfterSeconds }: DatabaseUnavailableError): FastifyReply {
  const title = 'The database cannot be reached';
  visit.reply.header('retry-after', retryAfterSeconds);
  return visit.sendSlip(503, defaultTenantSettings.friendlyName, {
    title: `${title} · Operator console`,
    body: html`<h1>${title}</h1>
<p>The server’s log says why, and when it is back. Load this page again then.</p>`,
  });
}

function signInAgain(label: string): Fragment {
  return html`<p><a class="button primary" href="/operator">${label}</a></p>`;
}

function show(visit: Visit, status: number, title: string, content: Fragment): Promise<FastifyReply> {
  return visit.showSlip(status, {
    title: `${title} · Operator console`,
    body: html`<h1>${title}</h1>${content}`,
  });
}
