import type { PhoneTexts } from './en.ts';

const names = {
  authenticatorNamesSMS: 'Code par SMS',
  authenticatorNamesVoice: 'Code par appel',
  authenticatorNamesPhone: 'Code sur votre téléphone',
};

const restrictedText =
  'Les codes envoyés par téléphone peuvent être interceptés\u00A0: une application d’authentification vous protège mieux.';

const tooMany = {
  sms: {
    'too-many-sms':
      'Vous avez demandé beaucoup de codes. Patientez un peu avant le prochain ou choisissez une autre méthode.',
  },
  voice: {
    'too-many-voice':
      'Vous avez demandé beaucoup d’appels. Patientez un peu avant le prochain ou choisissez une autre méthode.',
  },
};

const numberFields = {
  countryPlaceholder: 'Pays',
  placeholder: 'Numéro de téléphone',
  restrictedText,
  pickAuthenticatorText: 'Essayer une autre méthode',
  'no-phone': 'Saisissez votre numéro de téléphone.',
  'invalid-phone': 'Ce numéro n’existe pas. Vérifiez les chiffres et le pays.',
  'phone-not-allowed':
    'Nous ne pouvons pas envoyer de code à ce numéro. Prenez celui de votre propre téléphone, dans l’un des pays de la liste.',
};

const codeFields = {
  placeholder: 'Code à six chiffres',
  buttonText: 'Continuer',
  editText: 'Modifier le numéro',
  changePhoneText: 'Utiliser un autre de vos numéros',
  rememberMeText: 'Ne plus demander dans ce navigateur pendant ${rememberDays} jours',
  resendWaitText: 'Vous pourrez demander un nouveau code dans ${seconds} s.',
  pickAuthenticatorText: 'Essayer une autre méthode',
  'invalid-code': 'Ce code n’est pas le bon. Seul le plus récent compte.',
  'invalid-expired-code': 'Ce code a expiré. Demandez-en un nouveau.',
};

/** French texts of the phone screens. */
export const fr: PhoneTexts = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': {
      ...names,
      explanationText: 'Les messages peuvent être interceptés. Il faut un numéro de téléphone.',
    },
  },
  'mfa-phone': {
    'mfa-phone-enrollment': {
      pageTitle: 'Configurer les codes sur votre téléphone · ${clientName}',
      title: 'Protégez votre compte',
      description:
        'Saisissez votre numéro de téléphone. Nous y enverrons un code lorsque vous vous connecterez.',
      chooseMessageTypeText: 'Comment souhaitez-vous recevoir le code\u00A0?',
      smsButtonText: 'SMS',
      voiceButtonText: 'Appel',
      continueButtonText: 'Envoyer le code',
      ...numberFields,
      ...tooMany.sms,
    },
  },
  'mfa-sms': {
    'mfa-sms-enrollment': {
      pageTitle: 'Configurer les codes par SMS · ${clientName}',
      title: 'Protégez votre compte',
      description:
        'Saisissez votre numéro de mobile. Nous vous enverrons un code par SMS lorsque vous vous connecterez.',
      buttonText: 'Envoyer le code',
      ...numberFields,
      ...tooMany.sms,
    },
    'mfa-sms-challenge': {
      pageTitle: 'Saisir votre code · ${clientName}',
      title: 'Saisissez le code du message',
      description: 'Nous avons envoyé un SMS au ${phone_number}.',
      ...codeFields,
      ...tooMany.sms,
      'sms-authenticator-error':
        'Nous ne pouvons pas envoyer de SMS pour le moment. Réessayez plus tard ou choisissez une autre méthode.',
      resendText: 'Rien reçu\u00A0?',
      resendActionText: 'Envoyer un nouveau code',
      resendVoiceActionSeparatorTextBefore: 'ou',
      resendVoiceActionText: 'Être appelé à la place',
      'no-code': 'Saisissez le code du message.',
      'invalid-otp-code-format':
        'Le code comporte six chiffres. Saisissez-le tel qu’il figure dans le message.',
    },
    'mfa-sms-list': {
      pageTitle: 'Choisir un numéro · ${clientName}',
      title: 'À quel numéro envoyer le code\u00A0?',
      backText: 'Retour',
    },
  },
  'mfa-voice': {
    'mfa-voice-enrollment': {
      pageTitle: 'Configurer les codes par appel · ${clientName}',
      title: 'Protégez votre compte',
      description:
        'Saisissez votre numéro de téléphone. Nous vous appellerons pour vous lire un code lorsque vous vous connecterez.',
      buttonText: 'M’appeler',
      ...numberFields,
      ...tooMany.voice,
    },
    'mfa-voice-challenge': {
      pageTitle: 'Saisir votre code · ${clientName}',
      title: 'Saisissez le code que vous entendez',
      description: 'Nous appelons le ${phone_number}. Le code est lu deux fois.',
      ...codeFields,
      ...tooMany.voice,
      'voice-authenticator-error':
        'Nous ne pouvons pas appeler pour le moment. Réessayez plus tard ou choisissez une autre méthode.',
      resendText: 'Pas d’appel\u00A0?',
      resendActionText: 'Rappeler',
      resendSmsActionSeparatorTextBefore: 'ou',
      resendSmsActionText: 'Recevoir un SMS à la place',
      'no-code': 'Saisissez le code de l’appel.',
      'invalid-otp-code-format': 'Le code comporte six chiffres. Saisissez-les tels que vous les entendez.',
    },
  },
};
