import type { TokenResponse } from '../issueTokens.ts';
import type { OidcParts } from '../parts.ts';
import { type DirectGrantRequest, required } from './directGrant.ts';
import { factorOfType, redeemGrant } from './redeemGrant.ts';

/** Exchanges an `mfa_token` and a recovery code for tokens and the code that replaces it. */
export async function mfaRecoveryCodeGrant(
  parts: OidcParts,
  request: DirectGrantRequest,
): Promise<TokenResponse> {
  required(request, 'mfa_token');
  const { response, reveal } = await redeemGrant(parts, request, {
    submission: { factor: factorOfType(parts, 'recovery-code'), proof: required(request, 'recovery_code') },
    events: { succeeded: 'sercft', failed: 'fercft' },
    wrongProof: 'MFA Authorization rejected.',
  });
  return {
    ...response,
    ...(reveal?.recoveryCode === undefined ? {} : { recovery_code: reveal.recoveryCode }),
  };
}
