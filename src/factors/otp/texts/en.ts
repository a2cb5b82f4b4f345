const codeFields = {
  placeholder: 'Code from the app',
  buttonText: 'Continue',
  pickAuthenticatorText: 'Try another method',
  'no-code': 'Enter the code from your app.',
  'invalid-otp-code-format': 'A code consists of digits only. Enter it just as the app shows it.',
};

const enrolmentFields = {
  pageTitle: 'Set up your authenticator app · ${clientName}',
  title: 'Protect your account',
  'invalid-code':
    'That code isn’t right. Take the one the app shows now, and check that your phone’s clock is set automatically.',
};

/**
 * English texts of the one-time-password screens, keyed prompt → screen → Auth0's text key.
 * The other languages have exactly these keys; the type checker holds them to it.
 */
export const en = {
  mfa: {
    'mfa-login-options': {
      authenticatorNamesOTP: 'Authenticator app',
    },
    'mfa-begin-enroll-options': {
      explanationText: 'An app on your phone shows a code, even without a network.',
      authenticatorNamesOTP: 'Authenticator app',
    },
  },
  'mfa-otp': {
    'mfa-otp-enrollment-qr': {
      description: 'Scan this with an authenticator app on your phone, then enter the code the app shows.',
      altText:
        'QR code that sets up your authenticator app. If you can’t scan it, choose the key as text below.',
      codeEnrollmentText: 'Can’t scan? Show the key as text',
      ...codeFields,
      ...enrolmentFields,
    },
    'mfa-otp-enrollment-code': {
      description: 'Add this key to an authenticator app, then enter the code the app shows.',
      altText: 'Key for your authenticator app',
      copyCodeButtonText: 'Copy key',
      backText: 'Show the QR code instead',
      ...codeFields,
      ...enrolmentFields,
    },
    'mfa-otp-challenge': {
      pageTitle: 'Enter your code · ${clientName}',
      title: 'Confirm it’s you',
      description: 'Enter the code your authenticator app shows now.',
      rememberMeText: 'Don’t ask again on this browser for ${rememberDays} days',
      'invalid-code': 'That code isn’t right. Codes change every few seconds, so take the one shown now.',
      ...codeFields,
    },
  },
} as const;

/** A dictionary with exactly the English one's prompts, screens and keys. */
export type OtpTexts = {
  readonly [Prompt in keyof typeof en]: {
    readonly [ScreenId in keyof (typeof en)[Prompt]]: {
      readonly [Key in keyof (typeof en)[Prompt][ScreenId]]: string;
    };
  };
};
