import { addressBudgetKey } from '../config/networkAddress.ts';
import type { RequestContext } from '../config/requestContext.ts';
import { newId } from '../crypto/ids.ts';
import type { Db } from '../database/database.ts';
import { type Limit, spend } from '../database/throttle.ts';
import { recordEvent } from '../logs/tenantLog.ts';
import type { TenantSettings } from '../tenant/tenantSettings.ts';
import { currentLock, peekAddress, recordAddressFailure } from './attempts.ts';
import type { Factor } from './factor.ts';
import type { AuthenticationMethod } from './methods.ts';
import type { EngineParts, EngineUser } from './parts.ts';
import type { FactorRegistry } from './registry.ts';
import type { ChallengeShown } from './showChallenge.ts';
import { type Proof, type Refusal, refuse } from './transaction.ts';

/** Challenges made for one address; each is a row. */
const addressLimit: Limit = { name: 'first-factor-challenges', burst: 500, refillSeconds: 2 };

/** A person signed in by a factor alone, without a password. */
export interface SignedIn {
  outcome: 'signed-in';
  userId: string;
  proofs: Proof[];
}

/** What a browser answered. */
export interface FirstFactorAnswer {
  interactionId: string;
  /** Whose accounts sign in here. */
  connection: string;
  answer: unknown;
}

type FirstFactor = Factor & Required<Pick<Factor, 'firstFactor'>>;

/** Whether somebody may sign in by a factor alone. */
export function hasFirstFactor(registry: FactorRegistry, settings: TenantSettings): boolean {
  return firstFactors(registry, settings).length > 0;
}

/** Makes the challenge that anybody's factor may answer, for a browser's interaction; it voids the one before. */
export async function showFirstFactor(
  parts: EngineParts,
  interactionId: string,
  context: RequestContext,
): Promise<ChallengeShown | Refusal> {
  return parts.database.transaction(async (trx): Promise<ChallengeShown | Refusal> => {
    const settings = await parts.settings(trx);
    const [factor] = firstFactors(parts.registry, settings);
    if (!factor) return refuse('factor_disabled');
    const budget = await spend(trx, parts.clock, addressLimit, addressBudgetKey(context.ip));
    if (!budget.allowed) return refuse('rate_limited', budget);
    const { user: _, ...anybody } = parts.factorContext(trx, factor, settings, nobody, context);
    const { shown, ...made } = factor.firstFactor.showChallenge(anybody);
    await parts.challenges.create(trx, {
      id: newId('chl', parts.clock),
      transactionId: passageOf(interactionId),
      userId: nobody.id,
      factor: factor.name,
      made,
    });
    return { outcome: 'shown', shown };
  });
}

/**
 * Judges the answer to that challenge. Single use. A signature can't be guessed, so what is wrong counts
 * against the address and never against a person: who has seen the id of their credential can't lock them out
 * (S-19), and learns nothing by it (S-82).
 */
export async function signInByFirstFactor(
  parts: EngineParts,
  { interactionId, connection, answer }: FirstFactorAnswer,
  context: RequestContext,
): Promise<SignedIn | Refusal> {
  return parts.database.transaction(async (trx): Promise<SignedIn | Refusal> => {
    const settings = await parts.settings(trx);
    const factors = firstFactors(parts.registry, settings);
    const [first] = factors;
    if (!first) return refuse('factor_disabled');
    const proof: unknown = first.parseProof(answer);
    if (proof === undefined) return refuse('malformed_proof');
    const budget = await peekAddress(trx, parts.clock, context.ip);
    if (!budget.allowed) return refuse('rate_limited', budget);
    const found = await parts.challenges.find(trx, passageOf(interactionId), 'latest');
    if (found.outcome !== 'open') return refuse('challenge_expired');
    const { challenge } = found;
    if (!(await parts.challenges.spendAttempt(trx, challenge.id))) return refuse('challenge_expired');

    const fail = async (about: Omit<Parameters<typeof record>[4], 'isGood'>, factor: Factor = first) => {
      await recordAddressFailure(trx, parts.clock, context.ip);
      await record(parts, trx, factor, context, about);
      return refuse('invalid_proof');
    };
    const method = await parts.methods.findByClaim(trx, first.firstFactor.claimOf(proof));
    const user = method && (await parts.findUser(trx, method.userId));
    const factor = factors.find(({ name }) => name === method?.factor);
    if (!method || !user || user.blocked || user.connection !== connection || !factor) {
      return fail({ detail: 'unknown_credential' });
    }
    const factorContext = parts.factorContext(trx, factor, settings, user, context);
    const judgement = await factor.verify(factorContext, method.state, proof, challenge.state);
    const { detail } = judgement;
    if (!judgement.good) return fail({ user, method, detail }, factor);
    const lock = await currentLock(trx, parts.clock, settings, user.id);
    if (lock) return refuse('locked', lock);
    const isFirst =
      (await parts.challenges.consume(trx, challenge.id)) &&
      (await parts.methods.accept(trx, method, judgement.state, { ...context, now: parts.clock() }));
    if (!isFirst) return fail({ user, method, detail: 'used' }, factor);
    await record(parts, trx, factor, context, { user, method, detail, isGood: true });
    const { evidence } = judgement;
    const given: Proof = {
      factor: factor.name,
      methodId: method.id,
      ...(evidence ? { evidence } : {}),
      isSignIn: true,
      at: parts.clock(),
    };
    return { outcome: 'signed-in', userId: user.id, proofs: [given] };
  });
}

/** Whose challenges these are; no id of a transaction looks so, hence neither takes the other's. */
function passageOf(interactionId: string): string {
  return `first-factor:${interactionId}`;
}

const nobody: EngineUser = {
  id: '',
  email: '',
  emailVerified: false,
  connection: '',
  blocked: false,
  createdAt: 0,
  isPasswordByMail: false,
  proofsVoidBefore: 0,
};

function firstFactors(registry: FactorRegistry, settings: TenantSettings): FirstFactor[] {
  if (!settings.passkeySignIn) return [];
  return registry
    .enabled(settings)
    .filter((factor): factor is FirstFactor => factor.firstFactor !== undefined);
}

function record(
  { clock }: EngineParts,
  trx: Db,
  factor: Factor,
  context: RequestContext,
  about: {
    user?: EngineUser;
    method?: AuthenticationMethod;
    detail?: string | undefined;
    isGood?: boolean;
  },
): Promise<void> {
  const { user, method, detail, isGood = false } = about;
  const authenticator = { type: factor.name, ...(method ? { id: method.id } : {}) };
  return recordEvent(trx, clock, {
    type: isGood ? factor.events.succeeded : factor.events.failed,
    ...(user ? { userId: user.id, userName: user.email, connection: user.connection } : {}),
    ip: context.ip,
    userAgent: context.userAgent,
    details: { authenticator, ...(detail === undefined ? {} : { reason: detail }) },
  });
}
