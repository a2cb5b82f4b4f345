import type { FastifyReply } from 'fastify';
import { interactionOverError } from './dependencies.ts';
import { goOn } from './goOn.ts';
import { showExpired } from './statusPages.ts';
import { type InteractionVisit, textOf } from './visit.ts';

/**
 * Gives the interaction its one result and goes on. Of two posts that race, the later is sent on to
 * the result of the first (S-37).
 * @param settle stores the result and resolves to the URL to go on to
 */
export async function settleInteraction(
  visit: InteractionVisit,
  settle: () => Promise<string>,
  title?: 'leaveTitle',
): Promise<FastifyReply> {
  try {
    return goOn(visit, await settle(), title);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== interactionOverError) throw error;
    const { cookie } = visit.request.headers;
    const settled = await visit.parts.interactions.find(visit.interaction.uid, textOf(cookie));
    return settled?.resumeUrl === undefined ? showExpired(visit) : goOn(visit, settled.resumeUrl);
  }
}
