import { fr as common } from '../../webauthn/texts/fr.ts';
import type { PlatformTexts } from './en.ts';

const names = { authenticatorNamesWebauthnPlatform: 'Empreinte, visage ou code PIN de votre appareil' };

/** French texts of the screens of people's own devices. */
export const fr: PlatformTexts = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': {
      ...names,
      explanationText:
        'Résiste à l’hameçonnage. Votre doigt, votre visage ou le code de cet appareil ; sur cet appareil seulement.',
    },
  },
  'mfa-webauthn': {
    'mfa-webauthn-platform-enrollment': {
      ...common.ceremony,
      pageTitle: 'Connexion plus rapide sur cet appareil · ${clientName}',
      title: 'Connectez-vous plus vite sur cet appareil',
      description:
        'Prouvez votre identité comme vous déverrouillez cet appareil\u00A0: par empreinte, visage ou code PIN. Votre navigateur vous le demande une fois maintenant, pour la configuration. Rien de cela ne quitte votre appareil.',
      continueButtonText: 'Configurer cet appareil',
      snoozeEnrollmentButtonText: 'Pas maintenant',
      refuseAddingDeviceText: 'Pas sur cet appareil',
      'webauthn-cancelled-error':
        'Rien n’a été configuré\u00A0: la fenêtre a été fermée ou le délai est dépassé. Vous pouvez réessayer.',
      'webauthn-platform-associate-error': 'Cet appareil n’a pas pu être configuré. Vous pouvez réessayer.',
      'webauthn-platform-known-error': 'Cet appareil est déjà configuré pour votre compte.',
    },
    'mfa-webauthn-platform-challenge': {
      ...common.ceremony,
      ...common.challenge,
      description:
        'Appuyez sur le bouton. Votre navigateur vous demande alors votre empreinte, votre visage ou le code PIN de votre appareil.',
      continueButtonText: 'Utiliser cet appareil',
      'webauthn-cancelled-error':
        'Votre appareil n’a pas répondu\u00A0: la fenêtre a été fermée ou le délai est dépassé. Réessayez ou choisissez une autre méthode.',
      'webauthn-platform-challenge-error':
        'Cela n’a pas fonctionné. Réessayez, ou choisissez une autre méthode si vous avez configuré un autre appareil.',
    },
    'mfa-webauthn-enrollment-success': {
      pageTitle: 'Votre appareil est configuré · ${clientName}',
      title: 'Votre appareil est configuré',
      description: 'La prochaine fois, votre empreinte, votre visage ou le code PIN de cet appareil suffira.',
      buttonText: 'Continuer',
    },
  },
};
