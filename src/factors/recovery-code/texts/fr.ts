import type { RecoveryCodeTexts } from './en.ts';

const shownCodeFields = {
  altText: 'Code de secours',
  copyCodeButtonText: 'Copier',
  downloadButtonText: 'Télécharger',
  printButtonText: 'Imprimer',
  checkboxText: 'J’ai mis ce code en lieu sûr',
  buttonText: 'Continuer',
  'no-confirmation': 'Cochez la case une fois le code mis en lieu sûr.',
};

/** French texts of the recovery-code screens. */
export const fr: RecoveryCodeTexts = {
  mfa: {
    'mfa-login-options': {
      authenticatorNamesRecoveryCode: 'Code de secours',
    },
  },
  'mfa-recovery-code': {
    'mfa-recovery-code-enrollment': {
      pageTitle: 'Votre code de secours · ${clientName}',
      title: 'Conservez ce code de secours',
      description:
        'Si vous perdez votre téléphone, ce code vous permet d’entrer. Il fonctionne une seule fois. Notez-le ou rangez-le là où vous seul pourrez le retrouver.',
      ...shownCodeFields,
    },
    'mfa-recovery-code-challenge': {
      pageTitle: 'Saisir votre code de secours · ${clientName}',
      title: 'Utilisez votre code de secours',
      description: 'Saisissez le code que vous avez conservé en configurant la seconde étape.',
      placeholder: 'Code de secours',
      buttonText: 'Continuer',
      pickAuthenticatorText: 'Essayer une autre méthode',
      'no-code': 'Saisissez votre code de secours.',
      'invalid-code-format': 'Un code de secours comporte 24 lettres et chiffres.',
      'invalid-code': 'Ce code de secours est incorrect. Vérifiez-le et réessayez.',
    },
    'mfa-recovery-code-challenge-new-code': {
      pageTitle: 'Votre nouveau code de secours · ${clientName}',
      title: 'Voici votre nouveau code de secours',
      description:
        'L’ancien code a servi et n’est plus valable. Conservez celui-ci à sa place\u00A0: il fonctionne une seule fois, en cas de besoin.',
      ...shownCodeFields,
    },
  },
};
