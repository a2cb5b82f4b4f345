import type { FactorContext } from '../../mfa/factor.ts';
import type { RelyingParty } from '../../webauthn/relyingParty.ts';
import type { CommonWebauthnSettings } from './settings.ts';

/** Whom credentials are for: the domain that the operator set, else the host of the pages. */
export function relyingPartyOf({
  origin,
  issuer,
  settings,
}: Pick<FactorContext<CommonWebauthnSettings>, 'origin' | 'issuer' | 'settings'>): RelyingParty {
  return { id: settings.relyingPartyIdentifier || new URL(origin).hostname, name: issuer, origin };
}
