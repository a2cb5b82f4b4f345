import type { FastifyReply } from 'fastify';
import { browserCookie } from '../../http/browserCookie.ts';
import type { Satisfied, StillPending } from '../../mfa/submit.ts';
import type { Transaction } from '../../mfa/transaction.ts';
import { rememberHeld } from '../browser/rememberedFactors.ts';
import type { InteractionVisit } from '../visit.ts';
import { advanceAnew } from './advance.ts';
import { rememberChosen } from './chosenFactor.ts';
import { rememberField } from './factorBlocks.ts';
import type { At } from './step.ts';

/** Goes on after a good proof, and remembers of the browser what the person asked for and what it showed. */
export async function acceptedProof(
  visit: InteractionVisit,
  { transaction, step }: At,
  { outcome }: Satisfied | StillPending,
): Promise<FastifyReply> {
  if (outcome === 'satisfied' && visit.field(rememberField) === 'true') {
    await rememberBrowser(visit, transaction);
  }
  rememberChosen(visit, transaction, step.factor);
  rememberHeld(visit, transaction, step.factor.name);
  return advanceAnew(visit, transaction);
}

async function rememberBrowser(visit: InteractionVisit, transaction: Transaction): Promise<void> {
  const remembered = await visit.parts.engine.browsers.remember(transaction.id, visit.context);
  if (remembered) visit.reply.header('set-cookie', browserCookie(remembered, visit.parts.publicUrl));
}
