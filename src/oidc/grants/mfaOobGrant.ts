import type { TokenResponse } from '../issueTokens.ts';
import type { OidcParts } from '../parts.ts';
import { type DirectGrantRequest, required } from './directGrant.ts';
import { redeemGrant } from './redeemGrant.ts';

/** Exchanges an `mfa_token` and the answer to an out-of-band challenge for tokens (reference 2.6). */
export async function mfaOobGrant(parts: OidcParts, request: DirectGrantRequest): Promise<TokenResponse> {
  required(request, 'mfa_token');
  const oobCode = required(request, 'oob_code');
  const { response } = await redeemGrant(parts, request, {
    submission: { challenge: { oobCode }, proof: request.fields.binding_code },
    events: { succeeded: 'seoobft', failed: 'feoobft' },
    wrongProof: 'Invalid binding_code.',
    proofParameter: 'binding_code',
  });
  return response;
}
