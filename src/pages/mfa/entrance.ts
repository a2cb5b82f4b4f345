import type { FastifyReply } from 'fastify';
import type { TransactionState } from '../../mfa/transaction.ts';
import type { InteractionPage } from '../interactionRoute.ts';
import type { InteractionVisit } from '../visit.ts';
import { advance } from './advance.ts';
import { beginLogin } from './beginLogin.ts';

/** Where a step-up begins: somebody is signed in, and this request demands more. */
export const mfaEntrance: InteractionPage = { name: 'mfa', prompts: ['login', 'mfa'], get: enter };

const ended: ReadonlySet<TransactionState> = new Set(['expired', 'rejected', 'locked']);

async function enter(visit: InteractionVisit): Promise<FastifyReply> {
  const { prompt, session, uid } = visit.interaction;
  const transaction = await visit.parts.engine.findByInteraction(uid);
  if (prompt === 'mfa' && session && (!transaction || ended.has(transaction.state))) {
    return beginLogin(visit, { userId: session.userId, proofs: [...session.proofs] });
  }
  return transaction ? advance(visit, transaction) : visit.goTo('login');
}
