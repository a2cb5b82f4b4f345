import type { RequestContext } from '../config/requestContext.ts';
import { type Limit, spend } from '../database/throttle.ts';
import { isPendingProof } from './enrol.ts';
import type { Factor } from './factor.ts';
import type { AuthenticationMethod } from './methods.ts';
import { openStepAlone } from './openStep.ts';
import type { EngineParts } from './parts.ts';
import { personBudgetKey } from './personBudgetKey.ts';
import { isReached } from './sends/isReached.ts';
import { type Sent, sendChallenge, sends } from './sends/sendChallenge.ts';
import { isOpen, type Refusal, refuse } from './transaction.ts';

/** Challenges begun for one person from one address, also those that send nothing: each is a line in the log. */
export const challengeLimit: Limit = { name: 'mfa-challenges', burst: 60, refillSeconds: 20 };

/** What the client wants to be challenged with; nothing means what the person prefers, else the strongest. */
export interface ChallengeChoice {
  methodId?: string;
  factor?: string;
  /** By which of the factor's channels. */
  channel?: string;
  /** MFA API challenge types the client can handle. */
  challengeTypes?: readonly string[];
}

export interface ChallengeBegun extends Partial<Omit<Sent, 'outcome'>> {
  outcome: 'begun';
  factor: string;
  methodId: string;
  challengeType: 'otp' | 'oob';
}

/** Starts a challenge through one confirmed method; a new one voids the one before it. */
export async function beginChallenge(
  parts: EngineParts,
  transactionId: string,
  choice: ChallengeChoice,
  context: RequestContext,
): Promise<ChallengeBegun | Refusal> {
  return parts.database.transaction(async (trx): Promise<ChallengeBegun | Refusal> => {
    const opened = await openStepAlone(parts, trx, transactionId, context);
    if (opened.outcome === 'refused') return opened;
    const { transaction, settings, user } = opened.step;

    const budget = await spend(trx, parts.clock, challengeLimit, personBudgetKey(user.id, context.ip));
    if (!budget.allowed) return refuse('rate_limited', budget);

    const methods = (await parts.methodsOf(trx, user, settings)).filter((method) => method.isConfirmed);
    if (methods.every((method) => method.isImplicit)) return refuse('nothing_enrolled');
    const { requirement } = transaction;
    if (requirement.kind !== 'challenge') return refuse('not_allowed');
    const demanded = preferredFirst(
      parts.registry.enabled(settings).filter(({ name }) => requirement.factors.includes(name)),
      requirement.preferred,
    );
    const { channel } = choice;
    const suitable =
      channel === undefined
        ? demanded
        : demanded.filter((factor) => parts.registry.channelsOf(factor, settings)?.includes(channel));
    const reaches = (factor: Factor, { state }: AuthenticationMethod) =>
      isReached(parts.registry, settings, factor, state);
    const chosen = choose(suitable, methods, choice, reaches);
    if (!chosen) return refuse('unsupported');

    const { factor, method, challengeType } = chosen;
    const begun = { outcome: 'begun', factor: factor.name, methodId: method.id, challengeType } as const;
    let sent: Sent | undefined;
    if (sends(factor)) {
      const recipient = { methodId: method.id, state: method.state, purpose: 'verification' } as const;
      const result = await sendChallenge({ ...opened.step, factor }, { ...recipient, channel });
      if (result.outcome === 'refused') return result;
      sent = result;
    }
    await parts.transactions.move(trx, transaction.id, 'challenged');
    await parts.record(trx, transaction, user, context, {
      type: 'gd_start_auth',
      details: { authenticator: { id: method.id, type: factor.name } },
    });
    return { ...sent, ...begun };
  });
}

/** Sends the transaction's latest challenge again, to a method being enrolled as well. */
export async function resendChallenge(
  parts: EngineParts,
  transactionId: string,
  channel: string | undefined,
  context: RequestContext,
): Promise<Sent | Refusal> {
  return parts.database.transaction(async (trx): Promise<Sent | Refusal> => {
    const opened = await openStepAlone(parts, trx, transactionId, context);
    if (opened.outcome === 'refused') return opened;
    const { transaction, settings, user } = opened.step;
    if (!isOpen(transaction.state)) return refuse('expired');
    const latest = await parts.challenges.latestSent(trx, transactionId);
    const methods = await parts.methodsOf(trx, user, settings);
    const method = methods.find(({ id }) => id === latest?.methodId);
    const factor = method && parts.registry.get(method.factor);
    if (!latest || !method || !factor || !sends(factor)) return refuse('not_allowed');
    if (!parts.registry.isEnabled(factor, settings)) return refuse('factor_disabled');
    const { requirement } = transaction;
    const isDue =
      requirement.kind === 'enrol'
        ? isPendingProof(parts, method, transactionId, methods) && !factor.device
        : requirement.kind === 'challenge' && method.isConfirmed && requirement.factors.includes(factor.name);
    if (!isDue) return refuse('not_allowed');
    return sendChallenge(
      { ...opened.step, factor },
      {
        methodId: method.id,
        state: method.state,
        purpose: method.isConfirmed ? 'verification' : 'enrolment',
        channel: channel ?? channelStillOn(parts.registry.channelsOf(factor, settings), latest.channel),
      },
    );
  });
}

/** The operator may have switched the channel off meanwhile. */
function channelStillOn(channels: readonly string[] | undefined, channel: string): string | undefined {
  return channels?.includes(channel) ? channel : undefined;
}

function preferredFirst(factors: readonly Factor[], preferred: string | undefined): readonly Factor[] {
  return factors.toSorted((a, b) => Number(b.name === preferred) - Number(a.name === preferred));
}

function choose(
  factors: readonly Factor[],
  methods: readonly AuthenticationMethod[],
  choice: ChallengeChoice,
  reaches: (factor: Factor, method: AuthenticationMethod) => boolean,
): { factor: Factor; method: AuthenticationMethod; challengeType: 'otp' | 'oob' } | undefined {
  for (const factor of factors) {
    const { challengeType } = factor.wire;
    if (!challengeType || (choice.factor !== undefined && choice.factor !== factor.name)) continue;
    if (choice.challengeTypes && !choice.challengeTypes.includes(challengeType)) continue;
    const ofFactor = methods.filter(
      ({ id, factor: name }) =>
        name === factor.name && (choice.methodId === undefined || id === choice.methodId),
    );
    const latest = ofFactor.sort((a, b) => (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0));
    const method = latest.find((candidate) => reaches(factor, candidate)) ?? latest[0];
    if (method) return { factor, method, challengeType };
  }
  return undefined;
}
