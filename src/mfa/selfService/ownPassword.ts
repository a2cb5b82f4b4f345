import type { RequestContext } from '../../config/requestContext.ts';
import type { Db } from '../../database/database.ts';
import type { EngineParts } from '../parts.ts';
import { isOpen } from '../transaction.ts';
import { openPassage } from './beginOwn.ts';
import { findPassage } from './confirmOwn.ts';
import { inOwnAccount, objectionTo, openOwnAccount } from './ownAccount.ts';
import { type OwnRefusal, refuseOwn } from './ownRefusal.ts';
import type { Caller } from './selfServiceDesk.ts';

/** Begins to change one's password, on as fresh a proof as the strongest of one's factors asks for. */
export function beginPassword(
  parts: EngineParts,
  caller: Caller,
  context: RequestContext,
): Promise<{ outcome: 'begun'; authSession: string } | OwnRefusal> {
  return inOwnAccount(
    parts,
    caller,
    context,
    async (account): Promise<{ outcome: 'begun'; authSession: string } | OwnRefusal> => {
      const objection = objectionTo(account);
      if (objection) return objection;
      const opened = await openPassage(account, { kind: 'none' }, { kind: 'password' });
      return opened.outcome === 'refused' ? opened : { outcome: 'begun', authSession: opened.authSession };
    },
  );
}

/** Spends that, once; judged as things are now, in the caller's database transaction. Undefined when it may be. */
export async function spendPassword(
  parts: EngineParts,
  trx: Db,
  caller: Caller,
  authSession: string,
  context: RequestContext,
): Promise<OwnRefusal | undefined> {
  const account = await openOwnAccount(parts, trx, caller, context);
  const transaction = account && (await findPassage(parts, trx, caller, authSession, 'password'));
  if (!account || !transaction) return refuseOwn('not_found');
  if (!isOpen(transaction.state)) return refuseOwn('expired');
  const objection = objectionTo(account);
  if (objection) return objection;
  const isFirst = await parts.transactions.move(trx, transaction.id, 'completed', {}, ['pending']);
  return isFirst ? undefined : refuseOwn('expired');
}
