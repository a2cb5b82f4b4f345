import { canonicalEmail } from '../../config/emailAddress.ts';
import type { EnrolmentInput, Factor } from '../../mfa/factor.ts';
import { readOnlyMember } from '../../mfa/imports/readOnlyMember.ts';
import { isSentCode, parseSentCode, sendCode } from '../../mfa/sends/sentCode.ts';
import { maskEmail } from './maskEmail.ts';
import { emailScreens } from './screens.ts';
import { emailSending } from './sending.ts';
import { type EmailSettings, emailSettings } from './settings.ts';
import { emailTexts } from './texts/index.ts';

export interface EmailState {
  /** In canonical form. */
  email: string;
}

/**
 * Codes by e-mail: the account's verified address, and others that are enrolled. Beside another factor
 * only, since the mailbox also resets the password.
 */
export const email: Factor<EmailState, EmailSettings, EmailState> = {
  name: 'email',
  wire: {
    methodType: 'email',
    idPrefix: 'email',
    authenticatorType: 'oob',
    requirementType: 'email',
    challengeType: 'oob',
    channels: [{ name: 'email', idPrefix: 'email' }],
  },
  kind: 'dependent',
  enrolment: 'by-person',
  strength: 20,
  /** RFC 8176 has no value for it, so `mfa` stands alone. */
  amr: [],
  assurance: { level: 1, isPhishingResistant: false },
  events: { succeeded: 'gd_auth_succeed', failed: 'gd_auth_failed', limited: 'gd_otp_rate_limit_exceed' },
  settings: emailSettings,
  developmentSettings: {},
  implicit: {
    statesFor: ({ email: address, emailVerified }) => (emailVerified ? [{ email: address }] : []),
    keyOf: ({ email: address }) => address,
  },
  sending: emailSending,
  reach: 'mailbox',
  imports: {
    member: 'email',
    expected: '{"value": "…"} with an e-mail address',
    async read(value) {
      const address = canonicalEmail(readOnlyMember(value, 'value') ?? '');
      return address === undefined ? undefined : { email: address };
    },
  },
  screens: emailScreens,
  texts: emailTexts,

  channels: () => ['email'],
  parseProof: parseSentCode,

  async readInput({ email: text }: EnrolmentInput) {
    const address = typeof text === 'string' ? canonicalEmail(text) : undefined;
    return address === undefined ? { fault: 'malformed_input' } : { value: { email: address } };
  },

  async beginEnrolment(context, input) {
    return { state: input, shown: email.presentEnrolment(context, input) };
  },

  presentEnrolment: (_context, { email: address }) => ({ email: address }),

  beginChallenge: (context, { email: to }) =>
    sendCode(context, { channel: 'email', to, lifetimeSeconds: context.settings.codeLifetimeSeconds }),

  async verify(context, state, code, sent) {
    return isSentCode(context, code, sent) ? { good: true, state } : { good: false, reason: 'wrong' };
  },

  describe: ({ email: address }) => ({ name: maskEmail(address), address }),
  presentChallenge: ({ email: address }) => ({ email: maskEmail(address) }),
};
