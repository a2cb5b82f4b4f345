import { randomToken } from '../../crypto/random.ts';
import type { Answerers, FactorContext, ShownChallenge } from '../../mfa/factor.ts';
import { creationOptions } from '../../webauthn/creationOptions.ts';
import type { Credential } from '../../webauthn/credential.ts';
import { requestOptions } from '../../webauthn/requestOptions.ts';
import type { Authenticator } from './authenticator.ts';
import type { Ceremony } from './ceremony.ts';
import { relyingPartyOf } from './relyingPartyOf.ts';
import { algorithmIds, type CommonWebauthnSettings } from './settings.ts';
import { isEnrolled, type WebauthnState } from './state.ts';

const lifetimeSeconds = 300;

/** Asks for a new credential, or for a signature by one of those that are there. */
export function showCeremony<Settings extends CommonWebauthnSettings>(
  authenticator: Authenticator<Settings>,
  context: FactorContext<Settings>,
  { purpose, states, confirmed }: Answerers<WebauthnState>,
): ShownChallenge {
  const challenge = randomToken();
  const { settings } = context;
  if (purpose === 'enrolment') {
    const known = confirmed.flatMap(({ state, label }) => (isEnrolled(state) ? { ...state, label } : []));
    const attestation = attestationAsked(settings);
    const asked = creationOptions({
      rp: relyingPartyOf(context),
      challenge,
      userHandle: states[0]?.userHandle ?? '',
      userName: context.user.email,
      exclude: known.map(({ credential }) => credential),
      attachment: authenticator.attachment,
      residentKey: authenticator.residentKey(settings),
      userVerification: authenticator.userVerification(settings),
      attestation: attestation === 'none' ? 'none' : 'direct',
      algorithms: algorithmIds(settings),
    });
    const takenNames = known.map(({ name, label }) => label ?? name);
    const ceremony: Ceremony = { kind: 'create', challenge, takenNames };
    return shownBy(ceremony, { ...asked, attestation });
  }
  const options = requestOptions({
    rp: relyingPartyOf(context),
    challenge,
    allow: usable(
      states.filter(isEnrolled).map(({ credential }) => credential),
      settings,
    ),
    userVerification: authenticator.userVerification(settings),
  });
  return shownBy({ kind: 'get', challenge }, options);
}

/** Asks for a signature by whatever credential the device holds for this server, by whoever is verified. */
export function showFirstFactor(
  context: Omit<FactorContext<CommonWebauthnSettings>, 'user'>,
): ShownChallenge {
  const challenge = randomToken();
  const options = requestOptions({
    rp: relyingPartyOf(context),
    challenge,
    allow: [],
    userVerification: 'required',
  });
  return shownBy({ kind: 'get', challenge, isFirstFactor: true }, options);
}

/** Nobody is led to one that would be refused, where they have another; an empty list would allow any. */
function usable(credentials: readonly Credential[], { allowSynced }: CommonWebauthnSettings) {
  const bound = allowSynced ? credentials : credentials.filter(({ isSynced }) => !isSynced);
  return bound.length > 0 ? bound : credentials;
}

/** Models are told apart by nothing else. */
function attestationAsked({ attestation, allowedModels }: CommonWebauthnSettings) {
  return attestation === 'none' && allowedModels.length > 0 ? 'direct' : attestation;
}

function shownBy(state: Ceremony, options: object): ShownChallenge {
  return { state, lifetimeSeconds, shown: { publicKey: JSON.stringify(options) } };
}
