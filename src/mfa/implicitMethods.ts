import type { Vault } from '../crypto/vault.ts';
import type { Factor } from './factor.ts';
import type { AuthenticationMethod } from './methods.ts';
import type { EngineUser } from './parts.ts';

/**
 * Adds what a person has without enrolment by the factors that are on, such as a verified address, unless
 * the same is enrolled and confirmed. The id stays the same from one look-up to the next and is nobody
 * else's.
 */
export function withImplicit(
  enabled: readonly Factor[],
  vault: Vault,
  user: EngineUser,
  stored: readonly AuthenticationMethod[],
): AuthenticationMethod[] {
  return [...stored, ...enabled.flatMap((factor) => implicitOf(factor, vault, user, stored))];
}

function implicitOf(
  factor: Factor,
  vault: Vault,
  user: EngineUser,
  stored: readonly AuthenticationMethod[],
): AuthenticationMethod[] {
  const { name, implicit } = factor;
  if (!implicit) return [];
  const own = stored.filter((method) => method.factor === name && method.isConfirmed);
  const enrolled = new Set(own.map(({ state }) => implicit.keyOf(state)));
  return implicit
    .statesFor(user)
    .filter((state) => !enrolled.has(implicit.keyOf(state)))
    .map((state) => ({
      id: idOf(vault, factor, user, implicit.keyOf(state)),
      userId: user.id,
      factor: name,
      state,
      revision: 0,
      isConfirmed: true,
      isImplicit: true,
      createdAt: user.createdAt,
    }));
}

/** In the form of enrolled methods' ids. */
function idOf(vault: Vault, { name, wire }: Factor, user: EngineUser, key: string): string {
  const hash = vault.hash(JSON.stringify([user.id, name, key]), 'implicit-method');
  return `${wire.idPrefix}|dev_${hash.replace(/[^A-Za-z0-9]/g, '').slice(0, 16)}`;
}
