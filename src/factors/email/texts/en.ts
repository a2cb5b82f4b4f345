/**
 * English texts of the e-mail screens, keyed prompt → screen → Auth0's text key.
 * The other languages have exactly these keys; the type checker holds them to it.
 */
export const en = {
  mfa: {
    'mfa-login-options': { authenticatorNamesEmail: 'Code by e-mail' },
    'mfa-begin-enroll-options': {
      explanationText: 'Only as safe as your mailbox. You need nothing else.',
      authenticatorNamesEmail: 'Code by e-mail',
    },
  },
  'mfa-email': {
    'mfa-email-challenge': {
      pageTitle: 'Enter your code · ${clientName}',
      title: 'Enter the code from the e-mail',
      description: 'We’ve sent a message to ${email}.',
      placeholder: 'Six-digit code',
      buttonText: 'Continue',
      changeEmailText: 'Use another of your addresses',
      rememberMeText: 'Don’t ask again on this browser for ${rememberDays} days',
      resendText: 'Nothing arrived? Look in your spam folder too.',
      resendActionText: 'Send a new code',
      resendWaitText: 'You can ask for a new code in ${seconds} s.',
      pickAuthenticatorText: 'Try another method',
      'no-code': 'Enter the code from the e-mail.',
      'invalid-otp-code-format': 'The code has six digits. Enter it as it stands in the e-mail.',
      'invalid-code': 'That code isn’t right. Only the newest code counts.',
      'invalid-expired-code': 'That code has expired. Ask for a new one.',
      'too-many-email':
        'You’ve asked for many codes. Please wait a while before the next one, or use another method.',
    },
    'mfa-email-list': {
      pageTitle: 'Choose an address · ${clientName}',
      title: 'Which address should the code go to?',
      backText: 'Back',
    },
  },
} as const;

/** A dictionary with exactly the English one's prompts, screens and keys. */
export type EmailTexts = {
  readonly [Prompt in keyof typeof en]: {
    readonly [ScreenId in keyof (typeof en)[Prompt]]: {
      readonly [Key in keyof (typeof en)[Prompt][ScreenId]]: string;
    };
  };
};
