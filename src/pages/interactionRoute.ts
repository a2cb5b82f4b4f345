import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { formTokenField, formTokenOf, isOwnForm } from '../ui/formToken.ts';
import { pageHeaders } from '../ui/pageHeaders.ts';
import type { Interaction } from './dependencies.ts';
import { goOn, ownScheme } from './goOn.ts';
import { showError, showExpired } from './statusPages.ts';
import { InteractionVisit, type PagesParts, textOf, Visit } from './visit.ts';

type Handler = (visit: InteractionVisit) => Promise<FastifyReply> | FastifyReply;

/** A page within an application's request. */
export interface InteractionPage {
  /** Name after `/u/`. */
  name: string;
  /** The prompts it may serve; with another one the browser is sent to that prompt's page. */
  prompts: readonly Interaction['prompt'][];
  get: Handler;
  post?: Handler;
  /** Which interaction a request to it belongs to, where its `state` says something else. */
  uidOf?(visit: Visit): Promise<string | undefined>;
  /** Its script asks this server. */
  asksServer?: true;
  /** It sets something up, which a password reset never does. */
  isForEnrolment?: true;
}

/** First page of each prompt. */
const entrances: Readonly<Record<Interaction['prompt'], string>> = {
  login: 'login',
  mfa: 'mfa',
  consent: 'consent',
};

/**
 * Serves a page. Its `state` counts only in the browser that began the interaction, and a form
 * counts only if it is one of ours (S-87); everything after that is derived from the interaction
 * and its transaction, never from the page the browser happens to show (S-36).
 */
export function interactionRoute(app: FastifyInstance, parts: PagesParts, page: InteractionPage): void {
  const path = `/u/${page.name}`;
  app.get(path, (request, reply) => serve(parts, page, request, reply, page.get));
  const { post } = page;
  if (post) app.post(path, (request, reply) => serve(parts, page, request, reply, post));
}

async function serve(
  parts: PagesParts,
  page: InteractionPage,
  request: FastifyRequest,
  reply: FastifyReply,
  handler: Handler,
): Promise<FastifyReply> {
  const settings = await parts.readSettings();
  const stranger = new Visit(parts, request, reply, settings);
  const uid = await (page.uidOf ?? uidInState)(stranger);
  const interaction =
    uid === undefined ? undefined : await parts.interactions.find(uid, textOf(request.headers.cookie));
  if (!interaction) return showExpired(stranger);

  const visit = new InteractionVisit(parts, request, reply, settings, interaction);
  const formTarget = ownScheme(interaction.params.redirect_uri);
  reply.headers(pageHeaders({ formTarget, asksServer: page.asksServer }));
  if (request.method === 'POST') {
    const expected = formTokenOf(parts.vault, interaction.uid);
    if (!isOwnForm(request, visit.field(formTokenField), expected, parts.publicUrl))
      return showError(visit, 403);
  }
  if (interaction.resumeUrl !== undefined) return goOn(visit, interaction.resumeUrl);
  if (!page.prompts.includes(interaction.prompt)) return visit.goTo(entrances[interaction.prompt]);
  return handler(visit);
}

async function uidInState(visit: Visit): Promise<string | undefined> {
  return visit.request.method === 'POST' ? visit.field('state') : visit.parameter('state');
}
