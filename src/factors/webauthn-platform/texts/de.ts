import { de as common } from '../../webauthn/texts/de.ts';
import type { PlatformTexts } from './en.ts';

const names = { authenticatorNamesWebauthnPlatform: 'Fingerabdruck, Gesicht oder PIN Ihres Geräts' };

/** German texts of the screens of people's own devices. */
export const de: PlatformTexts = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': {
      ...names,
      explanationText:
        'Lässt sich nicht abfischen. Finger, Gesicht oder PIN dieses Geräts; nur auf diesem Gerät.',
    },
  },
  'mfa-webauthn': {
    'mfa-webauthn-platform-enrollment': {
      ...common.ceremony,
      pageTitle: 'Schneller anmelden auf diesem Gerät · ${clientName}',
      title: 'Auf diesem Gerät schneller anmelden',
      description:
        'Weisen Sie sich so aus, wie Sie dieses Gerät entsperren: mit Fingerabdruck, Gesicht oder PIN. Zum Einrichten fragt Ihr Browser jetzt einmal danach. Nichts davon verlässt Ihr Gerät.',
      continueButtonText: 'Dieses Gerät einrichten',
      snoozeEnrollmentButtonText: 'Jetzt nicht',
      refuseAddingDeviceText: 'Nicht auf diesem Gerät',
      'webauthn-cancelled-error':
        'Es wurde nichts eingerichtet: Das Fenster wurde geschlossen oder die Zeit war um. Sie können es noch einmal versuchen.',
      'webauthn-platform-associate-error':
        'Dieses Gerät ließ sich nicht einrichten. Sie können es noch einmal versuchen.',
      'webauthn-platform-known-error': 'Dieses Gerät ist für Ihr Konto schon eingerichtet.',
    },
    'mfa-webauthn-platform-challenge': {
      ...common.ceremony,
      ...common.challenge,
      description:
        'Drücken Sie den Knopf. Ihr Browser fragt dann nach Ihrem Fingerabdruck, Ihrem Gesicht oder der PIN Ihres Geräts.',
      continueButtonText: 'Dieses Gerät verwenden',
      'webauthn-cancelled-error':
        'Ihr Gerät hat nicht geantwortet: Das Fenster wurde geschlossen oder die Zeit war um. Versuchen Sie es noch einmal oder wählen Sie ein anderes Verfahren.',
      'webauthn-platform-challenge-error':
        'Das hat nicht geklappt. Versuchen Sie es noch einmal, oder wählen Sie ein anderes Verfahren, wenn Sie ein anderes Gerät eingerichtet haben.',
    },
    'mfa-webauthn-enrollment-success': {
      pageTitle: 'Ihr Gerät ist eingerichtet · ${clientName}',
      title: 'Ihr Gerät ist eingerichtet',
      description: 'Beim nächsten Mal genügt Ihr Fingerabdruck, Ihr Gesicht oder die PIN dieses Geräts.',
      buttonText: 'Weiter',
    },
  },
};
