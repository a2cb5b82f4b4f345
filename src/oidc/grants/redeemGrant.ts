import { findUserById } from '../../accounts/users.ts';
import type { Client } from '../../applications/client.ts';
import { randomToken } from '../../crypto/random.ts';
import type { Completed } from '../../mfa/complete.ts';
import type { FactorWireNames, Shown } from '../../mfa/factor.ts';
import type { ExchangeEvents, ProvedElsewhere, Redeemed } from '../../mfa/redeem.ts';
import type { Submission } from '../../mfa/submit.ts';
import type { Proof } from '../../mfa/transaction.ts';
import { requireApi } from '../apis.ts';
import { words } from '../decisionInput.ts';
import { completeRefresh } from '../interruptedRefresh.ts';
import { grantedScopes, issueTokens, type TokenResponse } from '../issueTokens.ts';
import { mfaRequired } from '../mfaRequired.ts';
import { OAuthError, refusals } from '../oauthError.ts';
import type { OidcParts } from '../parts.ts';
import type { InterruptedRefresh } from '../refreshPolicy.ts';
import { type DirectGrantRequest, required } from './directGrant.ts';
import type { InterruptedPasswordGrant } from './passwordGrant.ts';

/**
 * The name of the factor whose proofs an MFA grant takes: grant types are called after authenticator types.
 *
 * @throws OAuthError when this server has no such factor.
 */
export function factorOfType(
  { engine }: OidcParts,
  authenticatorType: FactorWireNames['authenticatorType'],
  refusal = () => new OAuthError(400, 'unsupported_challenge_type', 'This factor is not available.'),
): string {
  const factor = engine.registry.all.find(({ wire }) => wire.authenticatorType === authenticatorType);
  if (!factor) throw refusal();
  return factor.name;
}

/** What sets one MFA grant apart from another. */
export interface ProofGrant {
  submission: Submission | ProvedElsewhere;
  events: ExchangeEvents;
  /** Answer to a wrong proof: its description is contract. */
  wrongProof: string;
  /** The proof's parameter, where only the challenge tells whether it must be there. */
  proofParameter?: string;
}

/**
 * What every MFA grant does: has the engine judge the proof and spend the transaction, then makes the
 * tokens that were asked for before. `scope` and `audience` of this request count for nothing (S-27).
 */
export async function redeemGrant(
  parts: OidcParts,
  request: DirectGrantRequest,
  grant: ProofGrant,
): Promise<{ response: TokenResponse; reveal: Shown | undefined }> {
  const { client, context } = request;
  const mfaToken = required(request, 'mfa_token');
  const { submission, events } = grant;
  const redemption = { mfaToken, clientId: client.clientId, submission, events };
  const redeemed = await parts.engine.redeem(redemption, context);
  if (redeemed.outcome === 'pending') {
    throw mfaRequired(mfaToken, redeemed.requirement, parts.engine.registry);
  }
  if (redeemed.outcome === 'refused') throw refusalOf(redeemed, grant);
  return { response: await answer(parts, client, redeemed, request.grantType), reveal: redeemed.reveal };
}

async function answer(
  parts: OidcParts,
  client: Client,
  completed: Completed,
  grantType: string,
): Promise<TokenResponse> {
  const user = await findUserById(parts.database.db, completed.userId);
  if (!user) throw new OAuthError(403, 'access_denied', 'The user does not exist any more.');
  const asked = completed.request as unknown as InterruptedRefresh | InterruptedPasswordGrant;
  if (asked.kind === 'refresh') return completeRefresh(parts, client, user, asked, completed.proofs);
  const api = asked.audience === undefined ? undefined : await requireApi(parts, asked.audience);
  return issueTokens(parts, {
    client,
    user,
    api,
    scopes: grantedScopes(client, api, words(asked.scope)),
    proofs: completed.proofs,
    acrValues: [],
    authTime: signedInAt(completed.proofs) ?? parts.nowSeconds(),
    sid: randomToken(16),
    grantType,
  });
}

/** When the first factor was proved, seconds since the epoch. */
function signedInAt(proofs: readonly Proof[]): number | undefined {
  const [first] = proofs;
  return first && Math.floor(first.at / 1000);
}

type RefusedRedemption = Extract<Redeemed, { outcome: 'refused' }>;

function refusalOf(refusal: RefusedRedemption, grant: ProofGrant): OAuthError {
  const { wrongProof, proofParameter, submission } = grant;
  switch (refusal.code) {
    case 'invalid_proof':
      return new OAuthError(403, 'invalid_grant', wrongProof);
    case 'malformed_proof':
      if (proofParameter !== undefined && 'proof' in submission && submission.proof === undefined)
        return refusals.missingParameter(proofParameter);
      return new OAuthError(400, 'invalid_grant', wrongProof);
    case 'malformed_token':
      return new OAuthError(401, 'invalid_grant', 'Malformed mfa_token');
    case 'expired_token':
    case 'expired':
      return new OAuthError(401, 'expired_token', 'mfa_token is expired');
    case 'foreign_token':
      return new OAuthError(400, 'invalid_request', 'mfa_token not issued to this client');
    case 'locked':
      return new OAuthError(
        429,
        'too_many_attempts',
        'Too many failed second factors. Please try again later.',
        {},
        refusal.throttle,
      );
    case 'rate_limited':
      return new OAuthError(
        429,
        'too_many_requests',
        'Too many requests. Please try again later.',
        {},
        refusal.throttle,
      );
    case 'nothing_enrolled':
      return new OAuthError(400, 'association_required', 'The user has no authenticator of this kind.');
    case 'unsupported':
    case 'factor_disabled':
      return new OAuthError(400, 'unsupported_challenge_type', 'This factor is not available.');
    case 'wrong_challenge':
      return new OAuthError(400, 'invalid_request', "The oob_code doesn't match the mfa_token");
    case 'challenge_expired':
      return new OAuthError(401, 'expired_token', 'oob_code is expired');
    case 'answer_pending':
      return new OAuthError(
        400,
        'authorization_pending',
        'Authorization pending: please repeat the request in a few seconds.',
      );
    case 'polled_too_fast':
      return new OAuthError(400, 'slow_down', 'You are polling faster than every 5 seconds.');
    case 'answer_denied':
      return new OAuthError(400, 'invalid_grant', 'MFA Authorization rejected.');
    case 'answer_replaced':
      return new OAuthError(
        400,
        'invalid_grant',
        'A newer request to the same user took the place of this one.',
      );
    case 'too_many_sends':
    case 'malformed_input':
    case 'destination_refused':
    case 'weak_proof':
    case 'service_unavailable':
    case 'not_removable':
    case 'not_found':
    case 'not_allowed':
    case 'already_enrolled':
    case 'too_many_methods':
      return new OAuthError(403, 'access_denied', 'The request was denied.');
  }
}
