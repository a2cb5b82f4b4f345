import type { OtpTexts } from './en.ts';

const codeFields = {
  placeholder: 'Code de l’application',
  buttonText: 'Continuer',
  pickAuthenticatorText: 'Essayer une autre méthode',
  'no-code': 'Saisissez le code de votre application.',
  'invalid-otp-code-format':
    'Le code ne comporte que des chiffres. Saisissez-le tel que l’application l’affiche.',
};

const enrolmentFields = {
  pageTitle: 'Configurer votre application d’authentification · ${clientName}',
  title: 'Protégez votre compte',
  'invalid-code':
    'Ce code n’est pas le bon. Prenez celui qui s’affiche maintenant et vérifiez que l’heure de votre téléphone est réglée automatiquement.',
};

/** French texts of the one-time-password screens. */
export const fr: OtpTexts = {
  mfa: {
    'mfa-login-options': {
      authenticatorNamesOTP: 'Application d’authentification',
    },
    'mfa-begin-enroll-options': {
      explanationText: 'Une application de votre téléphone affiche un code, même sans réseau.',
      authenticatorNamesOTP: 'Application d’authentification',
    },
  },
  'mfa-otp': {
    'mfa-otp-enrollment-qr': {
      description:
        'Scannez ceci avec une application d’authentification sur votre téléphone, puis saisissez le code qu’elle affiche.',
      altText:
        'QR code qui configure votre application d’authentification. Si vous ne pouvez pas le scanner, choisissez la clé en texte ci-dessous.',
      codeEnrollmentText: 'Impossible de scanner\u00A0? Afficher la clé en texte',
      ...codeFields,
      ...enrolmentFields,
    },
    'mfa-otp-enrollment-code': {
      description:
        'Ajoutez cette clé à une application d’authentification, puis saisissez le code qu’elle affiche.',
      altText: 'Clé pour votre application d’authentification',
      copyCodeButtonText: 'Copier la clé',
      backText: 'Afficher plutôt le QR code',
      ...codeFields,
      ...enrolmentFields,
    },
    'mfa-otp-challenge': {
      pageTitle: 'Saisir votre code · ${clientName}',
      title: 'Est-ce bien vous\u00A0?',
      description: 'Saisissez le code que votre application d’authentification affiche en ce moment.',
      rememberMeText: 'Ne plus demander dans ce navigateur pendant ${rememberDays} jours',
      'invalid-code':
        'Ce code n’est pas le bon. Il change souvent\u00A0: prenez celui qui s’affiche maintenant.',
      ...codeFields,
    },
  },
};
