const names = {
  authenticatorNamesSMS: 'Code by text message',
  authenticatorNamesVoice: 'Code by phone call',
  authenticatorNamesPhone: 'Code to your phone',
};

const restrictedText = 'Codes sent by phone can be intercepted: an authenticator app protects you better.';

const tooMany = {
  sms: {
    'too-many-sms':
      'You’ve asked for many codes. Please wait a while before the next one, or use another method.',
  },
  voice: {
    'too-many-voice':
      'You’ve asked for many calls. Please wait a while before the next one, or use another method.',
  },
};

const numberFields = {
  countryPlaceholder: 'Country',
  placeholder: 'Phone number',
  restrictedText,
  pickAuthenticatorText: 'Try another method',
  'no-phone': 'Enter your phone number.',
  'invalid-phone': 'There is no such number. Please check the digits and the country.',
  'phone-not-allowed':
    'We can’t send codes to this number. Use your own phone’s number, from one of the countries in the list.',
};

const codeFields = {
  placeholder: 'Six-digit code',
  buttonText: 'Continue',
  editText: 'Change the number',
  changePhoneText: 'Use another of your numbers',
  rememberMeText: 'Don’t ask again on this browser for ${rememberDays} days',
  resendWaitText: 'You can ask for a new code in ${seconds} s.',
  pickAuthenticatorText: 'Try another method',
  'invalid-code': 'That code isn’t right. Only the newest code counts.',
  'invalid-expired-code': 'That code has expired. Ask for a new one.',
};

/**
 * English texts of the phone screens, keyed prompt → screen → Auth0's text key.
 * The other languages have exactly these keys; the type checker holds them to it.
 */
export const en = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': {
      ...names,
      explanationText: 'Messages can be intercepted. You need a phone number.',
    },
  },
  'mfa-phone': {
    'mfa-phone-enrollment': {
      pageTitle: 'Set up codes to your phone · ${clientName}',
      title: 'Protect your account',
      description: 'Enter your phone number. We’ll send a code there when you sign in.',
      chooseMessageTypeText: 'How would you like to get the code?',
      smsButtonText: 'Text message',
      voiceButtonText: 'Phone call',
      continueButtonText: 'Send the code',
      ...numberFields,
      ...tooMany.sms,
    },
  },
  'mfa-sms': {
    'mfa-sms-enrollment': {
      pageTitle: 'Set up codes by text message · ${clientName}',
      title: 'Protect your account',
      description: 'Enter your mobile number. We’ll text you a code when you sign in.',
      buttonText: 'Send the code',
      ...numberFields,
      ...tooMany.sms,
    },
    'mfa-sms-challenge': {
      pageTitle: 'Enter your code · ${clientName}',
      title: 'Enter the code from the message',
      description: 'We’ve sent a text message to ${phone_number}.',
      ...codeFields,
      ...tooMany.sms,
      'sms-authenticator-error':
        'We can’t send text messages right now. Please try again later, or use another method.',
      resendText: 'Nothing arrived?',
      resendActionText: 'Send a new code',
      resendVoiceActionSeparatorTextBefore: 'or',
      resendVoiceActionText: 'Call me instead',
      'no-code': 'Enter the code from the message.',
      'invalid-otp-code-format': 'The code has six digits. Enter it as it stands in the message.',
    },
    'mfa-sms-list': {
      pageTitle: 'Choose a number · ${clientName}',
      title: 'Which number should the code go to?',
      backText: 'Back',
    },
  },
  'mfa-voice': {
    'mfa-voice-enrollment': {
      pageTitle: 'Set up codes by phone call · ${clientName}',
      title: 'Protect your account',
      description: 'Enter your phone number. We’ll call you and read out a code when you sign in.',
      buttonText: 'Call me',
      ...numberFields,
      ...tooMany.voice,
    },
    'mfa-voice-challenge': {
      pageTitle: 'Enter your code · ${clientName}',
      title: 'Enter the code you hear',
      description: 'We’re calling ${phone_number}. The code is read out twice.',
      ...codeFields,
      ...tooMany.voice,
      'voice-authenticator-error':
        'We can’t make calls right now. Please try again later, or use another method.',
      resendText: 'No call?',
      resendActionText: 'Call again',
      resendSmsActionSeparatorTextBefore: 'or',
      resendSmsActionText: 'Send a text message instead',
      'no-code': 'Enter the code from the call.',
      'invalid-otp-code-format': 'The code has six digits. Enter them as you hear them.',
    },
  },
} as const;

/** A dictionary with exactly the English one's prompts, screens and keys. */
export type PhoneTexts = {
  readonly [Prompt in keyof typeof en]: {
    readonly [ScreenId in keyof (typeof en)[Prompt]]: {
      readonly [Key in keyof (typeof en)[Prompt][ScreenId]]: string;
    };
  };
};
