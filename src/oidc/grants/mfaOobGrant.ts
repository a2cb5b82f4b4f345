import { readCompletion } from '../../mfa/completionToken.ts';
import type { TokenResponse } from '../issueTokens.ts';
import type { OidcParts } from '../parts.ts';
import { type DirectGrantRequest, required } from './directGrant.ts';
import { redeemGrant } from './redeemGrant.ts';

/**
 * Exchanges an `mfa_token` and the answer to an out-of-band challenge for tokens. Where a page
 * with auth0-guardian-js had it answered, the `oob_code` is the signature that the page got.
 */
export async function mfaOobGrant(parts: OidcParts, request: DirectGrantRequest): Promise<TokenResponse> {
  required(request, 'mfa_token');
  const oobCode = required(request, 'oob_code');
  const provedId = await readCompletion(parts, oobCode);
  const { response, reveal } = await redeemGrant(parts, request, {
    submission:
      provedId === undefined ? { challenge: { oobCode }, proof: request.fields.binding_code } : { provedId },
    events: { succeeded: 'seoobft', failed: 'feoobft' },
    wrongProof: 'Invalid binding_code.',
    proofParameter: 'binding_code',
  });
  return {
    ...response,
    ...(reveal?.recoveryCode === undefined ? {} : { recovery_code: reveal.recoveryCode }),
  };
}
