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

const shownCodesFields = {
  ...shownCodeFields,
  altText: 'Codes de secours',
  checkboxText: 'J’ai mis ces codes en lieu sûr',
  'no-confirmation': 'Cochez la case une fois les codes mis en lieu sûr.',
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
    'mfa-recovery-codes-enrollment': {
      pageTitle: 'Vos codes de secours · ${clientName}',
      title: 'Conservez ces codes de secours',
      description:
        'Si vous perdez votre téléphone, chacun de ces codes vous permet d’entrer, une seule fois. Imprimez-les ou rangez-les là où vous seul pourrez les retrouver.',
      ...shownCodesFields,
    },
    'mfa-recovery-code-challenge': {
      pageTitle: 'Saisir votre code de secours · ${clientName}',
      title: 'Utilisez votre code de secours',
      description:
        'Saisissez un code que vous avez conservé en configurant la seconde étape. Si vous en avez plusieurs, n’importe lequel qui n’a pas servi convient.',
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
      newCodesText: 'Créer plutôt une liste de plusieurs codes',
    },
    'mfa-recovery-codes-new': {
      pageTitle: 'Vos nouveaux codes de secours · ${clientName}',
      title: 'Voici vos nouveaux codes de secours',
      description:
        'Les précédents ne sont plus valables. Imprimez ceux-ci ou conservez-les à leur place. Chacun fonctionne une seule fois.',
      ...shownCodesFields,
    },
    'mfa-recovery-codes-few': {
      pageTitle: 'Il reste peu de codes de secours · ${clientName}',
      title: 'Codes de secours restants\u00A0: ${remaining}',
      description:
        'Le code utilisé n’est plus valable. Créez de nouveaux codes maintenant pour ne pas en manquer. Ceux qui vous restent cesseront alors de fonctionner.',
      newCodesText: 'Créer de nouveaux codes',
      buttonText: 'Pas maintenant',
    },
  },
};
