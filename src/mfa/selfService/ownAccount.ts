import type { RequestContext } from '../../config/requestContext.ts';
import type { Db } from '../../database/database.ts';
import type { ThrottleResult } from '../../database/throttle.ts';
import type { TenantSettings } from '../../tenant/tenantSettings.ts';
import { standingOf, stillStands, vouchesFor, vouchingMs } from '../assurance.ts';
import { currentLock, holdUser } from '../attempts.ts';
import { isFirstFactor } from '../authenticationContext.ts';
import { isInForce } from '../decideNow.ts';
import type { Factor } from '../factor.ts';
import { hasOwnMethod } from '../hasOwnMethod.ts';
import type { AuthenticationMethod } from '../methods.ts';
import type { EngineParts, EngineUser } from '../parts.ts';
import type { Proof } from '../transaction.ts';
import { type OwnRefusal, refuseOwn } from './ownRefusal.ts';
import type { Caller } from './selfServiceDesk.ts';

/** A person's account while they change something about it: all that was read in the same database transaction. */
export interface OwnAccount {
  parts: EngineParts;
  trx: Db;
  caller: Caller;
  user: EngineUser;
  settings: TenantSettings;
  /** Those that need no enrolment included. */
  methods: readonly AuthenticationMethod[];
  /** Their second factors are locked until then. */
  lock?: ThrottleResult;
  context: RequestContext;
}

/** One database transaction on one's own account, in which nothing else of this person changes. */
export function inOwnAccount<Result>(
  parts: EngineParts,
  caller: Caller,
  context: RequestContext,
  act: (account: OwnAccount) => Promise<Result | OwnRefusal>,
): Promise<Result | OwnRefusal> {
  return parts.database.transaction(async (trx) => {
    const account = await openOwnAccount(parts, trx, caller, context);
    return account ? act(account) : refuseOwn('not_found');
  });
}

/** Likewise, in the caller's database transaction; undefined for who is gone or blocked. */
export async function openOwnAccount(
  parts: EngineParts,
  trx: Db,
  caller: Caller,
  context: RequestContext,
): Promise<OwnAccount | undefined> {
  if (!(await parts.findUser(trx, caller.userId))) return undefined;
  await holdUser(trx, caller.userId);
  const user = await parts.findUser(trx, caller.userId);
  if (!user || user.blocked) return undefined;
  const settings = await parts.settings(trx);
  const methods = await parts.methodsOf(trx, user, settings);
  const lock = await currentLock(trx, parts.clock, settings, user.id);
  return { parts, trx, caller, user, settings, methods, context, ...(lock ? { lock } : {}) };
}

/** Whether the person has something to prove before they change anything. */
export function isEnrolled({ parts, methods }: Pick<OwnAccount, 'parts' | 'methods'>): boolean {
  return hasOwnMethod(parts.registry, methods);
}

/**
 * Why the caller's proofs don't reach for a change about this factor, or about the account as a whole (S-40): who
 * has a second factor must have proved one as good within the last five minutes; who has none, must have signed in
 * as recently. Under a lock nothing is changed, whatever was proved before it (S-20).
 */
export function objectionTo(
  account: OwnAccount,
  changed: Factor | undefined = hardestFactor(account),
): OwnRefusal | undefined {
  const { parts, caller, lock } = account;
  if (lock) return refuseOwn('locked', lock);
  const proofs = proofsInForce(account);
  const standing = standingOf(parts, { ...account, proofs: caller.proofs });
  if (changed && isEnrolled(account)) {
    return vouchesFor(changed, proofs, standing, parts.clock()) ? undefined : refuseOwn('weak_proof');
  }
  const isFresh = proofs.some(
    (proof) =>
      proof.at >= parts.clock() - vouchingMs && (isFirstFactor(proof) || stillStands(proof, standing)),
  );
  return isFresh ? undefined : refuseOwn('stale_sign_in');
}

/** The factor that is asked most for, of what the person has enrolled. */
function hardestFactor({ parts, methods }: OwnAccount): Factor | undefined {
  const enrolled = methods.filter(({ isConfirmed, isImplicit }) => isConfirmed && !isImplicit);
  return enrolled
    .flatMap(({ factor }) => parts.registry.get(factor) ?? [])
    .toSorted((one, other) => other.assurance.level - one.assurance.level)[0];
}

function proofsInForce({ caller, user }: OwnAccount): Proof[] {
  return caller.proofs.filter((proof) => isInForce(proof, user));
}
