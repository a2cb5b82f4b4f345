import type { Factor, MethodDescription } from '../../mfa/factor.ts';
import { listModels } from '../../webauthn/models/storedModels.ts';
import type { Authenticator } from './authenticator.ts';
import type { Ceremony } from './ceremony.ts';
import { checkWebauthnSettings, lackOfPages } from './checkWebauthnSettings.ts';
import { judgeAssertion } from './judgeAssertion.ts';
import { judgeCreation } from './judgeCreation.ts';
import { parseWebauthnProof, type WebauthnProof } from './proof.ts';
import type { CommonWebauthnSettings } from './settings.ts';
import { showCeremony, showFirstFactor } from './showCeremony.ts';
import { type EnrolledState, isEnrolled, type WebauthnState } from './state.ts';

/** A factor whose proofs are WebAuthn ceremonies. */
export type WebauthnFactor<Settings extends CommonWebauthnSettings> = Factor<
  WebauthnState,
  Settings,
  undefined,
  WebauthnProof
>;

/** The part of the contract that both kinds of authenticator keep in the same way. */
export function webauthnMembers<Settings extends CommonWebauthnSettings>(
  authenticator: Authenticator<Settings>,
) {
  return {
    enrolment: 'by-person',
    /** The least that a proof shows; each carries evidence of its own. */
    amr: ['user'],
    assurance: { level: 2, best: 3, isPhishingResistant: true },
    bestLevel: (state) => (isEnrolled(state) && state.credential.isSynced ? 2 : 3),
    strictest: (settings) => ({ ...authenticator.verifying(settings), allowSynced: false }),
    events: {
      succeeded: 'gd_auth_succeed',
      failed: 'gd_webauthn_challenge_failed',
      limited: 'gd_otp_rate_limit_exceed',
      enrolmentFailed: 'gd_webauthn_enrollment_failed',
    },
    developmentSettings: {},

    lacks: lackOfPages,
    checkSettings: checkWebauthnSettings,
    settingChoices: async (db) => ({
      allowedModels: (await listModels(db))
        .filter(({ isCompromised }) => !isCompromised)
        .map(({ aaguid, description }) => ({ value: aaguid, label: description })),
    }),
    parseProof: parseWebauthnProof,

    async beginEnrolment({ hash, user }) {
      return { state: { pending: true, userHandle: hash(`user-handle:${user.id}`) }, shown: {} };
    },

    presentEnrolment: () => ({}),

    showChallenge: (context, answerers) => showCeremony(authenticator, context, answerers),

    firstFactor: {
      showChallenge: showFirstFactor,
      claimOf: ({ response }) => response.id,
    },

    isFor: (state, { response }) => isEnrolled(state) && state.credential.id === response.id,

    claim(state) {
      if (!isEnrolled(state)) throw new Error('A method without a credential claims nothing.');
      return state.credential.id;
    },

    async verify(context, state, proof, challenge) {
      const ceremony = challenge as Ceremony;
      if (ceremony.kind !== (isEnrolled(state) ? 'get' : 'create')) {
        return { good: false, reason: 'wrong', detail: 'challenge' };
      }
      if (isEnrolled(state) && proof.kind === 'get') {
        return judgeAssertion(authenticator, context, state, proof.response, ceremony);
      }
      if (!isEnrolled(state) && proof.kind === 'create') {
        return judgeCreation(authenticator, context, state, proof.response, ceremony);
      }
      return { good: false, reason: 'wrong', detail: 'type' };
    },

    describe: (state) => (isEnrolled(state) ? describeMethod(state) : {}),
  } as const satisfies Partial<WebauthnFactor<Settings>>;
}

/** Authenticators that keep their model to themselves say so by zeros. */
const noModel = '00000000-0000-0000-0000-000000000000';

function describeMethod({ name, credential, userHandle, relyingPartyId }: EnrolledState): MethodDescription {
  const { id, publicKey, transports, aaguid, isSynced, isBackedUp, attestation } = credential;
  return {
    name,
    credential: {
      ...{ id, publicKey, transports, userHandle, relyingPartyId },
      ...(aaguid === noModel ? {} : { aaguid }),
      isModelProved: attestation.isTrusted,
      isSynced,
      isBackedUp,
    },
  };
}
