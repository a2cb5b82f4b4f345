import type { Factor } from '../../mfa/factor.ts';
import type { FactorRegistry } from '../../mfa/registry.ts';

/** The types of this contract; a factor that it doesn't know goes by its Management API name. */
export const methodTypes = [
  'password',
  'passkey',
  'webauthn-platform',
  'webauthn-roaming',
  'totp',
  'phone',
  'email',
  'push-notification',
  'recovery-code',
] as const;

/** What methods of a factor are called here. */
export function typeOf({ wire }: Factor): string {
  return wire.myAccountType ?? wire.methodType;
}

/** The factor whose methods are called so. */
export function factorOf(registry: FactorRegistry, type: string): Factor | undefined {
  return registry.all.find((factor) => typeOf(factor) === type);
}

/** A method's id here: its type in front, `phone|dev_…`. */
export function publicIdOf(factor: Factor, methodId: string): string {
  return `${typeOf(factor)}${methodId.slice(factor.wire.idPrefix.length)}`;
}

/** The method that an id here names; no method's where its type is none. */
export function readPublicId(registry: FactorRegistry, id: string): string {
  const type = typeInId(id);
  const factor = factorOf(registry, type);
  return factor ? `${factor.wire.idPrefix}${id.slice(type.length)}` : id;
}

/** What stands in front of an id. */
export function typeInId(id: string): string {
  return id.split('|', 1)[0] ?? '';
}
