const names = { authenticatorNamesDUO: 'Cisco Duo' };

const commonFields = {
  buttonText: 'Continue to Duo',
  leavingTitle: 'On to Duo',
  leavingText: 'Taking you to the page of Cisco Duo …',
  pickAuthenticatorText: 'Try another method',
  'duo-unavailable': 'Duo can’t be reached at the moment. Please try again in a few minutes.',
};

/**
 * English texts of the screens before and after Duo's page, keyed prompt → screen → text key. The other languages
 * have exactly these keys; the type checker holds them to it.
 */
export const en = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': {
      ...names,
      explanationText: 'You approve with Duo, as your organisation set it up.',
    },
  },
  'mfa-duo': {
    'mfa-duo-enrollment': {
      pageTitle: 'Set up Duo · ${clientName}',
      title: 'Protect your account',
      description:
        'Here you confirm sign-ins with Cisco Duo. Its page leads you through the set-up and brings you back.',
      'duo-denied': 'Duo didn’t confirm the set-up. Try again; if that doesn’t help, ask your support.',
      ...commonFields,
    },
    'mfa-duo-challenge': {
      pageTitle: 'Confirm with Duo · ${clientName}',
      title: 'Confirm it’s you',
      description: 'Cisco Duo confirms it on a page of its own and brings you back.',
      'duo-denied': 'Duo didn’t confirm this sign-in. Try again; if that doesn’t help, ask your support.',
      ...commonFields,
    },
  },
} as const;

/** A dictionary with exactly the English one's prompts, screens and keys. */
export type DuoTexts = {
  readonly [Prompt in keyof typeof en]: {
    readonly [ScreenId in keyof (typeof en)[Prompt]]: {
      readonly [Key in keyof (typeof en)[Prompt][ScreenId]]: string;
    };
  };
};
