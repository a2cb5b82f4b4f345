import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import type { FactorContext, Judgement } from '../../mfa/factor.ts';
import { cutMethodName, plainMethodName } from '../../mfa/methodName.ts';
import { readAaguid } from '../../webauthn/models/aaguid.ts';
import { findModel } from '../../webauthn/models/storedModels.ts';
import { verifyCreation } from '../../webauthn/verifyCreation.ts';
import type { Authenticator } from './authenticator.ts';
import type { Ceremony } from './ceremony.ts';
import { evidenceOf } from './evidence.ts';
import { numberedName } from './methodName.ts';
import { relyingPartyOf } from './relyingPartyOf.ts';
import { algorithmIds, type CommonWebauthnSettings } from './settings.ts';
import type { PendingState, WebauthnState } from './state.ts';

/** Judges the credential that an authenticator made, by what the operator demands now (S-58). */
export async function judgeCreation<Settings extends CommonWebauthnSettings>(
  authenticator: Authenticator<Settings>,
  context: FactorContext<Settings>,
  { userHandle }: PendingState,
  response: RegistrationResponseJSON,
  { challenge, takenNames = [] }: Ceremony,
): Promise<Judgement<WebauthnState>> {
  const { clock, db, settings } = context;
  const rp = relyingPartyOf(context);
  const userVerification = authenticator.userVerification(settings);
  const verified = await verifyCreation(response, {
    rp,
    challenge,
    userVerification,
    attachment: authenticator.attachment,
    algorithms: algorithmIds(settings),
    models: (aaguid) => findModel(db, aaguid),
    ...allowedModels(settings),
    needsAttestation: settings.attestation !== 'none',
    now: clock(),
  });
  if ('fault' in verified) return { good: false, reason: 'wrong', detail: verified.fault };
  const { credential } = verified;
  if (credential.isSynced && !settings.allowSynced) return { good: false, reason: 'wrong', detail: 'synced' };
  const model = await findModel(db, credential.aaguid);
  const { name, ...rest } = authenticator.describe(
    context,
    model && cutMethodName(plainMethodName(model.description)),
  );
  return {
    good: true,
    state: { credential, userHandle, relyingPartyId: rp.id, name: numberedName(name, takenNames), ...rest },
    evidence: evidenceOf(credential, userVerification === 'required'),
  };
}

function allowedModels(settings: CommonWebauthnSettings): { allowedModels?: string[] } {
  if (settings.allowedModels.length === 0) return {};
  return { allowedModels: settings.allowedModels.flatMap((aaguid) => readAaguid(aaguid) ?? []) };
}
