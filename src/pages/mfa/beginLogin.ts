import type { FastifyReply } from 'fastify';
import { readBrowserToken } from '../../http/browserCookie.ts';
import type { Proof } from '../../mfa/transaction.ts';
import { endRefused } from '../endRefused.ts';
import type { InteractionVisit } from '../visit.ts';
import { advance } from './advance.ts';
import { finishLogin } from './finishLogin.ts';

/** Asks the engine what these proofs still lack, and goes on accordingly. */
export async function beginLogin(
  visit: InteractionVisit,
  { userId, proofs }: { userId: string; proofs: Proof[] },
): Promise<FastifyReply> {
  const { parts, interaction, request, context } = visit;
  const browserToken = readBrowserToken(request.headers.cookie, parts.publicUrl);
  const begun = await parts.engine.begin(
    {
      ...interaction.decisionInput,
      userId,
      proofs,
      ...(browserToken === undefined ? {} : { browserToken }),
    },
    { interactionId: interaction.uid },
    context,
  );
  if (begun.outcome === 'none') return finishLogin(visit, { userId, proofs });
  return begun.outcome === 'begun' ? advance(visit, begun.transaction) : endRefused(visit, begun);
}
