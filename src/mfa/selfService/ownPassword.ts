import type { RequestContext } from '../../config/requestContext.ts';
import type { Db } from '../../database/database.ts';
import { vouchingMs } from '../assurance.ts';
import { isInForce } from '../decideNow.ts';
import type { EngineParts } from '../parts.ts';
import { isOpen } from '../transaction.ts';
import { openPassage } from './beginOwn.ts';
import { findPassage } from './confirmOwn.ts';
import { hardestFactor, inOwnAccount, type OwnAccount, objectionTo, openOwnAccount } from './ownAccount.ts';
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
      const objection = objectionToPassword(account);
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
  const objection = objectionToPassword(account);
  if (objection) return objection;
  const isFirst = await parts.transactions.move(trx, transaction.id, 'completed', {}, ['pending']);
  return isFirst ? undefined : refuseOwn('expired');
}

function objectionToPassword(account: OwnAccount): OwnRefusal | undefined {
  const { parts, caller, user } = account;
  const factor = hardestFactor(account);
  if (factor) return objectionTo(account, factor);
  const isFresh = caller.proofs.some(
    (proof) => isInForce(proof, user) && proof.at >= parts.clock() - vouchingMs,
  );
  return isFresh ? undefined : refuseOwn('stale_sign_in');
}
