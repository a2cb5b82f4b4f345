import type { Db } from '../database/database.ts';
import type { TenantSettings } from '../tenant/tenantSettings.ts';
import { knowsOrVerified } from './assuranceLevel.ts';
import type { AuthenticationMethod } from './methods.ts';
import type { EngineParts, EngineUser } from './parts.ts';
import { type Circumstances, decide } from './policy/decide.ts';
import { decideInvitation } from './policy/decideInvitation.ts';
import { reachesTaken } from './policy/reach.ts';
import { standingProofs } from './policy/standingProofs.ts';
import { withPreference } from './policy/withPreference.ts';
import type { Decision, DecisionInput, Proof } from './transaction.ts';

/** What the caller read already in the same database transaction. */
export interface Known {
  user: EngineUser | undefined;
  settings: TenantSettings;
  methods: readonly AuthenticationMethod[];
}

/** Collects the circumstances from the database as they are now (S-28, S-38) and decides. */
export async function decideNow(
  parts: EngineParts,
  db: Db,
  input: DecisionInput,
  known?: Partial<Known>,
): Promise<Decision> {
  const settings = known?.settings ?? (await parts.settings(db));
  const user = known?.user ?? (await parts.findUser(db, input.userId));
  const methods = known?.methods ?? (user ? await parts.methodsOf(db, user, settings) : []);
  const proofs = user ? input.proofs.filter((proof) => isInForce(proof, user)) : [];
  const isRememberedBrowser = await parts.browsers.recognises(db, settings, input);
  const now = parts.clock();
  const circumstances: Circumstances = {
    input: { ...input, proofs },
    settings,
    registry: parts.registry,
    methods,
    isRememberedBrowser,
    taken: reachesTaken(input.proofs, user ?? { isPasswordByMail: false }),
    isSignedIn: knowsOrVerified(input.proofs),
    now,
  };
  const verdict = input.enrols ? decideInvitation(circumstances, input.enrols) : decide(circumstances);
  const decision = { ...verdict, standing: standingProofs(input.proofs, circumstances) };
  return withPreference(decision, user?.preferredFactor);
}

/** Whether nothing has happened since that takes a proof its worth: a new password, a block, a reset. */
export function isInForce(proof: Proof, user: EngineUser): boolean {
  return proof.at >= user.proofsVoidBefore;
}
