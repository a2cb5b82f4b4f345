import { fr as common } from '../../webauthn/texts/fr.ts';
import type { RoamingTexts } from './en.ts';

const names = { authenticatorNamesWebauthnRoaming: 'Clé de sécurité' };

/** French texts of the security-key screens. */
export const fr: RoamingTexts = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': {
      ...names,
      explanationText: 'Résiste à l’hameçonnage. Il faut une petite clé à brancher ou à approcher.',
    },
  },
  'mfa-webauthn': {
    'mfa-webauthn-roaming-enrollment': {
      ...common.ceremony,
      pageTitle: 'Configurer votre clé de sécurité · ${clientName}',
      title: 'Configurez votre clé de sécurité',
      description:
        'Une clé de sécurité est un petit appareil qui prouve votre identité d’un simple contact. Elle ne répond qu’au vrai site\u00A0: une fausse page n’en tire rien.',
      instructions1: 'Gardez votre clé à portée de main, qu’elle se branche ou s’approche du téléphone.',
      instructions2:
        'Appuyez sur le bouton. Votre navigateur vous demande alors la clé dans une fenêtre à part.',
      instructions3:
        'Branchez la clé ou approchez-la, puis touchez-la. Si un code PIN vous est demandé, c’est celui de la clé.',
      continueButtonText: 'Utiliser une clé de sécurité',
      'webauthn-cancelled-error':
        'Aucune clé n’a été configurée\u00A0: la fenêtre a été fermée ou le délai est dépassé. Préparez votre clé et réessayez.',
      'webauthn-associate-error': 'Cette clé n’a pas pu être configurée. Réessayez ou utilisez-en une autre.',
      'webauthn-known-error': 'Cette clé est déjà configurée pour votre compte. Utilisez-en une autre.',
    },
    'mfa-webauthn-roaming-challenge': {
      ...common.ceremony,
      ...common.challenge,
      description:
        'Préparez votre clé de sécurité et appuyez sur le bouton. Votre navigateur vous demande alors de la brancher ou de l’approcher, puis de la toucher.',
      continueButtonText: 'Utiliser votre clé de sécurité',
      'webauthn-cancelled-error':
        'La clé n’a pas répondu\u00A0: la fenêtre a été fermée, le délai est dépassé ou cette clé n’est pas enregistrée pour ce compte. Réessayez ou choisissez une autre méthode.',
      'webauthn-challenge-error':
        'Cela n’a pas fonctionné. Utilisez une clé configurée pour ce compte et touchez-la quand le navigateur le demande.',
    },
    'mfa-webauthn-change-key-nickname': {
      pageTitle: 'Nommer votre clé · ${clientName}',
      title: 'Votre clé est configurée',
      description:
        'Donnez-lui un nom pour la reconnaître. Une seconde clé, rangée en lieu sûr, vous aidera si vous perdez celle-ci.',
      nickname: 'Nom de la clé',
      buttonText: 'Continuer',
      addAnotherText: 'Configurer une autre clé',
      'nickname-too-short': 'Saisissez un nom pour la clé.',
      'nickname-too-long': 'Un nom comporte 50 caractères au plus.',
    },
  },
};
