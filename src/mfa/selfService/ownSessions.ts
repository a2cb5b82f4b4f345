import { endSessions } from '../../accounts/endSessions.ts';
import { endSession } from '../../accounts/sessionsOfPerson.ts';
import { voidProofs } from '../../accounts/users.ts';
import type { RequestContext } from '../../config/requestContext.ts';
import { endTransactions } from '../endTransactions.ts';
import type { EngineParts } from '../parts.ts';
import { recordAct } from '../userAct.ts';
import { inOwnAccount } from './ownAccount.ts';
import { type OwnRefusal, refuseOwn } from './ownRefusal.ts';
import { personOf } from './personOf.ts';
import type { Caller } from './selfServiceDesk.ts';

type Ended = { outcome: 'ended' };

/** Signs the person out in one browser. Refresh tokens that were granted there live on, as at a logout. */
export function endOwnSession(
  parts: EngineParts,
  caller: Caller,
  sessionId: string,
  context: RequestContext,
): Promise<Ended | OwnRefusal> {
  return inOwnAccount(parts, caller, context, async ({ trx, user }): Promise<Ended | OwnRefusal> => {
    if (!(await endSession(trx, parts.vault, user.id, sessionId))) return refuseOwn('not_found');
    const event = { type: 'slo', details: { session: sessionId } };
    await recordAct(parts, trx, user, personOf(caller), context, event);
    return { outcome: 'ended' };
  });
}

/**
 * Signs the person out everywhere: sessions, refresh tokens, sign-ins under way. What was proved so far counts no
 * more, so that tokens of this server's own APIs end as well.
 */
export function endOwnSessions(
  parts: EngineParts,
  caller: Caller,
  context: RequestContext,
): Promise<Ended | OwnRefusal> {
  return inOwnAccount(parts, caller, context, async ({ trx, user }): Promise<Ended> => {
    await endSessions(trx, user.id);
    await endTransactions(parts, trx, user.id);
    await voidProofs(trx, parts.clock, user.id);
    const event = { type: 'slo', description: 'Signed out everywhere' };
    await recordAct(parts, trx, user, personOf(caller), context, event);
    return { outcome: 'ended' };
  });
}
