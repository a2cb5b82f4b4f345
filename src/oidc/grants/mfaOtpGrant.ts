import type { TokenResponse } from '../issueTokens.ts';
import type { OidcParts } from '../parts.ts';
import { type DirectGrantRequest, required } from './directGrant.ts';
import { factorOfType, redeemGrant } from './redeemGrant.ts';

/** Exchanges an `mfa_token` and a one-time password for tokens; also confirms a pending enrolment. */
export async function mfaOtpGrant(parts: OidcParts, request: DirectGrantRequest): Promise<TokenResponse> {
  required(request, 'mfa_token');
  const { response } = await redeemGrant(parts, request, {
    submission: { factor: factorOfType(parts, 'otp'), proof: required(request, 'otp') },
    events: { succeeded: 'seotpft', failed: 'feotpft' },
    wrongProof: 'Invalid otp_code.',
  });
  return response;
}
