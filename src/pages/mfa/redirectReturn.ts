import type { FastifyReply } from 'fastify';
import type { Factor } from '../../mfa/factor.ts';
import type { BroughtBack } from '../../mfa/redirects/redirectFactor.ts';
import { endRefused } from '../endRefused.ts';
import type { InteractionPage } from '../interactionRoute.ts';
import type { InteractionVisit, Visit } from '../visit.ts';
import { advanceAnew } from './advance.ts';
import { redirectOf, redirectScreen, returnPageName, showSetback } from './redirectAway.ts';

/**
 * Where a factor's service sends browsers back to. What they bring names the challenge, and that the interaction,
 * which counts only in the browser that began it (S-37, S-94).
 */
export function redirectReturnPage(factor: Factor): InteractionPage {
  return {
    name: returnPageName(factor),
    prompts: ['login', 'mfa'],
    uidOf: (visit) => visit.parts.engine.redirects.interactionOf(factor.name, broughtBack(visit)),
    get: (visit) => takeAnswer(visit, factor),
  };
}

async function takeAnswer(visit: InteractionVisit, factor: Factor): Promise<FastifyReply> {
  const { engine } = visit.parts;
  const transaction = await engine.findByInteraction(visit.interaction.uid);
  if (!transaction) return visit.goTo('mfa');
  const redirect = redirectOf(visit, factor);
  const result = await engine.redirects.finish(transaction.id, redirect, broughtBack(visit), visit.context);
  if (result.outcome !== 'refused') return advanceAnew(visit, transaction);
  const screen = redirectScreen(factor, transaction);
  switch (result.code) {
    case 'invalid_proof':
      return screen ? showSetback(visit, screen, 'denied') : endRefused(visit, result);
    // Loaded again, or overtaken by another tab: on with what is due now.
    case 'challenge_expired':
    case 'wrong_challenge':
    case 'expired':
      return advanceAnew(visit, transaction);
    default:
      return endRefused(visit, result);
  }
}

/** Parameters of the address; the server takes none that is repeated. */
function broughtBack({ request }: Visit): BroughtBack {
  return request.query as BroughtBack;
}
