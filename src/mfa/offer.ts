import { decideNow } from './decideNow.ts';
import type { AcceptedProof } from './judgeProof.ts';
import type { EngineParts } from './parts.ts';
import { enrollableFactors } from './policy/decide.ts';
import { isStandby } from './standby.ts';
import type { Step } from './step.ts';
import { takeAway } from './takeAway.ts';
import { type Offer, type Offers, type Refusal, refuse, type Verdict } from './transaction.ts';

/** Adds to a decision that nothing more is required what the person is led to, or may do, before going on. */
export function withOffer(step: Step, accepted: AcceptedProof, decision: Verdict): Verdict {
  if (decision.requirement.kind !== 'none') return decision;
  const offers = offersAfter(step, accepted);
  const followUp = hasFollowUp(step, accepted) ? accepted.method.id : undefined;
  const requirement = {
    kind: 'none',
    ...(offers && offers.factors.length > 0 ? { offers } : {}),
    ...(followUp === undefined ? {} : { followUp }),
  } as const;
  return { ...decision, requirement };
}

function hasFollowUp({ factor }: Step, { isEnrolment }: AcceptedProof): boolean {
  return isEnrolment && factor.screens.screens.some(({ step }) => step === 'follow-up');
}

function offersAfter(step: Step, { isEnrolment }: AcceptedProof): Offers | undefined {
  const { parts, factor, settings, transaction } = step;
  // An invitation is for one method, and choosing a password for none.
  if (transaction.purpose === 'enrolment' || transaction.purpose === 'password-reset') return undefined;
  // Who answered with a factor that merely stands by for a lost one has probably lost it (S-66).
  if (isStandby(factor)) {
    return { reason: 'lost', factors: enrollableFactors(parts.registry, settings) };
  }
  if (isEnrolment && factor.suggestsSpare) return { reason: 'another', factors: [factor.name] };
  return { reason: 'this-browser', factors: suitingBrowser(step) };
}

/** What this browser could prove by itself, and isn't set up for it. */
function suitingBrowser({ parts, trx, factor: proved, settings, user, methods, context }: Step): string[] {
  return parts.registry
    .enabled(settings)
    .filter((factor) => {
      const states = methods.filter(({ factor: name, isConfirmed }) => name === factor.name && isConfirmed);
      const factorContext = parts.factorContext(trx, factor, settings, user, context);
      return (
        factor !== proved &&
        factor.suitsBrowser?.(
          factorContext,
          states.map(({ state }) => state),
        )
      );
    })
    .map(({ name }) => name);
}

/**
 * The person takes the offer: the transaction waits for an enrolment now, as it would for a demanded one.
 * Refused where nothing is offered, or no longer.
 */
export function acceptOffer(
  parts: EngineParts,
  transactionId: string,
  offer: Pick<Offer, 'removesEarlier'>,
): Promise<{ outcome: 'accepted' } | Refusal> {
  return parts.database.transaction(async (trx): Promise<{ outcome: 'accepted' } | Refusal> => {
    const transaction = await parts.transactions.find(trx, transactionId);
    const offers = transaction?.requirement.kind === 'none' ? transaction.requirement.offers : undefined;
    if (!transaction || !offers) return refuse('not_allowed');
    const { reasons, allowsRememberBrowser } = transaction;
    const { factors, reason } = offers;
    const requirement = { kind: 'enrol', factors, offer: { ...offer, reason } } as const;
    const decision: Verdict = { requirement, reasons, allowsRememberBrowser };
    const isMoved = await parts.transactions.move(trx, transactionId, 'pending', { decision }, ['satisfied']);
    return isMoved ? { outcome: 'accepted' } : refuse('expired');
  });
}

/**
 * The person leaves the offer, before or after having taken it. What is still required is decided anew, so
 * nobody gets past a demand by it.
 */
export function declineOffer(
  parts: EngineParts,
  transactionId: string,
): Promise<{ outcome: 'declined' } | Refusal> {
  return parts.database.transaction(async (trx): Promise<{ outcome: 'declined' } | Refusal> => {
    const transaction = await parts.transactions.find(trx, transactionId);
    if (!transaction) return refuse('expired');
    const { requirement, decisionInput, proofs } = transaction;
    const isOffered =
      requirement.kind === 'none' ? requirement.offers : requirement.kind === 'enrol' && requirement.offer;
    if (!isOffered) return refuse('not_allowed');
    const decision = await decideNow(parts, trx, { ...decisionInput, proofs });
    const goal = decision.requirement.kind === 'none' ? 'satisfied' : 'pending';
    const open = ['satisfied', 'pending', 'enrolling'] as const;
    const isMoved = await parts.transactions.move(trx, transactionId, goal, { decision }, open);
    return isMoved ? { outcome: 'declined' } : refuse('expired');
  });
}

/**
 * Takes away what the person had before, where they asked for that with the enrolment just confirmed. The
 * recovery code stays.
 */
export async function removeEarlier(step: Step): Promise<void> {
  const { parts, trx, transaction, user, methods, context } = step;
  const { requirement } = transaction;
  if (requirement.kind !== 'enrol' || !requirement.offer?.removesEarlier) return;
  const earlier = methods.filter(
    ({ isConfirmed, factor }) => isConfirmed && !isStandby(parts.registry.get(factor)),
  );
  await takeAway(step, {
    methods: earlier,
    told: earlier,
    vouchedBy: transaction.proofs,
    record: (event) => parts.record(trx, transaction, user, context, event),
  });
}
