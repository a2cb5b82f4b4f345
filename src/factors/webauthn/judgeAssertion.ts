import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import type { FactorContext, Judgement } from '../../mfa/factor.ts';
import { verifyAssertion } from '../../webauthn/verifyAssertion.ts';
import type { Authenticator } from './authenticator.ts';
import type { Ceremony } from './ceremony.ts';
import { evidenceOf } from './evidence.ts';
import { relyingPartyOf } from './relyingPartyOf.ts';
import type { CommonWebauthnSettings } from './settings.ts';
import type { EnrolledState, WebauthnState } from './state.ts';

/** Judges a signature by the stored credential, by what the operator demands now. */
export async function judgeAssertion<Settings extends CommonWebauthnSettings>(
  authenticator: Authenticator<Settings>,
  context: FactorContext<Settings>,
  state: EnrolledState,
  response: AuthenticationResponseJSON,
  { challenge, isFirstFactor }: Ceremony,
): Promise<Judgement<WebauthnState>> {
  const { settings } = context;
  const { credential, userHandle } = state;
  if (isFirstFactor && response.response.userHandle === undefined) return wrong('user_handle');
  const verified = await verifyAssertion(response, credential, {
    rp: relyingPartyOf(context),
    challenge,
    userHandle,
    userVerification: isFirstFactor ? 'required' : authenticator.userVerification(settings),
  });
  if ('fault' in verified) return wrong(verified.fault);
  const { counter, isBackedUp, isUserVerified, hasCounterRegressed } = verified;
  if (credential.isSynced && !settings.allowSynced) return wrong('synced');
  if (hasCounterRegressed && settings.counterRegression === 'refuse') return wrong('counter');
  // The higher one stays, so that a copy which lags behind is noticed every time.
  const used = { ...credential, counter: Math.max(counter, credential.counter), isBackedUp };
  return {
    good: true,
    state: { ...state, credential: used },
    evidence: evidenceOf(used, isUserVerified),
    ...(hasCounterRegressed ? { detail: 'counter' } : {}),
  };
}

function wrong(detail: string): Judgement<WebauthnState> {
  return { good: false, reason: 'wrong', detail };
}
