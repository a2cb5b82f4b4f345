const shownCodeFields = {
  altText: 'Recovery code',
  copyCodeButtonText: 'Copy',
  downloadButtonText: 'Download',
  printButtonText: 'Print',
  checkboxText: 'I’ve stored this code safely',
  buttonText: 'Continue',
  'no-confirmation': 'Tick the box once you have stored the code.',
};

/**
 * English texts of the recovery-code screens, keyed prompt → screen → Auth0's text key.
 * The other languages have exactly these keys; the type checker holds them to it.
 */
export const en = {
  mfa: {
    'mfa-login-options': {
      authenticatorNamesRecoveryCode: 'Recovery code',
    },
  },
  'mfa-recovery-code': {
    'mfa-recovery-code-enrollment': {
      pageTitle: 'Your recovery code · ${clientName}',
      title: 'Keep this recovery code',
      description:
        'If you lose your phone, this code lets you in. It works once. Write it down or save it where only you can find it.',
      ...shownCodeFields,
    },
    'mfa-recovery-code-challenge': {
      pageTitle: 'Enter your recovery code · ${clientName}',
      title: 'Use your recovery code',
      description: 'Enter the code you stored when you set up your second step.',
      placeholder: 'Recovery code',
      buttonText: 'Continue',
      pickAuthenticatorText: 'Try another method',
      'no-code': 'Enter your recovery code.',
      'invalid-code-format': 'A recovery code has 24 letters and digits.',
      'invalid-code': 'This recovery code isn’t right. Please check it and try again.',
    },
    'mfa-recovery-code-challenge-new-code': {
      pageTitle: 'Your new recovery code · ${clientName}',
      title: 'Here’s your new recovery code',
      description:
        'The old code is used up. Store this one in its place: it works once, should you need it again.',
      ...shownCodeFields,
    },
  },
} as const;

/** A dictionary with exactly the English one's prompts, screens and keys. */
export type RecoveryCodeTexts = {
  readonly [Prompt in keyof typeof en]: {
    readonly [ScreenId in keyof (typeof en)[Prompt]]: {
      readonly [Key in keyof (typeof en)[Prompt][ScreenId]]: string;
    };
  };
};
