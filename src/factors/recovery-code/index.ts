import { Type } from 'typebox';
import { equalSecrets } from '../../crypto/constantTime.ts';
import { randomString } from '../../crypto/random.ts';
import type { Factor, FactorContext } from '../../mfa/factor.ts';
import { recoveryCodeScreens } from './screens.ts';
import { recoveryCodeTexts } from './texts/index.ts';

interface RecoveryCodeState {
  /** Keyed hash: the code itself can't be shown again. */
  codeHash: string;
}

/** No I, O and 0, which people mix up: 33 characters, 121 bits in a code of 24. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ123456789';
const codeLength = 24;

/** A code for the day the other factors are lost; using it replaces it. */
export const recoveryCode: Factor<RecoveryCodeState> = {
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
  settings: Type.Object({}),
  screens: recoveryCodeScreens,
  texts: recoveryCodeTexts,

  parseProof(input) {
    if (typeof input !== 'string' || input.length > 2 * codeLength) return undefined;
    const code = input.replace(/[\s-]/g, '').toUpperCase();
    return new RegExp(`^[A-Z0-9]{${codeLength}}$`).test(code) ? code : undefined;
  },

  async beginEnrolment(context) {
    const { state, code } = draw(context);
    return { state, shown: { recoveryCode: code } };
  },

  presentEnrolment: () => ({}),

  async verify(context, state, code) {
    if (!equalSecrets(context.hash(code), state.codeHash)) return { good: false, reason: 'wrong' };
    const replacement = draw(context);
    return { good: true, state: replacement.state, reveal: { recoveryCode: replacement.code } };
  },

  describe: () => ({}),
};

function draw(context: FactorContext): { state: RecoveryCodeState; code: string } {
  const code = randomString(alphabet, codeLength);
  return { state: { codeHash: context.hash(code) }, code };
}
