import type { TokenResponse } from '../issueTokens.ts';
import { OAuthError } from '../oauthError.ts';
import type { OidcParts } from '../parts.ts';
import { type DirectGrantRequest, required } from './directGrant.ts';
import { factorOfType, redeemGrant } from './redeemGrant.ts';

/** Exchanges an `mfa_token` and the answer to an out-of-band challenge for tokens (reference 2.6). */
export async function mfaOobGrant(parts: OidcParts, request: DirectGrantRequest): Promise<TokenResponse> {
  required(request, 'mfa_token');
  const oobCode = required(request, 'oob_code');
  // Without a factor that sends something, no oob_code was ever handed out.
  const mismatch = new OAuthError(400, 'invalid_request', "The oob_code doesn't match the mfa_token");
  const { response } = await redeemGrant(parts, request, {
    submission: { factor: factorOfType(parts, 'oob', mismatch), oobCode, proof: request.fields.binding_code },
    events: { succeeded: 'seoobft', failed: 'feoobft' },
    wrongProof: 'Invalid binding_code.',
  });
  return response;
}
