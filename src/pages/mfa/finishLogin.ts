import type { FastifyReply } from 'fastify';
import type { Proof } from '../../mfa/transaction.ts';
import { settleInteraction } from '../settleInteraction.ts';
import type { InteractionVisit } from '../visit.ts';

/** Everything demanded was proved: stores that with the interaction and goes back to the application. */
export async function finishLogin(
  visit: InteractionVisit,
  result: { userId: string; proofs: Proof[] },
): Promise<FastifyReply> {
  const { interactions } = visit.parts;
  return settleInteraction(visit, () => interactions.finish(visit.interaction.uid, result));
}
