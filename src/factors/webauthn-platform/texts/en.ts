import { en as common } from '../../webauthn/texts/en.ts';

const names = { authenticatorNamesWebauthnPlatform: 'Fingerprint, face or PIN of your device' };

/**
 * English texts of the screens of people's own devices, keyed prompt → screen → Auth0's text key.
 * The other languages have exactly these keys; the type checker holds them to it.
 */
export const en = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': {
      ...names,
      explanationText:
        'Can’t be phished. Your finger, your face or the PIN of this device; it works on this device only.',
    },
  },
  'mfa-webauthn': {
    'mfa-webauthn-platform-enrollment': {
      ...common.ceremony,
      pageTitle: 'Faster sign-in on this device · ${clientName}',
      title: 'Sign in faster on this device',
      description:
        'Prove it’s you as you unlock this device: by fingerprint, face or PIN. Your browser asks for it once now, to set it up. None of it leaves your device.',
      continueButtonText: 'Set up this device',
      snoozeEnrollmentButtonText: 'Not now',
      refuseAddingDeviceText: 'Not on this device',
      'webauthn-cancelled-error':
        'Nothing was set up: the window was closed, or time ran out. You can try again.',
      'webauthn-platform-associate-error': 'This device couldn’t be set up. You can try again.',
      'webauthn-platform-known-error': 'This device is set up for your account already.',
    },
    'mfa-webauthn-platform-challenge': {
      ...common.ceremony,
      ...common.challenge,
      description:
        'Press the button. Your browser then asks for your fingerprint, your face or your device’s PIN.',
      continueButtonText: 'Use this device',
      'webauthn-cancelled-error':
        'Your device didn’t answer: the window was closed, or time ran out. Try again, or choose another method.',
      'webauthn-platform-challenge-error':
        'That didn’t work. Try again, or choose another method if you set up another device.',
    },
    'mfa-webauthn-enrollment-success': {
      pageTitle: 'Your device is set up · ${clientName}',
      title: 'Your device is set up',
      description: 'The next time, your fingerprint, your face or the PIN of this device will do.',
      buttonText: 'Continue',
    },
  },
} as const;

/** A dictionary with exactly the English one's prompts, screens and keys. */
export type PlatformTexts = {
  readonly [Prompt in keyof typeof en]: {
    readonly [ScreenId in keyof (typeof en)[Prompt]]: {
      readonly [Key in keyof (typeof en)[Prompt][ScreenId]]: string;
    };
  };
};
