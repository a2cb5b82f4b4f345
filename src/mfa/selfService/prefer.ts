import { preferFactor } from '../../accounts/users.ts';
import type { RequestContext } from '../../config/requestContext.ts';
import type { EngineParts } from '../parts.ts';
import { recordAct } from '../userAct.ts';
import { inOwnAccount, objectionTo } from './ownAccount.ts';
import { type OwnRefusal, refuseOwn } from './ownRefusal.ts';
import { personOf } from './personOf.ts';
import type { Caller } from './selfServiceDesk.ts';

/**
 * Chooses the factor that one is asked for first, among those that one has, or leaves that open. It changes no
 * demand, and needs what a change of that factor needs (S-40).
 */
export function prefer(
  parts: EngineParts,
  caller: Caller,
  wanted: string | undefined,
  context: RequestContext,
): Promise<{ outcome: 'preferred' } | OwnRefusal> {
  return inOwnAccount(
    parts,
    caller,
    context,
    async (account): Promise<{ outcome: 'preferred' } | OwnRefusal> => {
      const { trx, user, methods } = account;
      const factor = parts.registry.get(wanted ?? user.preferredFactor ?? '');
      if (!factor) return wanted === undefined ? { outcome: 'preferred' } : refuseOwn('not_found');
      const has = methods.some(({ factor: name, isConfirmed }) => name === factor.name && isConfirmed);
      // What merely stands by for lost ones comes last, whatever one likes.
      if (wanted !== undefined && (!has || factor.enrolment !== 'by-person')) return refuseOwn('not_found');
      const objection = objectionTo(account, factor);
      if (objection) return objection;
      await preferFactor(trx, parts.clock, user.id, wanted);
      await recordAct(parts, trx, user, personOf(caller), context, {
        type: 'gd_update_device_account',
        details: { preferred_factor: wanted ?? null },
      });
      return { outcome: 'preferred' };
    },
  );
}
