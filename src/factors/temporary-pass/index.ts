import { equalSecrets } from '../../crypto/constantTime.ts';
import { randomString } from '../../crypto/random.ts';
import type { Factor } from '../../mfa/factor.ts';
import type { PassRequest } from '../../mfa/passes/handedOut.ts';
import { temporaryPassScreens } from './screens.ts';
import { checkTemporaryPassSettings, type TemporaryPassSettings, temporaryPassSettings } from './settings.ts';
import { temporaryPassTexts } from './texts/index.ts';

interface TemporaryPassState extends PassRequest {
  /** Keyed hash: the pass itself can't be shown again. */
  passHash: string;
  /** When it was used last, epoch milliseconds. */
  usedAt?: number;
}

/** No I, O and 0, which people mix up on the telephone: 33 characters, 60 bits in a pass of 12. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ123456789';
const passLength = 12;

/** What a help desk hands out for the day when a person has nothing else: it stands in for a while. */
export const temporaryPass: Factor<TemporaryPassState, TemporaryPassSettings, PassRequest> = {
  name: 'temporary-pass',
  wire: { methodType: 'temporary-pass', idPrefix: 'temporary-pass', authenticatorType: 'temporary-pass' },
  kind: 'dependent',
  enrolment: 'by-operator',
  strength: 5,
  /** RFC 8176 has no value for a look-up secret, so `mfa` stands alone. */
  amr: [],
  assurance: { level: 2, isPhishingResistant: false },
  noticeOfUse: 'temporary_pass_used',
  events: { succeeded: 'gd_auth_succeed', failed: 'gd_auth_failed', limited: 'gd_otp_rate_limit_exceed' },
  settings: temporaryPassSettings,
  handedOut: {
    lifetimes: ({ usualMinutes, longestMinutes }) => ({
      usualSeconds: usualMinutes * 60,
      longestSeconds: longestMinutes * 60,
    }),
    endsAt: ({ endsAt }) => endsAt,
    isUsedUp: ({ isSingleUse, usedAt }) => isSingleUse && usedAt !== undefined,
  },
  screens: temporaryPassScreens,
  texts: temporaryPassTexts,

  checkSettings: async (settings) => checkTemporaryPassSettings(settings),

  parseProof(input) {
    if (typeof input !== 'string' || input.length > 2 * passLength) return undefined;
    const pass = input.replace(/[\s-]/g, '').toUpperCase();
    return new RegExp(`^[A-Z0-9]{${passLength}}$`).test(pass) ? pass : undefined;
  },

  async beginEnrolment({ hash }, request) {
    const pass = randomString(alphabet, passLength);
    const shown = { pass: pass.replace(/(.{4})(?=.)/g, '$1-') };
    return { state: { ...request, passHash: hash(pass) }, shown };
  },

  presentEnrolment: () => ({}),

  async verify({ clock, hash }, state, pass) {
    if (!equalSecrets(hash(pass), state.passHash)) return { good: false, reason: 'wrong' };
    const now = clock();
    if (state.endsAt <= now) return { good: false, reason: 'wrong', detail: 'pass_ended' };
    if (state.isSingleUse && state.usedAt !== undefined) {
      return { good: false, reason: 'replayed', detail: 'pass_used' };
    }
    return { good: true, state: { ...state, usedAt: now } };
  },

  describe: ({ endsAt: expiresAt, isSingleUse, usedAt }) => ({
    expiresAt,
    ...(isSingleUse ? { remaining: usedAt === undefined ? 1 : 0 } : {}),
  }),
};
