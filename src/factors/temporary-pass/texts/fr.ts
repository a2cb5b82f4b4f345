import type { TemporaryPassTexts } from './en.ts';

export const fr: TemporaryPassTexts = {
  mfa: {
    'mfa-login-options': {
      authenticatorNamesTemporaryPass: 'Laissez-passer temporaire',
    },
  },
  'mfa-temporary-pass': {
    'mfa-temporary-pass-challenge': {
      pageTitle: 'Saisir votre laissez-passer · ${clientName}',
      title: 'Utilisez votre laissez-passer temporaire',
      description: 'Saisissez le laissez-passer que l’assistance vous a donné.',
      placeholder: 'Laissez-passer temporaire',
      buttonText: 'Continuer',
      pickAuthenticatorText: 'Essayer une autre méthode',
      'no-code': 'Saisissez votre laissez-passer temporaire.',
      'invalid-code-format': 'Un laissez-passer temporaire comporte 12 lettres et chiffres.',
      'invalid-code':
        'Ce laissez-passer est incorrect ou a pris fin. Vérifiez-le ou demandez-en un nouveau à l’assistance.',
    },
  },
};
