import type { FastifyReply } from 'fastify';
import type { RequestStanding } from '../../mfa/devices/deviceDesk.ts';
import type { InteractionPage } from '../interactionRoute.ts';
import type { InteractionVisit } from '../visit.ts';
import type { HeldAnswers } from './heldAnswers.ts';

/** Name of the page after `/u/`. */
export const answerPageName = 'mfa-answer';

/** Shorter than what proxies wait for. */
const longestWaitMs = 25_000;

/**
 * Tells the script of a page that waits for a device how its request stands, as JSON `{state}`. While it waits
 * the answer is held back, until that changes, or for 25 seconds. It tells only the browser that began the
 * interaction (S-54), and takes nothing: the page's form does that.
 */
export function answerPage(held: HeldAnswers): InteractionPage {
  return {
    name: answerPageName,
    prompts: ['login', 'mfa'],
    get: async (visit) => {
      const release = held.hold(visit.interaction.uid);
      if (!release) return tellNow(visit);
      try {
        return visit.reply.send({ state: await awaitState(visit, held.ending) });
      } finally {
        release();
      }
    },
  };
}

/** Where no answer can be held back: how the request stands, or to come back later. */
async function tellNow(visit: InteractionVisit): Promise<FastifyReply> {
  const state = await awaitState(visit, AbortSignal.abort());
  if (state === 'waiting') visit.reply.code(429).header('retry-after', '5');
  return visit.reply.send({ state });
}

async function awaitState(
  { parts: { engine, clock }, interaction, reply }: InteractionVisit,
  ending: AbortSignal,
): Promise<RequestStanding['state']> {
  const transaction = await engine.findByInteraction(interaction.uid);
  if (!transaction) return 'over';
  let standing = await engine.devices.standing(transaction.id);
  if (standing?.state !== 'waiting') return standing?.state ?? 'over';
  // Nobody changes anything when a request runs out.
  const waitMs = Math.min(longestWaitMs, Math.max(0, standing.expiresAt - clock()));
  const leaving = leavingSignal(reply);
  const signal = AbortSignal.any([leaving.signal, ending, AbortSignal.timeout(waitMs)]);
  try {
    while (standing?.state === 'waiting' && !signal.aborted) {
      await engine.devices.requestChanged(transaction.id, signal);
      standing = await engine.devices.standing(transaction.id);
    }
    return standing?.state ?? 'over';
  } finally {
    leaving.forget();
  }
}

/** Aborted when the client goes away before it is answered. */
function leavingSignal({ raw }: FastifyReply): { signal: AbortSignal; forget(): void } {
  const leaving = new AbortController();
  const leave = () => leaving.abort();
  raw.once('close', leave);
  return { signal: leaving.signal, forget: () => raw.off('close', leave) };
}
