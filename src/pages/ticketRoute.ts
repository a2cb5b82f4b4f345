import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { TicketKind, TicketStanding } from '../accounts/tickets.ts';
import type { FormTarget } from '../ui/form.ts';
import { formTokenField, formTokenOf, isOwnForm } from '../ui/formToken.ts';
import { showError } from './statusPages.ts';
import { type PagesParts, Visit } from './visit.ts';

/** A visit by a link from a message. */
export interface TicketVisit {
  visit: Visit;
  ticket: string;
  /** The form of this page, with the ticket in it. */
  target: FormTarget;
}

/** A page that a link in a message opens. */
export interface TicketPage {
  path: string;
  /** `method-change`: the ticket is a change's, and the engine's. */
  kind: TicketKind | 'method-change';
  get(visit: TicketVisit): Promise<FastifyReply> | FastifyReply;
  post(visit: TicketVisit): Promise<FastifyReply>;
  /** The ticket is unknown, used, void or expired. */
  invalid(visit: Visit, standing: Exclude<TicketStanding, 'valid'>): FastifyReply;
}

/**
 * Serves a ticket's page. Opening the link only shows a form and the post uses the ticket, because
 * mail scanners open links too.
 */
export function ticketRoute(app: FastifyInstance, parts: PagesParts, page: TicketPage): void {
  const { path } = page;
  app.get(path, async (request, reply) => {
    const visit = await openVisit(parts, request, reply);
    const ticket = visit.parameter('ticket');
    if (ticket === undefined) return page.invalid(visit, 'unknown');
    const standing = await standingOf(parts, page.kind, ticket);
    if (standing !== 'valid') return page.invalid(visit, standing);
    return page.get({ visit, ticket, target: targetOf(parts, path, ticket) });
  });
  app.post(path, async (request, reply) => {
    const visit = await openVisit(parts, request, reply);
    const ticket = visit.field('ticket');
    if (ticket === undefined) return page.invalid(visit, 'unknown');
    const expected = formTokenOf(parts.vault, ticket);
    if (!isOwnForm(request, visit.field(formTokenField), expected, parts.publicUrl))
      return showError(visit, 403);
    return page.post({ visit, ticket, target: targetOf(parts, path, ticket) });
  });
}

async function standingOf(
  { accounts, engine }: PagesParts,
  kind: TicketPage['kind'],
  ticket: string,
): Promise<TicketStanding> {
  if (kind !== 'method-change') return accounts.ticketStanding(kind, ticket);
  return (await engine.changes.find(ticket)) ? 'valid' : 'unknown';
}

async function openVisit(parts: PagesParts, request: FastifyRequest, reply: FastifyReply): Promise<Visit> {
  return new Visit(parts, request, reply, await parts.readSettings());
}

function targetOf(parts: PagesParts, path: string, ticket: string): FormTarget {
  return { action: path, hidden: { ticket, [formTokenField]: formTokenOf(parts.vault, ticket) } };
}
