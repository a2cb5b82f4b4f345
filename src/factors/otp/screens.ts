import type { Block, FactorScreens } from '../../mfa/screens.ts';

const codeInput: Block = {
  kind: 'code-input',
  field: 'code',
  inputMode: 'numeric',
  autocomplete: 'one-time-code',
  malformedText: 'invalid-otp-code-format',
};

/**
 * The hosted screens of the one-time password. Enrolment has two: the QR code, and the key as
 * text, which comes first on a phone because a phone can't scan its own screen.
 */
export const otpScreens: FactorScreens = {
  nameText: 'authenticatorNamesOTP',
  icon: 'authenticator-app',
  screens: [
    {
      id: 'mfa-otp-enrollment-qr',
      prompt: 'mfa-otp',
      step: 'enrolment',
      suits: 'desktop',
      alternate: 'mfa-otp-enrollment-code',
      blocks: [
        { kind: 'title' },
        { kind: 'description' },
        { kind: 'qr', source: 'barcodeUri', altText: 'altText' },
        { kind: 'toggle-view', to: 'mfa-otp-enrollment-code', text: 'codeEnrollmentText' },
        codeInput,
        { kind: 'submit' },
        { kind: 'pick-authenticator' },
      ],
    },
    {
      id: 'mfa-otp-enrollment-code',
      prompt: 'mfa-otp',
      step: 'enrolment',
      suits: 'phone',
      alternate: 'mfa-otp-enrollment-qr',
      blocks: [
        { kind: 'title' },
        { kind: 'description' },
        { kind: 'text-code', source: 'secret' },
        { kind: 'toggle-view', to: 'mfa-otp-enrollment-qr', text: 'backText' },
        codeInput,
        { kind: 'submit' },
        { kind: 'pick-authenticator' },
      ],
    },
    {
      id: 'mfa-otp-challenge',
      prompt: 'mfa-otp',
      step: 'challenge',
      blocks: [
        { kind: 'title' },
        { kind: 'description' },
        codeInput,
        { kind: 'remember-browser' },
        { kind: 'submit' },
        { kind: 'pick-authenticator' },
      ],
    },
  ],
};
