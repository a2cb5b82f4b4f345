import type { FastifyReply } from 'fastify';
import type { Refusal } from '../../mfa/transaction.ts';
import { endRefused } from '../endRefused.ts';
import type { InteractionVisit } from '../visit.ts';
import { acceptedProof } from './acceptedProof.ts';
import { advance, openChallenge } from './advance.ts';
import { deviceCodesOf, endOf } from './awaitedRequest.ts';
import type { WaitingBlock } from './deviceBlocks.ts';
import { factorTextAt, showFactorScreen } from './showFactorScreen.ts';
import type { At } from './step.ts';

/** Takes what the device answered. Nobody hands in a proof: what was recorded counts (S-14). */
export async function takeDeviceAnswer(
  visit: InteractionVisit,
  at: At,
  block: WaitingBlock,
): Promise<FastifyReply> {
  const { transaction, step } = at;
  const { engine } = visit.parts;
  const submission = { challenge: 'latest', proof: undefined } as const;
  const result = await engine.submit(transaction.id, submission, visit.context);
  if (result.outcome !== 'refused') return acceptedProof(visit, at, result);
  if (isEnd(result)) return showEnd(visit, at);
  const key = refusalText(result, block);
  if (key === undefined) return endRefused(visit, result);
  const error = { text: factorTextAt(visit, step)(key) };
  return showFactorScreen(visit, transaction, step, [error], result.throttle);
}

/** Begins the enrolment anew, with another ticket. */
export async function renewEnrolment(
  visit: InteractionVisit,
  { transaction, step: { factor, screen } }: At,
): Promise<FastifyReply> {
  const { engine } = visit.parts;
  const begun = await engine.beginEnrolment(transaction.id, { factor: factor.name }, visit.context);
  return begun.outcome === 'refused' ? endRefused(visit, begun) : visit.goTo(screen.id);
}

/** To the challenge that takes the codes which the device makes. */
export function enterDeviceCode(visit: InteractionVisit, { transaction, step }: At): Promise<FastifyReply> {
  const codes = deviceCodesOf(visit, transaction, step);
  return codes ? openChallenge(visit, transaction, codes.name) : advance(visit, transaction);
}

function isEnd({ code }: Refusal): boolean {
  return ['answer_denied', 'answer_replaced', 'challenge_expired', 'wrong_challenge'].includes(code);
}

/** The page tells by itself how the request stands, also when it is loaded again. */
async function showEnd(visit: InteractionVisit, { transaction, step }: At): Promise<FastifyReply> {
  const standing = await visit.parts.engine.devices.standing(transaction.id);
  if (endOf(standing) !== undefined) return visit.goTo(step.screen.id);
  // An answer that can't be taken any more: shown as over, so that no script takes it again.
  return showFactorScreen(visit, transaction, { ...step, isOver: true }, []);
}

/** Refusals after which the same screen makes sense again; undefined for the others. */
function refusalText({ code }: Refusal, block: WaitingBlock): string | undefined {
  switch (code) {
    case 'answer_pending':
      return block.pendingText;
    case 'polled_too_fast':
      return block.tooFastText;
    case 'factor_disabled':
    case 'unsupported':
      return 'authenticator-error';
    default:
      return undefined;
  }
}
