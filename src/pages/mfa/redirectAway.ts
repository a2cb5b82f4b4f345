import type { FastifyReply } from 'fastify';
import type { Factor } from '../../mfa/factor.ts';
import type { Redirect } from '../../mfa/redirects/redirectDesk.ts';
import type { Block, Screen } from '../../mfa/screens.ts';
import type { Transaction } from '../../mfa/transaction.ts';
import type { FieldError } from '../../ui/form.ts';
import { html } from '../../ui/html.ts';
import { endRefused } from '../endRefused.ts';
import { factorText, type TextOf } from '../locale/screenText.ts';
import type { InteractionVisit } from '../visit.ts';
import { goToBlocked } from './goToBlocked.ts';

type RedirectBlock = Block & { kind: 'redirect' };

/** Why the browser is at the screen again: the service said nothing good, or wasn't there. */
export type Setback = 'denied' | 'unavailable';

const setbackParameter = 'because';

/** Whether a block leads to the page of the factor's service. */
export function isRedirect(block: Block): block is RedirectBlock {
  return block.kind === 'redirect';
}

/** Name after `/u/` of the page to which the factor's service sends browsers back. */
export function returnPageName({ name }: Factor): string {
  return `mfa-${name}-callback`;
}

/** The factor's service, and the way back from it. */
export function redirectOf({ parts }: InteractionVisit, factor: Factor): Redirect {
  return { factor: factor.name, redirectUri: `${parts.publicUrl}u/${returnPageName(factor)}` };
}

/** The screen from which the person can go to the service, for the step that is due. */
export function redirectScreen(factor: Factor, { requirement }: Transaction): Screen | undefined {
  const due = requirement.kind === 'enrol' ? 'enrolment' : 'challenge';
  return factor.screens.screens.find(({ step, blocks }) => step === due && blocks.some(isRedirect));
}

/** Back to that screen, which tells what happened. */
export function showSetback(visit: InteractionVisit, screen: Screen, setback: Setback): FastifyReply {
  return visit.goTo(screen.id, { [setbackParameter]: setback });
}

/** What the screen has to tell, by the address that the browser was sent to. */
export function setbackErrors(visit: InteractionVisit, { blocks }: Screen, text: TextOf): FieldError[] {
  const block = blocks.find(isRedirect);
  const setback = visit.parameter(setbackParameter);
  if (!block || (setback !== 'denied' && setback !== 'unavailable')) return [];
  return [{ text: text(setback === 'denied' ? block.deniedText : block.unavailableText) }];
}

/**
 * Begins a challenge at the factor's service and sends the browser there. Undefined where nothing more is required,
 * since the service is down and the operator lets people in then.
 */
export async function leaveForService(
  visit: InteractionVisit,
  transaction: Transaction,
  factor: Factor,
): Promise<FastifyReply | undefined> {
  const screen = redirectScreen(factor, transaction);
  if (!screen) return goToBlocked(visit);
  const { redirects } = visit.parts.engine;
  const begun = await redirects.begin(transaction.id, redirectOf(visit, factor), visit.context);
  if (begun.outcome === 'begun') return goAway(visit, begun.url, factor, screen);
  if (begun.outcome === 'refused') {
    return begun.code === 'service_unavailable'
      ? showSetback(visit, screen, 'unavailable')
      : endRefused(visit, begun);
  }
  const { userId, id } = transaction;
  visit.request.log.warn(
    { factor: factor.name, reason: begun.detail, user: userId, transaction: id },
    'let in without a second factor: its service is down',
  );
  return undefined;
}

/** By a page that goes on by itself: a redirect after a form would be held against that form's `form-action`. */
function goAway(visit: InteractionVisit, url: string, factor: Factor, screen: Screen): FastifyReply {
  const block = screen.blocks.find(isRedirect);
  const isBrowser = visit.request.headers['sec-fetch-dest'] === 'document';
  if (!isBrowser || !block) return visit.reply.redirect(url, 303);
  const text = factorText(visit.locale, factor.texts, screen.prompt, screen.id, visit.variables);
  return visit.show(200, {
    title: text(block.leavingTitleText),
    goOnTo: url,
    body: html`<h1>${text(block.leavingTitleText)}</h1>
<p class="lead">${text(block.leavingText)}</p>
<p><a class="button primary" href="${url}">${text(block.text)}</a></p>`,
  });
}
