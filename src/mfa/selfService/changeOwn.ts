import type { RequestContext } from '../../config/requestContext.ts';
import { cutMethodName, plainMethodName } from '../methodName.ts';
import { type MethodView, viewOf } from '../methodViews.ts';
import type { EngineParts } from '../parts.ts';
import { recordAct } from '../userAct.ts';
import { inOwnAccount, objectionTo } from './ownAccount.ts';
import { type OwnRefusal, refuseOwn } from './ownRefusal.ts';
import { personOf } from './personOf.ts';
import type { Caller, OwnChange } from './selfServiceDesk.ts';

/** Names one of one's methods, or chooses by which channel its codes come at first (S-40). */
export function changeOwn(
  parts: EngineParts,
  caller: Caller,
  methodId: string,
  { label, channel }: OwnChange,
  context: RequestContext,
): Promise<{ outcome: 'changed'; method: MethodView } | OwnRefusal> {
  return inOwnAccount(
    parts,
    caller,
    context,
    async (account): Promise<{ outcome: 'changed'; method: MethodView } | OwnRefusal> => {
      const { trx, settings, user } = account;
      const method = account.methods.find(({ id, isConfirmed }) => id === methodId && isConfirmed);
      const factor = method && parts.registry.get(method.factor);
      if (!factor) return refuseOwn('not_found');
      if (method.isImplicit) return refuseOwn('not_removable');
      const objection = objectionTo(account, factor);
      if (objection) return objection;
      if (channel !== undefined) {
        const isOn = parts.registry.channelsOf(factor, settings)?.includes(channel);
        if (!factor.preferChannel || !isOn) return refuseOwn('unsupported');
        const state = factor.preferChannel(method.state, channel);
        if (!(await parts.methods.change(trx, method, state))) throw new Error('A held method changed.');
      }
      if (label !== undefined) {
        const name = cutMethodName(plainMethodName(label));
        // There is one of what stands by, and nothing to tell it from.
        if (factor.enrolment !== 'by-person') return refuseOwn('unsupported');
        if (name === '') return refuseOwn('malformed_input');
        await parts.methods.label(trx, method, name);
      }
      await recordAct(parts, trx, user, personOf(caller), context, {
        type: 'gd_update_device_account',
        details: { authenticator: { id: method.id, type: factor.name } },
      });
      const changed = (await parts.methodsOf(trx, user, settings)).find(({ id }) => id === methodId);
      return { outcome: 'changed', method: viewOf(parts, settings, changed ?? method) };
    },
  );
}
