import type { Factor } from '../../mfa/factor.ts';
import { asWord } from './fault.ts';
import { lackOf } from './lackOf.ts';
import { duoScreens } from './screens.ts';
import { type DuoAnswer, type DuoState, duoService } from './service.ts';
import { type DuoSettings, duoSettings } from './settings.ts';
import { duoTexts } from './texts/index.ts';

/**
 * Cisco Duo, by its Universal Prompt: Duo's page sets people up and asks them, in ways that are settled there. It
 * stands alone: nobody answers it instead of, or beside, a factor of this server.
 */
export const duo: Factor<DuoState, DuoSettings, undefined, DuoAnswer> = {
  name: 'duo',
  wire: { methodType: 'duo', idPrefix: 'duo', authenticatorType: 'duo' },
  kind: 'independent',
  enrolment: 'by-person',
  isExclusive: true,
  strength: 55,
  /** What was done there, Duo tells only in words of its own, so `mfa` stands alone. */
  amr: [],
  assurance: { level: 2, isPhishingResistant: false },
  events: { succeeded: 'gd_auth_succeed', failed: 'gd_auth_failed', limited: 'gd_otp_rate_limit_exceed' },
  settings: duoSettings,
  redirect: duoService,
  screens: duoScreens,
  texts: duoTexts,

  lacks: lackOf,
  parseProof: () => undefined,

  async beginEnrolment({ user: { email }, settings }) {
    const [localPart = ''] = email.split('@', 1);
    return { state: { username: settings.username === 'email' ? email : localPart }, shown: {} };
  },

  presentEnrolment: () => ({}),

  /** Duo knows one person by each name. */
  claim: ({ username }) => `duo:${username}`,

  async verify(_context, state, answer, challenge) {
    const fail = (detail: string) => ({ good: false, reason: 'wrong', detail }) as const;
    if ('failure' in answer) return fail(answer.failure);
    const { username } = challenge as DuoState;
    if (answer.username !== username || username !== state.username) return fail('wrong_user');
    if (answer.result !== 'allow') return fail(`denied_${asWord(answer.status)}`);
    return { good: true, state };
  },

  describe: ({ username }) => ({ name: username }),
};
