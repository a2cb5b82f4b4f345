import type { RequestContext } from '../../config/requestContext.ts';
import { type Limit, spend } from '../../database/throttle.ts';
import { newMethodId } from '../authenticatorIds.ts';
import { spendTransaction } from '../begin.ts';
import { type EnrolmentBegun, enrolIn, insertUnconfirmed } from '../enrol.ts';
import type { Factor } from '../factor.ts';
import type { EngineParts } from '../parts.ts';
import { enrollableFactors, hasIndependentMethod } from '../policy/decide.ts';
import { showIn } from '../showChallenge.ts';
import { comesBeside } from '../standby.ts';
import type { DecisionInput, Refusal, Requirement } from '../transaction.ts';
import type { StoredTransaction } from '../transactions.ts';
import { inOwnAccount, isEnrolled, type OwnAccount, objectionTo } from './ownAccount.ts';
import { type OwnRefusal, refuseOwn } from './ownRefusal.ts';
import type { Caller, OwnBegun, OwnChoice } from './selfServiceDesk.ts';

/** New codes drawn for one person: each is a row and a line in the log. */
const renewalLimit: Limit = { name: 'mfa-renewals', burst: 10, refillSeconds: 360 };

/** What a passage of self-service is for, as its transaction remembers it. */
export interface OwnRequest {
  kind: 'method' | 'password';
  /** The name by which it is confirmed, instead of the method's id. */
  alias?: string;
}

/** Names of the factors that this person could set up now, strongest first; those to renew included. */
export function enrollableBy(account: Pick<OwnAccount, 'parts' | 'settings' | 'methods'>): string[] {
  const { parts, settings, methods } = account;
  const hasIndependent = hasIndependentMethod({ registry: parts.registry, methods });
  const renewable = hasIndependent ? parts.registry.enabled(settings).filter(comesBeside) : [];
  const enrollable = enrollableFactors(parts.registry, settings, hasIndependent ? 'independent' : 'nothing');
  // What is set up at another service's page takes a browser there, which an API has none of.
  const here = enrollable.filter((name) => !parts.registry.get(name)?.redirect);
  return [...here, ...renewable.map(({ name }) => name)];
}

/**
 * Begins to add a method to one's own account, in a passage that only the same person and application can go on
 * with. Whoever has a method must have proved one as good (S-39); it is judged once more when it is confirmed.
 */
export async function beginOwn(
  parts: EngineParts,
  caller: Caller,
  choice: OwnChoice,
  context: RequestContext,
): Promise<OwnBegun | OwnRefusal> {
  const factor = parts.registry.get(choice.factor);
  const read = await factor?.readInput?.(choice.input ?? {});
  return inOwnAccount(parts, caller, context, async (account): Promise<OwnBegun | OwnRefusal> => {
    const { trx, settings } = account;
    if (!factor) return refuseOwn('unsupported');
    if (!parts.registry.isEnabled(factor, settings)) return refuseOwn('factor_disabled');
    if (!enrollableBy(account).includes(factor.name)) return refuseOwn('unsupported');
    const objection = objectionTo(account, factor);
    if (objection) return objection;
    const requirement: Requirement = { kind: 'enrol', factors: [factor.name] };
    const alias = choice.alias === undefined ? {} : { alias: choice.alias };
    const opened = await openPassage(account, requirement, { kind: 'method', ...alias });
    if (opened.outcome === 'refused') return opened;
    const { transaction, authSession } = opened;
    const begun = comesBeside(factor)
      ? await renew(account, transaction, factor)
      : await enrolIn(parts, trx, transaction.id, choice, read, context);
    if (begun.outcome === 'refused') {
      await parts.transactions.move(trx, transaction.id, 'rejected', { reveal: null });
      return begun;
    }
    const { methodId, beside } = begun;
    const shown = factor.showChallenge
      ? await showIn(parts, trx, transaction.id, factor.name, context)
      : begun;
    if ('code' in shown) return shown;
    return { outcome: 'begun', authSession, methodId, shown: shown.shown, ...(beside ? { beside } : {}) };
  });
}

/** Opens a passage of the person's, which demands nothing but what it is for. */
export async function openPassage(
  { parts, trx, caller, context }: OwnAccount,
  requirement: Requirement,
  request: OwnRequest,
): Promise<{ outcome: 'opened'; transaction: StoredTransaction; authSession: string } | OwnRefusal> {
  const budget = await spendTransaction(parts, trx, caller.userId, context);
  if (!budget.allowed) return refuseOwn('rate_limited', budget);
  const input: DecisionInput = {
    purpose: 'self-service',
    userId: caller.userId,
    client: { ...caller.client, mfaPolicy: 'never' },
    acrValues: [],
    scope: [],
    stepUpScopes: [],
    mfaAudience: false,
    proofs: caller.proofs,
  };
  const reasons = [{ code: 'self_service' }];
  const decision = { requirement, reasons, allowsRememberBrowser: false };
  const { transaction, authSession } = await parts.transactions.create(
    trx,
    input,
    decision,
    { authSession: true },
    { ...request },
  );
  if (authSession === undefined) throw new Error('A passage of self-service has a session.');
  return { outcome: 'opened', transaction, authSession };
}

/** New ones take the place of the old when they are confirmed: until then the old ones work. */
async function renew(
  account: OwnAccount,
  transaction: StoredTransaction,
  factor: Factor,
): Promise<Pick<EnrolmentBegun, 'outcome' | 'methodId' | 'shown' | 'beside'> | Refusal> {
  const { parts, trx, settings, user, context } = account;
  if (!isEnrolled(account)) return { outcome: 'refused', code: 'nothing_enrolled' };
  const budget = await spend(trx, parts.clock, renewalLimit, user.id);
  if (!budget.allowed) return { outcome: 'refused', code: 'rate_limited', throttle: budget };
  const { state, shown } = await factor.beginEnrolment(
    parts.factorContext(trx, factor, settings, user, context),
    undefined,
  );
  const methodId = newMethodId(factor);
  await insertUnconfirmed(parts, trx, transaction, { id: methodId, factor, state });
  await parts.transactions.move(trx, transaction.id, 'enrolling');
  await parts.record(trx, transaction, user, context, {
    type: 'gd_start_enroll',
    details: { authenticator: { id: methodId, type: factor.name } },
  });
  return { outcome: 'begun', methodId, shown };
}
