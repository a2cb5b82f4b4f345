import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { TicketKind } from '../accounts/tickets.ts';
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
  /** Name after `/u/`. */
  name: string;
  kind: TicketKind;
  get(visit: TicketVisit): FastifyReply;
  post(visit: TicketVisit): Promise<FastifyReply>;
  /** The ticket is unknown, used, void or expired. */
  invalid(visit: Visit): FastifyReply;
}

/**
 * Serves a ticket's page. Opening the link only shows a form and the post uses the ticket, because
 * mail scanners open links too.
 */
export function ticketRoute(app: FastifyInstance, parts: PagesParts, page: TicketPage): void {
  const path = `/u/${page.name}`;
  app.get(path, async (request, reply) => {
    const visit = await openVisit(parts, request, reply);
    const ticket = visit.parameter('ticket');
    if (ticket === undefined || !(await parts.accounts.isTicketValid(page.kind, ticket)))
      return page.invalid(visit);
    return page.get({ visit, ticket, target: targetOf(parts, path, ticket) });
  });
  app.post(path, async (request, reply) => {
    const visit = await openVisit(parts, request, reply);
    const ticket = visit.field('ticket');
    if (ticket === undefined) return page.invalid(visit);
    const expected = formTokenOf(parts.vault, ticket);
    if (!isOwnForm(request, visit.field(formTokenField), expected, parts.publicUrl))
      return showError(visit, 403);
    return page.post({ visit, ticket, target: targetOf(parts, path, ticket) });
  });
}

async function openVisit(parts: PagesParts, request: FastifyRequest, reply: FastifyReply): Promise<Visit> {
  return new Visit(parts, request, reply, await parts.readSettings());
}

function targetOf(parts: PagesParts, path: string, ticket: string): FormTarget {
  return { action: path, hidden: { ticket, [formTokenField]: formTokenOf(parts.vault, ticket) } };
}
