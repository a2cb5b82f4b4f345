import type { EmailTexts } from './en.ts';

/** French texts of the e-mail screens. */
export const fr: EmailTexts = {
  mfa: {
    'mfa-login-options': { authenticatorNamesEmail: 'Code par e-mail' },
    'mfa-begin-enroll-options': {
      explanationText: 'Aussi sûre que votre boîte aux lettres. Rien d’autre n’est nécessaire.',
      authenticatorNamesEmail: 'Code par e-mail',
    },
  },
  'mfa-email': {
    'mfa-email-challenge': {
      pageTitle: 'Saisir votre code · ${clientName}',
      title: 'Saisissez le code de l’e-mail',
      description: 'Nous avons envoyé un message à ${email}.',
      placeholder: 'Code à six chiffres',
      buttonText: 'Continuer',
      changeEmailText: 'Utiliser une autre de vos adresses',
      rememberMeText: 'Ne plus demander dans ce navigateur pendant ${rememberDays} jours',
      resendText: 'Rien reçu\u00A0? Regardez aussi dans les indésirables.',
      resendActionText: 'Envoyer un nouveau code',
      resendWaitText: 'Vous pourrez demander un nouveau code dans ${seconds} s.',
      pickAuthenticatorText: 'Essayer une autre méthode',
      'no-code': 'Saisissez le code de l’e-mail.',
      'invalid-otp-code-format':
        'Le code comporte six chiffres. Saisissez-le tel qu’il figure dans l’e-mail.',
      'invalid-code': 'Ce code n’est pas le bon. Seul le plus récent compte.',
      'invalid-expired-code': 'Ce code a expiré. Demandez-en un nouveau.',
      'too-many-email':
        'Vous avez demandé beaucoup de codes. Patientez un peu avant le prochain ou choisissez une autre méthode.',
    },
    'mfa-email-list': {
      pageTitle: 'Choisir une adresse · ${clientName}',
      title: 'À quelle adresse envoyer le code\u00A0?',
      backText: 'Retour',
    },
  },
};
