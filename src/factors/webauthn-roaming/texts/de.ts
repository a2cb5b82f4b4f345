import { de as common } from '../../webauthn/texts/de.ts';
import type { RoamingTexts } from './en.ts';

const names = { authenticatorNamesWebauthnRoaming: 'Sicherheitsschlüssel' };

/** German texts of the security-key screens. */
export const de: RoamingTexts = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': {
      ...names,
      explanationText:
        'Lässt sich nicht abfischen. Sie brauchen einen kleinen Schlüssel zum Einstecken oder Antippen.',
    },
  },
  'mfa-webauthn': {
    'mfa-webauthn-roaming-enrollment': {
      ...common.ceremony,
      pageTitle: 'Sicherheitsschlüssel einrichten · ${clientName}',
      title: 'Sicherheits\u00ADschlüssel einrichten',
      description:
        'Ein Sicherheitsschlüssel ist ein kleines Gerät, mit dem Sie sich durch Berühren ausweisen. Er antwortet nur der echten Website, eine gefälschte bekommt nichts von ihm.',
      instructions1:
        'Halten Sie Ihren Schlüssel bereit: einen zum Einstecken oder einen zum Anhalten an das Telefon.',
      instructions2:
        'Drücken Sie den Knopf. Ihr Browser fragt dann in einem eigenen Fenster nach dem Schlüssel.',
      instructions3:
        'Stecken Sie den Schlüssel ein oder halten Sie ihn an, und berühren Sie ihn. Wird eine PIN verlangt, ist es die des Schlüssels.',
      continueButtonText: 'Sicherheitsschlüssel verwenden',
      'webauthn-cancelled-error':
        'Es wurde kein Schlüssel eingerichtet: Das Fenster wurde geschlossen oder die Zeit war um. Halten Sie Ihren Schlüssel bereit und versuchen Sie es noch einmal.',
      'webauthn-associate-error':
        'Dieser Schlüssel ließ sich nicht einrichten. Versuchen Sie es noch einmal oder nehmen Sie einen anderen.',
      'webauthn-known-error':
        'Dieser Schlüssel ist für Ihr Konto schon eingerichtet. Nehmen Sie einen anderen.',
    },
    'mfa-webauthn-roaming-challenge': {
      ...common.ceremony,
      ...common.challenge,
      description:
        'Halten Sie Ihren Sicherheitsschlüssel bereit und drücken Sie den Knopf. Ihr Browser bittet Sie dann, ihn einzustecken oder anzuhalten und zu berühren.',
      continueButtonText: 'Sicherheitsschlüssel verwenden',
      'webauthn-cancelled-error':
        'Der Schlüssel hat nicht geantwortet: Das Fenster wurde geschlossen, die Zeit war um oder er ist nicht für dieses Konto eingerichtet. Versuchen Sie es noch einmal oder wählen Sie ein anderes Verfahren.',
      'webauthn-challenge-error':
        'Das hat nicht geklappt. Nehmen Sie einen Schlüssel, den Sie für dieses Konto eingerichtet haben, und berühren Sie ihn, wenn Ihr Browser darum bittet.',
    },
    'mfa-webauthn-change-key-nickname': {
      pageTitle: 'Schlüssel benennen · ${clientName}',
      title: 'Ihr Schlüssel ist eingerichtet',
      description:
        'Geben Sie ihm einen Namen, an dem Sie ihn erkennen. Ein zweiter Schlüssel an einem sicheren Ort hilft Ihnen, falls dieser verloren geht.',
      nickname: 'Name des Schlüssels',
      buttonText: 'Weiter',
      addAnotherText: 'Weiteren Schlüssel einrichten',
      'nickname-too-short': 'Geben Sie einen Namen für den Schlüssel ein.',
      'nickname-too-long': 'Ein Name hat höchstens 50 Zeichen.',
    },
  },
};
