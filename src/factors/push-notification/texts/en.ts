const names = { authenticatorNamesPushNotification: 'Confirm on your phone' };

const enrolmentFields = {
  pageTitle: 'Set up your phone · ${clientName}',
  title: 'Protect your account',
  waitingText: 'Waiting for your device. This page goes on by itself.',
  buttonText: 'I’ve set it up',
  renewText: 'Start again',
  pickAuthenticatorText: 'Try another method',
  'enrollment-transaction-pending': 'Your device isn’t set up yet. Finish there, then go on here.',
  'transaction-replaced': 'You went on in another window, so this one can’t be used any more.',
  'transaction-not-found': 'The time to set up your device has run out.',
  'polling-interval-exceeded': 'One moment, please. Wait a few seconds, then go on.',
};

/**
 * English texts of the screens of requests to a device, keyed prompt → screen → Auth0's text key.
 * The other languages have exactly these keys; the type checker holds them to it.
 */
export const en = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': { ...names, explanationText: 'You approve on your phone. You need an app.' },
  },
  'mfa-push': {
    'mfa-push-enrollment-qr': {
      ...enrolmentFields,
      description: 'When you sign in from now on, your phone asks whether it’s you.',
      cameraText: 'Point your phone’s camera at this code, and open the link.',
      confirmText: 'Confirm in the authenticator that opens.',
      openAppText: 'On your phone, open ${appAddress} or your organisation’s app.',
      scanText: 'Scan this code there.',
      altText: 'QR code that sets up your phone. If you can’t scan it, go on with this device below.',
      codeEnrollmentText: 'No phone at hand? Use this device',
    },
    'mfa-push-enrollment-code': {
      ...enrolmentFields,
      description:
        'When you sign in from now on, the authenticator asks whether it’s you. It opens in a tab of its own: set it up there, then come back.',
      appLinkText: 'Open the authenticator',
      linkText: 'To set it up in another browser or app, paste this link there:',
      copyLinkText: 'Copy the link',
      backText: 'Use another device: show the QR code',
    },
    'mfa-push-challenge-push': {
      pageTitle: 'Confirm on your device · ${clientName}',
      title: 'Confirm it’s you',
      description: 'We’ve sent a request to ${deviceName}. Approve it there if it’s you who is signing in.',
      numberText: 'It asks for this number:',
      notWokenText:
        'Notifications don’t reach ${deviceName}. Open the authenticator there to see the request.',
      waitingText: 'Waiting for your answer',
      buttonText: 'I’ve answered',
      rememberMeText: 'Don’t ask again on this browser for ${rememberDays} days',
      resendText: 'Nothing appeared?',
      resendActionText: 'Ask again',
      resendWaitText: 'You can ask again in ${time}.',
      separatorText: 'Is it offline?',
      enterOtpCode: 'Enter a code from its app',
      pickDeviceText: 'Ask another of your devices',
      pickAuthenticatorText: 'Try another method',
      'challenge-transaction-pending':
        'There’s no answer from ${deviceName} yet. Answer the request there, then go on here.',
      'transaction-rejected': 'The request was refused on ${deviceName}. If that was a mistake, ask again.',
      'wrong-number':
        'Another number was given on ${deviceName}, so the request ended. Ask again, and take the number that this page shows.',
      'transaction-replaced':
        'A newer sign-in took the place of this one. If you didn’t begin it, somebody may know your password: change it soon.',
      'transaction-not-found':
        'The request ran out before it was answered. Ask again when you have ${deviceName} at hand.',
      'polling-interval-exceeded': 'One moment, please. Wait a few seconds, then go on.',
      'too-many-push':
        'No requests are sent for a while: there were many, or one was refused. Please wait, or use another method.',
      'mfa-push-challenge-authenticator-error':
        'Requests can’t be sent to this device any more. Please use another method.',
    },
    'mfa-push-list': {
      pageTitle: 'Choose a device · ${clientName}',
      title: 'Which device should be asked?',
      backText: 'Back',
    },
  },
} as const;

/** A dictionary with exactly the English one's prompts, screens and keys. */
export type PushTexts = {
  readonly [Prompt in keyof typeof en]: {
    readonly [ScreenId in keyof (typeof en)[Prompt]]: {
      readonly [Key in keyof (typeof en)[Prompt][ScreenId]]: string;
    };
  };
};
