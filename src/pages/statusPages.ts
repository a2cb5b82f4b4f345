import type { FastifyReply } from 'fastify';
import type { ThrottleResult } from '../database/throttle.ts';
import type { DatabaseUnavailableError } from '../database/unavailable.ts';
import { type Fragment, html } from '../ui/html.ts';
import type { View } from '../ui/slip.ts';
import { pageText } from './locale/screenText.ts';
import type { PageContext, Visit } from './visit.ts';

/** The interaction is unknown, over, or another browser's: the person has to start again in the application. */
export function expiredView(context: PageContext): View {
  const text = statusText(context);
  return statusView(text('expiredTitle'), html`<p>${text('expiredDescription')}</p>`);
}

/**
 * Anything that can't go on. `detail` is a line for the operator: a protocol error's code and
 * description, never the message of an exception (S-91).
 */
export function errorView(context: PageContext, detail?: string): View {
  const text = statusText(context);
  return statusView(
    text('errorTitle'),
    html`<p>${text('errorDescription')}</p>${detail && html`<p class="detail">${text('errorDetailText')} <code>${detail}</code></p>`}`,
  );
}

/** The database can't be reached; nothing of what the person did is lost but the last step. */
export function unavailableView(context: PageContext): View {
  const text = statusText(context);
  return statusView(text('unavailableTitle'), html`<p>${text('unavailableDescription')}</p>`);
}

/** Too many requests, of whoever shares the budget. */
export function rateLimitedView(context: PageContext, throttle: ThrottleResult): View {
  const text = statusText(context);
  const description = text('rateLimitedDescription', { retryIn: context.retryIn(throttle) });
  return statusView(text('rateLimitedTitle'), html`<p>${description}</p>`);
}

/** Nobody has to be here: a sign-in begins in an application. */
export function homeView(context: PageContext): View {
  const text = statusText(context);
  return statusView(text('homeTitle'), html`<p>${text('homeDescription')}</p>`);
}

export function showExpired(visit: Visit): FastifyReply {
  return visit.show(400, expiredView(visit));
}

export function showError(visit: Visit, status: number): FastifyReply {
  return visit.show(status, errorView(visit));
}

export function showUnavailable(visit: Visit, { retryAfterSeconds }: DatabaseUnavailableError): FastifyReply {
  visit.reply.header('retry-after', retryAfterSeconds);
  return visit.show(503, unavailableView(visit));
}

/** Too many wrong second factors. Only somebody who proved the first factor gets here (S-19). */
export function showLocked(visit: Visit, throttle: ThrottleResult): FastifyReply {
  const text = statusText(visit);
  // By a link nobody showed that they know the password.
  const [about, advice] = visit.isErrand
    ? (['lockedErrandDescription', 'lockedErrandAdvice'] as const)
    : (['lockedDescription', 'lockedAdvice'] as const);
  const description = text(about, { retryIn: visit.retryIn(throttle) });
  const content = html`<p>${description}</p><p>${text(advice)}</p>`;
  return visit.showThrottled(throttle, statusView(text('lockedTitle'), content));
}

export function showRateLimited(visit: Visit, throttle: ThrottleResult): FastifyReply {
  return visit.showThrottled(throttle, rateLimitedView(visit, throttle));
}

export function showNotFound(visit: Visit): FastifyReply {
  const text = statusText(visit);
  return visit.show(404, statusView(text('notFoundTitle'), html`<p>${text('notFoundDescription')}</p>`));
}

function statusView(title: string, content: Fragment): View {
  return { title, body: html`<h1>${title}</h1>${content}` };
}

function statusText(context: PageContext) {
  return pageText(context.locale, 'status', 'status', context.variables);
}
