import { en as common } from '../../webauthn/texts/en.ts';

const names = { authenticatorNamesWebauthnRoaming: 'Security key' };

/**
 * English texts of the security-key screens, keyed prompt → screen → Auth0's text key.
 * The other languages have exactly these keys; the type checker holds them to it.
 */
export const en = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': {
      ...names,
      explanationText: 'Can’t be phished. You need a small key to plug in or tap.',
    },
  },
  'mfa-webauthn': {
    'mfa-webauthn-roaming-enrollment': {
      ...common.ceremony,
      pageTitle: 'Set up your security key · ${clientName}',
      title: 'Set up your security key',
      description:
        'A security key is a small device that proves it’s you by a touch. It works on the real site only, so a fake page gets nothing from it.',
      instructions1: 'Have your key ready: one to plug in, or one to hold against your phone.',
      instructions2: 'Press the button. Your browser then asks for the key, in a window of its own.',
      instructions3:
        'Plug the key in or hold it near, and touch it. If you’re asked for a PIN, it’s the key’s own.',
      continueButtonText: 'Use a security key',
      'webauthn-cancelled-error':
        'No key was set up: the window was closed, or time ran out. Have your key ready and try again.',
      'webauthn-associate-error': 'This key couldn’t be set up. Try again, or use another one.',
      'webauthn-known-error': 'This key is set up for your account already. Use another one.',
    },
    'mfa-webauthn-roaming-challenge': {
      ...common.ceremony,
      ...common.challenge,
      description:
        'Have your security key ready and press the button. Your browser then asks you to plug the key in, or hold it near, and touch it.',
      continueButtonText: 'Use your security key',
      'webauthn-cancelled-error':
        'The key didn’t answer: the window was closed, time ran out, or it isn’t one that you set up here. Try again, or choose another method.',
      'webauthn-challenge-error':
        'That didn’t work. Use a key that you set up for this account, and touch it when your browser asks.',
    },
    'mfa-webauthn-change-key-nickname': {
      pageTitle: 'Name your key · ${clientName}',
      title: 'Your key is set up',
      description:
        'Give it a name by which you’ll know it. A second key, kept in a safe place, helps you if this one gets lost.',
      nickname: 'Name of the key',
      buttonText: 'Continue',
      addAnotherText: 'Set up another key',
      'nickname-too-short': 'Enter a name for the key.',
      'nickname-too-long': 'A name has 50 characters at the most.',
    },
  },
} as const;

/** A dictionary with exactly the English one's prompts, screens and keys. */
export type RoamingTexts = {
  readonly [Prompt in keyof typeof en]: {
    readonly [ScreenId in keyof (typeof en)[Prompt]]: {
      readonly [Key in keyof (typeof en)[Prompt][ScreenId]]: string;
    };
  };
};
