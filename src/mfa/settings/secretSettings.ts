import type { TObject } from 'typebox';
import type { Vault } from '../../crypto/vault.ts';
import { type FactorSettings, settingProperties } from './settingProperties.ts';

type Sealing = Pick<Vault, 'encrypt' | 'decrypt'>;

/** A change of a factor's settings as it is stored: what the schema calls `secret` is sealed. */
export function sealSecrets(
  vault: Pick<Sealing, 'encrypt'>,
  { name, settings }: { name: string; settings: TObject },
  change: FactorSettings,
): FactorSettings {
  const secrets = new Set(secretMembers(settings));
  const sealed = Object.entries(change).map(([member, value]) => [
    member,
    secrets.has(member) && typeof value === 'string' ? vault.encrypt(value, contextOf(name)) : value,
  ]);
  return Object.fromEntries(sealed);
}

/** The text of a secret setting again. Empty stays empty: it was never set. */
export function unsealSetting(vault: Pick<Sealing, 'decrypt'>, factorName: string, sealed: string): string {
  return sealed === '' ? '' : vault.decrypt(sealed, contextOf(factorName));
}

/** The settings that are written, and never shown again. */
export function secretMembers(schema: TObject): string[] {
  return [...settingProperties(schema).values()]
    .filter(({ property }) => property.secret)
    .map(({ member }) => member);
}

/** Bound to the factor: what is sealed for one opens for no other. */
function contextOf(factorName: string): string {
  return `tenant_settings.settings:${factorName}`;
}
