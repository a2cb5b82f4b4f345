import type { TenantSettings } from '../../tenant/tenantSettings.ts';
import type { Factor } from '../factor.ts';
import type { AuthenticationMethod } from '../methods.ts';
import type { EngineParts } from '../parts.ts';
import { isReached } from '../sends/isReached.ts';

/** One way to answer a challenge. */
export interface Choice {
  factor: string;
  /** Which of the person's methods is asked; absent where the factor asks all of them at once. */
  methodId?: string;
  /** What tells the methods apart, masked: the names that people gave them, else what their factor says of them. */
  names: readonly string[];
}

/** What would answer a transaction's challenge by the settings as they are now, the method used last at the head. */
export async function choicesFor(parts: EngineParts, transactionId: string): Promise<Choice[]> {
  const { db } = parts.database;
  const transaction = await parts.transactions.find(db, transactionId);
  if (transaction?.requirement.kind !== 'challenge') return [];
  const user = await parts.findUser(db, transaction.userId);
  if (!user) return [];
  const settings = await parts.settings(db);
  const methods = await parts.methodsOf(db, user, settings);
  const demanded = transaction.requirement.factors;
  return parts.registry
    .enabled(settings)
    .filter(({ name }) => demanded.includes(name))
    .flatMap((factor) => choicesOfFactor(factor, usableMethods(parts, settings, factor, methods)));
}

function usableMethods(
  { registry }: EngineParts,
  settings: TenantSettings,
  factor: Factor,
  methods: readonly AuthenticationMethod[],
): AuthenticationMethod[] {
  return methods
    .filter(({ isConfirmed, factor: name }) => isConfirmed && name === factor.name)
    .filter(({ state }) => isReached(registry, settings, factor, state))
    .sort((a, b) => (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0));
}

function choicesOfFactor(factor: Factor, methods: readonly AuthenticationMethod[]): Choice[] {
  const { name, beginChallenge } = factor;
  if (methods.length === 0) return [];
  const named = methods.map((method) => ({ methodId: method.id, names: namesOf(factor, method) }));
  if (beginChallenge) return named.map((one) => ({ factor: name, ...one }));
  return [{ factor: name, names: [...new Set(named.flatMap(({ names }) => names))] }];
}

/** What its person calls a method, and what the factor says of it. */
export function namesOf(factor: Factor, { label, state }: AuthenticationMethod): string[] {
  const { name } = factor.describe(state);
  return [...new Set([label, name].filter((one) => one !== undefined))];
}
