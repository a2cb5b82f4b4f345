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
  const known = await readPerson(parts, transactionId);
  const requirement = known?.transaction.requirement;
  if (!known || requirement?.kind !== 'challenge') return [];
  const { settings, methods } = known;
  const { factors } = requirement;
  return parts.registry
    .enabled(settings)
    .filter(({ name }) => factors.includes(name))
    .flatMap((factor) => choicesOfFactor(factor, usableMethods(parts, settings, factor, methods)));
}

/** Names of the factors that the person set up and that are off now, strongest first. */
export async function switchedOffFor(parts: EngineParts, transactionId: string): Promise<string[]> {
  const known = await readPerson(parts, transactionId);
  if (!known) return [];
  const enrolled = new Set(
    known.methods.filter(({ isConfirmed }) => isConfirmed).map(({ factor }) => factor),
  );
  return parts.registry.all
    .filter((factor) => enrolled.has(factor.name) && !parts.registry.isEnabled(factor, known.settings))
    .map(({ name }) => name);
}

async function readPerson(parts: EngineParts, transactionId: string) {
  const { db } = parts.database;
  const transaction = await parts.transactions.find(db, transactionId);
  const user = transaction && (await parts.findUser(db, transaction.userId));
  if (!user) return undefined;
  const settings = await parts.settings(db);
  return { transaction, settings, methods: await parts.methodsOf(db, user, settings) };
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
