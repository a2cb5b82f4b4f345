const shownCodeFields = {
  altText: 'Recovery code',
  copyCodeButtonText: 'Copy',
  downloadButtonText: 'Download',
  printButtonText: 'Print',
  checkboxText: 'I’ve stored this code safely',
  buttonText: 'Continue',
  'no-confirmation': 'Tick the box once you have stored the code.',
};

const shownCodesFields = {
  ...shownCodeFields,
  altText: 'Recovery codes',
  checkboxText: 'I’ve stored these codes safely',
  'no-confirmation': 'Tick the box once you have stored the codes.',
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
    'mfa-recovery-codes-enrollment': {
      pageTitle: 'Your recovery codes · ${clientName}',
      title: 'Keep these recovery codes',
      description:
        'If you lose your phone, any of these codes lets you in. Each works once. Print them or save them where only you can find them.',
      ...shownCodesFields,
    },
    'mfa-recovery-code-challenge': {
      pageTitle: 'Enter your recovery code · ${clientName}',
      title: 'Use your recovery code',
      description:
        'Enter a code you stored when you set up your second step. Of several, any you haven’t used will do.',
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
      newCodesText: 'Make a list of several codes instead',
    },
    'mfa-recovery-codes-new': {
      pageTitle: 'Your new recovery codes · ${clientName}',
      title: 'Here are your new recovery codes',
      description:
        'The earlier ones don’t work any more. Print these or save them in their place. Each works once.',
      ...shownCodesFields,
    },
    'mfa-recovery-codes-few': {
      pageTitle: 'Few recovery codes left · ${clientName}',
      title: 'Recovery codes left: ${remaining}',
      description:
        'The code you used is spent. Make new codes now, so that you don’t run out of them. Those you still have stop working then.',
      newCodesText: 'Make new codes',
      buttonText: 'Not now',
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
