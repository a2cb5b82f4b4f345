/**
 * English texts of the hosted pages, keyed prompt → screen → Auth0's text key.
 * The other languages have exactly these keys; the type checker holds them to it.
 * Placeholders such as `${clientName}` are filled in by `locale/fillText.ts`.
 */
export const en = {
  common: {
    common: {
      logoAltText: '${companyName}',
      alertListTitle: 'Please check the following',
      showPasswordText: 'Show password',
      hidePasswordText: 'Hide password',
      copiedText: 'Copied',
      continueTitle: 'You’re signed in',
      leaveTitle: 'Not signed in',
      continueDescription: 'Taking you back to ${clientName} …',
      continueLinkText: 'Continue',
      backToApplicationText: 'Back to ${clientName}',
      ceremonyStuckText:
        'This step needs JavaScript and a browser that can use security keys and screen locks.',
      ceremonyStuckButtonText: 'Go on another way',
      'too-many-failures': 'Too many wrong codes. Please wait a few minutes before you try again.',
      'transaction-not-found': 'This step has expired. Please start again.',
      'authenticator-error': 'We couldn’t check this right now. Please try again in a moment.',
      'invalid-code': 'That code isn’t right. Please try again.',
      'user-already-enrolled': 'This method is already set up.',
      'password-policy-length-at-least': 'Use at least ${passwordLength} characters.',
      'password-policy-length-at-most': 'Use no more than 256 characters.',
      'password-too-common': 'This password is one of the first that are guessed. Choose a less common one.',
      'password-policy-contains-user-information':
        'This password is too close to your name or address. Choose one that isn’t about you.',
    },
  },
  login: {
    login: {
      pageTitle: 'Sign in · ${clientName}',
      title: 'Sign in',
      description: 'Continue to ${clientName}',
      usernamePlaceholder: 'E-mail address',
      passwordPlaceholder: 'Password',
      buttonText: 'Continue',
      forgotPasswordText: 'Forgot your password?',
      signupActionText: 'New here?',
      signupActionLinkText: 'Create an account',
      passkeyText: 'Sign in with a passkey',
      'wrong-credentials': 'The e-mail address or the password is wrong.',
      'no-username': 'Enter your e-mail address.',
      'no-password': 'Enter your password.',
    },
    'login-passkey': {
      pageTitle: 'Sign in with a passkey · ${clientName}',
      title: 'Sign in with a passkey',
      description:
        'Your device asks for your finger, your face or its PIN. No password and no code is needed.',
      buttonText: 'Use a passkey',
      waitingText: 'Your browser is asking you …',
      cancelledText: 'No passkey was used. Try again, or sign in with your password.',
      failedText: 'You couldn’t be signed in with this passkey. Try again, or sign in with your password.',
      usePasswordText: 'Use your password instead',
    },
  },
  signup: {
    signup: {
      pageTitle: 'Create an account · ${clientName}',
      title: 'Create your account',
      description: 'It takes a minute, then you go on to ${clientName}',
      emailPlaceholder: 'E-mail address',
      passwordPlaceholder: 'Choose a password',
      passwordSecurityText: 'At least ${passwordLength} characters. A few unrelated words work well.',
      buttonText: 'Create account',
      loginActionText: 'Already have an account?',
      loginActionLinkText: 'Sign in',
      'no-email': 'Enter your e-mail address.',
      'invalid-email-format': 'Enter an e-mail address such as name@example.com.',
      'no-password': 'Choose a password.',
    },
    'signup-email': {
      pageTitle: 'Check your inbox · ${clientName}',
      title: 'Check your inbox',
      emailDescription:
        'We’ve sent a message to ${email}. Open the link in it to finish your account, then come back here and sign in.',
      buttonText: 'Continue to sign-in',
      resendText: 'Nothing arrived?',
      resendLinkText: 'Try again',
    },
  },
  'reset-password': {
    'reset-password-request': {
      pageTitle: 'Reset your password · ${clientName}',
      title: 'Forgot your password?',
      descriptionEmail: 'Tell us your e-mail address. We’ll send you a link to choose a new password.',
      placeholderEmail: 'E-mail address',
      buttonText: 'Send the link',
      backToLoginLinkText: 'Back to sign-in',
      'no-email': 'Enter your e-mail address.',
      'invalid-email-format': 'Enter an e-mail address such as name@example.com.',
    },
    'reset-password-email': {
      pageTitle: 'Check your inbox · ${clientName}',
      title: 'Check your inbox',
      emailDescription:
        'If there is an account for ${email}, a link to choose a new password is on its way. It works once, and only for a short time.',
      resendText: 'Nothing arrived?',
      resendLinkText: 'Try again',
      backToLoginLinkText: 'Back to sign-in',
    },
    'reset-password': {
      pageTitle: 'Choose a new password',
      title: 'Choose a new password',
      description: 'You’ll use it from the next sign-in on.',
      passwordPlaceholder: 'New password',
      reEnterpasswordPlaceholder: 'New password again',
      passwordSecurityText: 'At least ${passwordLength} characters. A few unrelated words work well.',
      signOutEverywhereText: 'Sign me out on all devices',
      buttonText: 'Change password',
      'no-password': 'Choose a new password.',
      'no-re-enter-password': 'Enter the new password a second time.',
      'password-mismatch': 'The two passwords differ.',
    },
    'reset-password-prove': {
      pageTitle: 'Choose a new password',
      title: 'First, confirm it’s you',
      description: 'Your account has a second step. Confirm it here, then choose your new password.',
      buttonText: 'Continue',
    },
    'reset-password-success': {
      pageTitle: 'Password changed',
      eventTitle: 'Password changed',
      signedOutText: 'You’ve been signed out on all devices.',
      description:
        'Go back to the application and sign in with your new password. If your account has a second step, it will be asked for as usual.',
    },
    'reset-password-error': {
      pageTitle: 'Link no longer valid',
      eventTitleExpired: 'This link has expired',
      descriptionExpired:
        'Links to reset a password work once and for a short time. Ask for a new one on the sign-in page.',
    },
  },
  'email-verification': {
    'email-verification-result': {
      pageTitle: 'Confirm your e-mail address',
      title: 'Confirm your e-mail address',
      description: 'One click, and we know that this mailbox is yours.',
      buttonText: 'Confirm address',
      verifiedTitle: 'Address confirmed',
      verifiedDescription: 'Thank you. You can close this page, go back to where you came from and sign in.',
      errorTitle: 'This link has expired',
      invalidAccountOrCodeDescription:
        'Confirmation links work once and for a short time. If your address is confirmed already, there is nothing left to do.',
    },
  },
  'undo-change': {
    'undo-change': {
      pageTitle: 'Wasn’t it you? · ${companyName}',
      title: 'Wasn’t it you?',
      addedDescription: '${time}: this was added to your account as a second step: ${factor}.',
      removedDescription: '${time}: this was removed from your account: ${factor}.',
      signOutText: 'Everyone is signed out of your account, on every device.',
      takeText: 'What was added can’t be used any more.',
      putBackText: 'What was removed works again.',
      passwordText: 'Your password works no more, and we send you a link for a new one.',
      leaveText: 'If it was you, close this page. Nothing happens then.',
      buttonText: 'It wasn’t me',
    },
    'undo-change-result': {
      pageTitle: 'Everyone is signed out · ${companyName}',
      title: 'Everyone is signed out',
      takenText: 'What was added to your account is gone.',
      putBackText: 'What was removed from your account works again.',
      keptText:
        'What was added is the only second step that your account has now. It stays until support removes it: a link in a message mustn’t leave your account without any. Please get in touch with support.',
      nothingText: 'There was nothing left to take back.',
      passwordText:
        'We’ve sent you an e-mail. Choose a new password with its link now, since someone may know yours.',
      errorTitle: 'This link has expired',
      errorDescription:
        'Such links work once and for a day. If something in your account still isn’t yours, get in touch with support.',
    },
  },
  consent: {
    consent: {
      pageTitle: 'Give access · ${clientName}',
      title: 'Give ${clientName} access?',
      messageSingleTenant: '${clientName} asks to use your ${companyName} account. It would be able to:',
      acceptButtonText: 'Allow',
      declineButtonText: 'Don’t allow',
      scopeOpenid: 'Know who you are',
      scopeProfile: 'See your profile: name, nickname and picture',
      scopeEmail: 'See your e-mail address',
      scopePhone: 'See your phone number',
      scopeAddress: 'See your postal address',
      scopeOfflineAccess: 'Keep this access while you’re away',
    },
  },
  mfa: {
    'mfa-login-options': {
      pageTitle: 'Choose a method · ${clientName}',
      title: 'Choose how to prove it’s you',
      description: 'Any one of these will do.',
      backText: 'Back',
    },
    'mfa-begin-enroll-options': {
      pageTitle: 'Protect your account · ${clientName}',
      title: 'Choose a second step',
      description: 'From now on, a password alone won’t open your account.',
      backText: 'Back',
      strengthResistantText: 'Strongest.',
      strengthStrongText: 'Strong.',
      strengthRestrictedText: 'Weaker.',
      strengthBasicText: 'Basic.',
    },
    'mfa-enroll-replacement': {
      pageTitle: 'Set up a new method · ${clientName}',
      title: 'Lost your usual method?',
      description:
        'You signed in without your usual method. Set up a new one now, so that you won’t have to next time.',
      removeLostText: 'I no longer have the old one: remove it',
      skipButtonText: 'Not now',
    },
    'mfa-enroll-invitation': {
      pageTitle: 'Set up a second step · ${companyName}',
      title: 'Set up a second step',
      description:
        'You’re invited to protect your ${companyName} account: after your password, you confirm that it’s really you. It takes a minute or two.',
      enrolledHint: 'If your account has a second step already, you’ll be asked for that first.',
      buttonText: 'Get started',
    },
    'mfa-enroll-result': {
      pageTitle: 'Second step · ${companyName}',
      enrolledTitle: 'Your second step is set up',
      enrolledDescription: 'From now on you’ll be asked for it when you sign in. You can close this page.',
      invalidTicketTitle: 'This link doesn’t work',
      invalidTicketDescription:
        'It may be incomplete, or a newer one took its place. Open the link in the latest message, or ask for a new invitation.',
      expiredTicketTitle: 'This invitation has expired',
      expiredTicketDescription: 'Invitations work for five days. Ask for a new one.',
      alreadyUsedTitle: 'This invitation was used already',
      alreadyUsedDescription:
        'Each invitation works once. If it wasn’t you who used it, tell support at once.',
      alreadyEnrolledTitle: 'You’re all set already',
      alreadyEnrolledDescription:
        'Your account has a second step, and this invitation is for people who have none.',
    },
    'mfa-blocked': {
      pageTitle: 'Can’t go on · ${clientName}',
      title: 'A second step is needed',
      switchedOffText: 'Your account is protected by a second step that has been switched off: ${methods}.',
      passwordText: 'Your password alone can’t take its place. That keeps everybody out who may know it.',
      unreachedText:
        'Nothing can be sent any more to the number or address with which you prove who you are.',
      nothingText:
        'This sign-in needs a second step, but none can be used or set up for your account at the moment.',
      contactText:
        'Ask the operator of ${clientName} for help: they can change the settings, or let you in once with a temporary pass.',
      contactLinkText: 'Contact support',
      tryAgainButtonText: 'Try again',
      leaveButtonText: 'Back to ${clientName}',
    },
    'mfa-detect-browser-capabilities': {
      pageTitle: 'One moment · ${clientName}',
      title: 'One moment',
      waitingText: 'Checking what this browser can do …',
      noJSErrorDescription:
        'Still here? Then JavaScript is switched off or didn’t load. You can go on without it, with the methods that work in any browser.',
      buttonText: 'Go on without JavaScript',
    },
  },
  'mfa-webauthn': {
    'mfa-webauthn-not-available-error': {
      pageTitle: 'Not possible here · ${clientName}',
      errorTitle: 'This browser can’t do that',
      errorDescription:
        'This sign-in asks for a security key or the screen lock of a device. This browser can’t use them, or JavaScript is switched off in it. Switch it on, or open ${clientName} in an up-to-date browser.',
      tryAgainLinkText: 'Try again',
      otherMethodsText: 'Or prove who you are like this:',
      contactText: 'Can’t use any other browser? Ask the operator of ${clientName} for help.',
      contactLinkText: 'Contact support',
    },
  },
  logout: {
    logout: {
      pageTitle: 'Sign out',
      title: 'Sign out?',
      description: 'You’ll be signed out of ${companyName} in this browser.',
      acceptButtonText: 'Sign out',
      declineButtonText: 'Stay signed in',
    },
    'logout-complete': {
      pageTitle: 'Signed out',
      eventTitle: 'You’re signed out',
      description: 'On a shared computer, close the browser window as well.',
    },
  },
  status: {
    status: {
      pageTitle: 'Sign-in · ${companyName}',
      expiredTitle: 'This page has expired',
      expiredDescription:
        'For your safety this can’t stay open for long, and it works in one browser only. Go back to the application, or open the link in your message again, and start anew.',
      errorTitle: 'Something went wrong',
      errorDescription: 'The request couldn’t be completed. Go back to the application and try again.',
      unavailableTitle: 'We’ll be back in a moment',
      unavailableDescription:
        'Signing in isn’t possible right now. Wait a little, then load this page again.',
      homeTitle: 'Sign-in for ${companyName}',
      homeDescription:
        'There’s nothing to do at this address itself. Open the application you want to use: it brings you here when it’s time to sign in.',
      notFoundTitle: 'There’s no page here',
      notFoundDescription: 'The address may be mistyped or out of date.',
      lockedTitle: 'Paused for your protection',
      lockedDescription:
        'There were too many wrong codes for this account. Your password was right, but the second step is paused. You can try again ${retryIn}.',
      lockedAdvice:
        'If it wasn’t you who tried, somebody may know your password: change it as soon as you can.',
      lockedErrandDescription:
        'There were too many wrong codes for this account, so its second step is paused. You can try again ${retryIn}.',
      lockedErrandAdvice:
        'If it wasn’t you who tried, somebody may be able to read your messages: change the password of your mailbox as soon as you can.',
      rateLimitedTitle: 'Too many attempts',
      rateLimitedDescription: 'Please wait a little. You can try again ${retryIn}.',
      errorDetailText: 'For the operator:',
      supportText: 'Need help?',
      supportLinkText: 'Contact support',
    },
  },
} as const;

/** A dictionary with exactly the English one's prompts, screens and keys. */
export type PageTexts = {
  readonly [Prompt in keyof typeof en]: {
    readonly [ScreenId in keyof (typeof en)[Prompt]]: {
      readonly [Key in keyof (typeof en)[Prompt][ScreenId]]: string;
    };
  };
};
