import type { Factor } from '../../mfa/factor.ts';
import {
  drawCodes,
  listOf,
  type RecoveryCodeState,
  readCode,
  remainingOf,
  shortage,
  withoutCode,
} from './codes.ts';
import { recoveryCodeScreens } from './screens.ts';
import { type RecoveryCodeSettings, recoveryCodeSettings } from './settings.ts';
import { recoveryCodeTexts } from './texts/index.ts';

/** Codes for the day the other factors are lost. Each is good once; one takes the place of the last. */
export const recoveryCode: Factor<RecoveryCodeState, RecoveryCodeSettings> = {
  name: 'recovery-code',
  wire: {
    methodType: 'recovery-code',
    idPrefix: 'recovery-code',
    authenticatorType: 'recovery-code',
    requirementType: 'recovery-code',
  },
  kind: 'dependent',
  enrolment: 'beside-first',
  strength: 10,
  /** RFC 8176 has no value for a look-up secret, so `mfa` stands alone. */
  amr: [],
  assurance: { level: 2, isPhishingResistant: false },
  noticeOfUse: 'recovery_code_used',
  events: {
    succeeded: 'gd_recovery_succeed',
    failed: 'gd_recovery_failed',
    limited: 'gd_recovery_rate_limit_exceed',
  },
  settings: recoveryCodeSettings,
  screens: recoveryCodeScreens,
  texts: recoveryCodeTexts,

  parseProof: readCode,

  beginEnrolment: async ({ settings, hash }) => drawCodes(settings.codes, hash),

  presentEnrolment: () => ({}),

  async verify({ settings, hash }, state, code) {
    const left = withoutCode(listOf(state), hash(code));
    if (!left) return { good: false, reason: 'wrong' };
    if (left.codeHashes.length > 0) {
      const reveal = shortage(left);
      return { good: true, state: left, ...(reveal ? { reveal } : {}) };
    }
    // Nobody is left without one, whatever the client makes of the answer.
    const { state: drawn, shown } = drawCodes(1, hash);
    const list = { ...drawn, handedOut: settings.codes };
    return { good: true, state: list, reveal: { ...shown, ...shortage(list) } };
  },

  describe(state) {
    const remaining = remainingOf(listOf(state));
    return remaining === undefined ? {} : { remaining };
  },
};
