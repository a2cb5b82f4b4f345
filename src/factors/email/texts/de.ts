import type { EmailTexts } from './en.ts';

/** German texts of the e-mail screens. */
export const de: EmailTexts = {
  mfa: {
    'mfa-login-options': { authenticatorNamesEmail: 'Code per E-Mail' },
    'mfa-begin-enroll-options': {
      explanationText: 'Nur so sicher wie Ihr Postfach. Sie brauchen sonst nichts.',
      authenticatorNamesEmail: 'Code per E-Mail',
    },
  },
  'mfa-email': {
    'mfa-email-challenge': {
      pageTitle: 'Code eingeben · ${clientName}',
      title: 'Geben Sie den Code aus der E-Mail ein',
      description: 'Wir haben eine Nachricht an ${email} gesendet.',
      placeholder: 'Sechsstelliger Code',
      buttonText: 'Weiter',
      changeEmailText: 'Eine andere Ihrer Adressen nehmen',
      rememberMeText: 'In diesem Browser ${rememberDays} Tage lang nicht mehr fragen',
      resendText: 'Nichts angekommen? Sehen Sie auch im Spam-Ordner nach.',
      resendActionText: 'Neuen Code senden',
      resendWaitText: 'In ${seconds} s können Sie einen neuen Code anfordern.',
      pickAuthenticatorText: 'Anderes Verfahren wählen',
      'no-code': 'Geben Sie den Code aus der E-Mail ein.',
      'invalid-otp-code-format':
        'Der Code hat sechs Ziffern. Geben Sie ihn so ein, wie er in der E-Mail steht.',
      'invalid-code': 'Dieser Code stimmt nicht. Nur der neueste Code gilt.',
      'invalid-expired-code': 'Dieser Code ist abgelaufen. Fordern Sie einen neuen an.',
      'too-many-email':
        'Sie haben viele Codes angefordert. Warten Sie eine Weile bis zum nächsten oder wählen Sie ein anderes Verfahren.',
    },
    'mfa-email-list': {
      pageTitle: 'Adresse wählen · ${clientName}',
      title: 'An welche Adresse soll der Code gehen?',
      backText: 'Zurück',
    },
  },
};
