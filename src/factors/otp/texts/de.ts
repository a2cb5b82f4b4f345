import type { OtpTexts } from './en.ts';

const codeFields = {
  placeholder: 'Code aus der App',
  buttonText: 'Weiter',
  pickAuthenticatorText: 'Anderes Verfahren wählen',
  'no-code': 'Geben Sie den Code aus Ihrer App ein.',
  'invalid-otp-code-format':
    'Ein Code besteht nur aus Ziffern. Geben Sie ihn genau so ein, wie die App ihn zeigt.',
};

const enrolmentFields = {
  pageTitle: 'Authenticator-App einrichten · ${clientName}',
  title: 'Schützen Sie Ihr Konto',
  'invalid-code':
    'Dieser Code stimmt nicht. Nehmen Sie den gerade angezeigten und prüfen Sie, ob die Uhr Ihres Telefons automatisch gestellt wird.',
};

/** German texts of the one-time-password screens. */
export const de: OtpTexts = {
  mfa: {
    'mfa-login-options': {
      authenticatorNamesOTP: 'Authenticator-App',
    },
    'mfa-begin-enroll-options': {
      explanationText: 'Eine App auf Ihrem Telefon zeigt einen Code, auch ohne Netz.',
      authenticatorNamesOTP: 'Authenticator-App',
    },
  },
  'mfa-otp': {
    'mfa-otp-enrollment-qr': {
      description:
        'Scannen Sie dies mit einer Authenticator-App auf Ihrem Telefon und geben Sie dann den Code ein, den die App zeigt.',
      altText:
        'QR-Code zum Einrichten Ihrer Authenticator-App. Wenn Sie ihn nicht scannen können, wählen Sie unten den Schlüssel als Text.',
      codeEnrollmentText: 'Scannen nicht möglich? Schlüssel als Text anzeigen',
      ...codeFields,
      ...enrolmentFields,
    },
    'mfa-otp-enrollment-code': {
      description:
        'Fügen Sie diesen Schlüssel einer Authenticator-App hinzu und geben Sie dann den Code ein, den die App zeigt.',
      altText: 'Schlüssel für Ihre Authenticator-App',
      copyCodeButtonText: 'Schlüssel kopieren',
      backText: 'Stattdessen den QR-Code anzeigen',
      ...codeFields,
      ...enrolmentFields,
    },
    'mfa-otp-challenge': {
      pageTitle: 'Code eingeben · ${clientName}',
      title: 'Sind Sie es wirklich?',
      description: 'Geben Sie den Code ein, den Ihre Authenticator-App gerade zeigt.',
      rememberMeText: 'In diesem Browser ${rememberDays} Tage lang nicht mehr fragen',
      'invalid-code':
        'Dieser Code stimmt nicht. Codes wechseln alle paar Sekunden, nehmen Sie also den gerade angezeigten.',
      ...codeFields,
    },
  },
};
