import type { Factor } from '../../mfa/factor.ts';
import { readOnlyMember } from '../../mfa/imports/readOnlyMember.ts';
import { otpScreens } from './screens.ts';
import { type OtpSettings, otpSettings } from './settings.ts';
import { otpTexts } from './texts/index.ts';
import {
  barcodeUri,
  generateSecret,
  isSecret,
  matchTimeStep,
  type TotpParameters,
  timeStepAt,
} from './totp.ts';

interface OtpState extends TotpParameters {
  /** Latest accepted time step; a code of it or of an earlier one is refused (RFC 6238 §5.2). */
  lastTimeStep: number | null;
  /** How many steps the device's clock was off when it was last right. */
  drift: number;
}

/** One-time passwords of an authenticator app: TOTP, RFC 6238. */
export const otp: Factor<OtpState, OtpSettings> = {
  name: 'otp',
  wire: {
    methodType: 'totp',
    idPrefix: 'totp',
    authenticatorType: 'otp',
    requirementType: 'otp',
    challengeType: 'otp',
  },
  kind: 'independent',
  enrolment: 'by-person',
  strength: 60,
  amr: ['otp'],
  assurance: { level: 2, isPhishingResistant: false },
  events: { succeeded: 'gd_auth_succeed', failed: 'gd_auth_failed', limited: 'gd_otp_rate_limit_exceed' },
  settings: otpSettings,
  deviceCodes: {
    parametersOf: ({ secretBase32: secret, algorithm, digits, periodSeconds }) => ({
      secret,
      algorithm,
      digits,
      periodSeconds,
    }),
  },
  imports: {
    member: 'totp',
    expected: '{"secret": "…"} with 16 to 128 characters of base32, without padding',
    async read(value) {
      const secretBase32 = readOnlyMember(value, 'secret');
      if (secretBase32 === undefined || !isSecret(secretBase32)) return undefined;
      // What every authenticator app takes for granted where nothing else is said.
      const parameters = { secretBase32, algorithm: 'SHA1', digits: 6, periodSeconds: 30 } as const;
      return { ...parameters, lastTimeStep: null, drift: 0 };
    },
  },
  screens: otpScreens,
  texts: otpTexts,

  parseProof: (input) =>
    typeof input === 'string' && /^(?:[0-9]{6}|[0-9]{8})$/.test(input) ? input : undefined,

  async beginEnrolment(context) {
    const { algorithm, digits, periodSeconds } = context.settings;
    const parameters = { secretBase32: generateSecret(), algorithm, digits, periodSeconds };
    const state: OtpState = { ...parameters, lastTimeStep: null, drift: 0 };
    return { state, shown: otp.presentEnrolment(context, state) };
  },

  presentEnrolment: (context, state) => ({
    barcodeUri: barcodeUri(state, context.issuer, context.user.email),
    secret: state.secretBase32,
  }),

  async verify(context, state, code) {
    const now = context.clock();
    const timeStep = matchTimeStep(state, code, now, context.settings.window);
    if (timeStep === undefined) return { good: false, reason: 'wrong' };
    if (state.lastTimeStep !== null && timeStep <= state.lastTimeStep)
      return { good: false, reason: 'replayed' };
    const drift = timeStep - timeStepAt(state, now);
    return { good: true, state: { ...state, lastTimeStep: timeStep, drift } };
  },

  describe: () => ({}),
};
