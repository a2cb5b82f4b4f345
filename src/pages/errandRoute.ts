import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FormTarget } from '../ui/form.ts';
import { formTokenField, formTokenOf, isOwnForm } from '../ui/formToken.ts';
import { showError, showExpired } from './statusPages.ts';
import { type PagesParts, textOf, Visit } from './visit.ts';

/** A visit to the page at which an errand ends. */
export interface ErrandVisit {
  visit: Visit;
  uid: string;
  cookieHeader: string | undefined;
  /** The form of this page, with the errand in it. */
  target: FormTarget;
}

/** A page at which an errand ends. It judges by itself whether this browser began the errand. */
export interface ErrandPage {
  path: string;
  get(visit: ErrandVisit): Promise<FastifyReply>;
  post?(visit: ErrandVisit): Promise<FastifyReply>;
}

export function errandRoute(app: FastifyInstance, parts: PagesParts, { path, get, post }: ErrandPage): void {
  const open = async (
    request: FastifyRequest,
    reply: FastifyReply,
    handler: (visit: ErrandVisit) => Promise<FastifyReply>,
  ): Promise<FastifyReply> => {
    const visit = new Visit(parts, request, reply, await parts.readSettings());
    const isPost = request.method === 'POST';
    const uid = isPost ? visit.field('state') : visit.parameter('state');
    if (uid === undefined) return showExpired(visit);
    const token = formTokenOf(parts.vault, uid);
    if (isPost && !isOwnForm(request, visit.field(formTokenField), token, parts.publicUrl))
      return showError(visit, 403);
    const target = { action: path, hidden: { state: uid, [formTokenField]: token } };
    return handler({ visit, uid, cookieHeader: textOf(request.headers.cookie), target });
  };
  app.get(path, (request, reply) => open(request, reply, get));
  if (post) app.post(path, (request, reply) => open(request, reply, post));
}
