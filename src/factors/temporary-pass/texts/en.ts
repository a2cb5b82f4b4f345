/**
 * English texts of the temporary pass's screen, keyed prompt → screen → text key. The other languages have
 * exactly these keys; the type checker holds them to it.
 */
export const en = {
  mfa: {
    'mfa-login-options': {
      authenticatorNamesTemporaryPass: 'Temporary pass',
    },
  },
  'mfa-temporary-pass': {
    'mfa-temporary-pass-challenge': {
      pageTitle: 'Enter your temporary pass · ${clientName}',
      title: 'Use your temporary pass',
      description: 'Enter the pass that support gave you.',
      placeholder: 'Temporary pass',
      buttonText: 'Continue',
      pickAuthenticatorText: 'Try another method',
      'no-code': 'Enter your temporary pass.',
      'invalid-code-format': 'A temporary pass has 12 letters and digits.',
      'invalid-code':
        'This pass isn’t right, or it has ended. Please check it, or ask support for a new one.',
    },
  },
} as const;

/** A dictionary with exactly the English one's prompts, screens and keys. */
export type TemporaryPassTexts = {
  readonly [Prompt in keyof typeof en]: {
    readonly [ScreenId in keyof (typeof en)[Prompt]]: {
      readonly [Key in keyof (typeof en)[Prompt][ScreenId]]: string;
    };
  };
};
