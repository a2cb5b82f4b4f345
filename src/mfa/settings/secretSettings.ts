import type { Vault } from '../../crypto/vault.ts';

type Sealing = Pick<Vault, 'encrypt' | 'decrypt'>;

/** A factor's setting whose schema says `secret: true`, as it is stored. */
export function sealSetting(vault: Pick<Sealing, 'encrypt'>, factorName: string, value: string): string {
  return vault.encrypt(value, contextOf(factorName));
}

/** Its text again. Empty stays empty: it was never set. */
export function unsealSetting(vault: Pick<Sealing, 'decrypt'>, factorName: string, sealed: string): string {
  return sealed === '' ? '' : vault.decrypt(sealed, contextOf(factorName));
}

/** Bound to the factor: what is sealed for one opens for no other. */
function contextOf(factorName: string): string {
  return `tenant_settings.settings:${factorName}`;
}
