import type { RequestContext } from '../../config/requestContext.ts';
import type { Db } from '../../database/database.ts';
import { type Limit, spend, type ThrottleResult } from '../../database/throttle.ts';
import { newMethodId } from '../authenticatorIds.ts';
import type { EngineParts, EngineUser } from '../parts.ts';
import { type Refusal, refuse } from '../transaction.ts';
import { keepAddition } from '../undo/keepAddition.ts';
import { type Actor, actOn, recordAct } from '../userAct.ts';
import { findPassFactor } from './findPassFactor.ts';
import type { PassRequest } from './handedOut.ts';
import type { PassIssued, PassOrder } from './passDesk.ts';

const daySeconds = 24 * 60 * 60;
/** A help desk that was taken over doesn't open every account before anybody sees it. */
const operatorLimit: Limit = { name: 'passes-by-operator', burst: 30, refillSeconds: daySeconds / 30 };
const personLimit: Limit = { name: 'passes-of-person', burst: 5, refillSeconds: daySeconds / 5 };

const shortestReason = 3;
const longestReason = 200;
const shortestSeconds = 60;

/** Hands out a pass in one database transaction, with the log line and the mail that tell of it (S-45, S-108). */
export function issuePass(
  parts: EngineParts,
  userId: string,
  { reason: text, lifetimeSeconds, isReusable }: PassOrder,
  actor: Actor,
  context: RequestContext,
): Promise<PassIssued | Refusal> {
  return actOn(parts, userId, actor, async (trx, user): Promise<PassIssued | Refusal> => {
    const settings = await parts.settings(trx);
    const factor = findPassFactor(parts, settings);
    if (!factor) return refuse('factor_disabled');
    if (user.blocked || actor.kind === 'person') return refuse('not_allowed');
    const { usualSeconds, longestSeconds } = factor.handedOut.lifetimes(
      parts.registry.settingsOf(factor, settings),
    );
    const reason = text.replace(/\s+/gu, ' ').trim();
    const seconds = lifetimeSeconds ?? usualSeconds;
    if (reason.length < shortestReason || reason.length > longestReason) return refuse('malformed_input');
    if (!(seconds >= shortestSeconds && seconds <= longestSeconds)) return refuse('malformed_input');
    const budget = await spendBudgets(parts, trx, user, actor);
    if (!budget.allowed) return refuse('rate_limited', budget);

    const now = parts.clock();
    const before = await parts.methods.ofUser(trx, userId);
    const earlier = before.filter((method) => method.factor === factor.name);
    await parts.methods.remove(
      trx,
      userId,
      earlier.map(({ id }) => id),
    );
    const endsAt = now + seconds * 1000;
    const request: PassRequest = { reason, issuedBy: actor.id, isSingleUse: !isReusable, endsAt };
    const { state, shown } = await factor.beginEnrolment(
      parts.factorContext(trx, factor, settings, user),
      request,
    );
    const id = newMethodId(factor);
    await parts.methods.insert(trx, { id, userId, factor: factor.name, state, now });
    await recordAct(parts, trx, user, actor, context, {
      type: 'sapi',
      description: 'Hand out a temporary pass',
      details: {
        authenticator: { id, type: factor.name },
        reason,
        lifetime_seconds: seconds,
        reusable: isReusable,
      },
    });
    const added = { factor: factor.name, methodIds: [id], before };
    const undoTicket = await keepAddition({ parts, trx, user, ...added });
    await parts.notify(trx, { template: 'temporary_pass_issued', user, context, undoTicket });
    return { outcome: 'issued', pass: shown.pass ?? '', methodId: id, endsAt };
  });
}

async function spendBudgets(
  { clock }: EngineParts,
  trx: Db,
  user: EngineUser,
  actor: Actor,
): Promise<ThrottleResult> {
  const ofPerson = await spend(trx, clock, personLimit, user.id);
  return ofPerson.allowed ? spend(trx, clock, operatorLimit, actor.id) : ofPerson;
}
