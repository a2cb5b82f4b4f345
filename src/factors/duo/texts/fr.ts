import type { DuoTexts } from './en.ts';

const names = { authenticatorNamesDUO: 'Cisco Duo' };

const commonFields = {
  buttonText: 'Continuer vers Duo',
  leavingTitle: 'Direction Duo',
  leavingText: 'Vous allez sur la page de Cisco Duo…',
  pickAuthenticatorText: 'Essayer une autre méthode',
  'duo-unavailable': 'Duo est injoignable pour le moment. Réessayez dans quelques minutes.',
};

/** French texts of the screens before and after Duo's page. */
export const fr: DuoTexts = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': {
      ...names,
      explanationText: 'Vous approuvez avec Duo, comme votre organisation l’a prévu.',
    },
  },
  'mfa-duo': {
    'mfa-duo-enrollment': {
      pageTitle: 'Configurer Duo · ${clientName}',
      title: 'Protégez votre compte',
      description:
        'Ici, vous confirmez vos connexions avec Cisco Duo. Sa page vous guide dans la configuration, puis vous ramène.',
      'duo-denied':
        'Duo n’a pas confirmé la configuration. Réessayez\u00A0; si cela n’aide pas, adressez-vous à votre support.',
      ...commonFields,
    },
    'mfa-duo-challenge': {
      pageTitle: 'Confirmer avec Duo · ${clientName}',
      title: 'Est-ce bien vous\u00A0?',
      description: 'Cisco Duo le confirme sur sa propre page, puis vous ramène.',
      'duo-denied':
        'Duo n’a pas confirmé cette connexion. Réessayez\u00A0; si cela n’aide pas, adressez-vous à votre support.',
      ...commonFields,
    },
  },
};
