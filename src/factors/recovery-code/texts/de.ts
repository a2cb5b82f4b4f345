import type { RecoveryCodeTexts } from './en.ts';

const shownCodeFields = {
  altText: 'Wiederherstellungscode',
  copyCodeButtonText: 'Kopieren',
  downloadButtonText: 'Herunterladen',
  printButtonText: 'Drucken',
  checkboxText: 'Ich habe diesen Code sicher aufbewahrt',
  buttonText: 'Weiter',
  'no-confirmation': 'Setzen Sie das Häkchen, sobald Sie den Code aufbewahrt haben.',
};

/** German texts of the recovery-code screens. */
export const de: RecoveryCodeTexts = {
  mfa: {
    'mfa-login-options': {
      authenticatorNamesRecoveryCode: 'Wiederherstellungs\u00ADcode',
    },
  },
  'mfa-recovery-code': {
    'mfa-recovery-code-enrollment': {
      pageTitle: 'Ihr Wiederherstellungscode · ${clientName}',
      title: 'Bewahren Sie diesen Code auf',
      description:
        'Wenn Ihr Telefon verloren geht, kommen Sie mit diesem Wiederherstellungscode in Ihr Konto. Er gilt einmal. Schreiben Sie ihn auf oder speichern Sie ihn dort, wo nur Sie ihn finden.',
      ...shownCodeFields,
    },
    'mfa-recovery-code-challenge': {
      pageTitle: 'Wiederherstellungscode eingeben · ${clientName}',
      title: 'Wiederherstellungs\u00ADcode verwenden',
      description: 'Geben Sie den Code ein, den Sie beim Einrichten des zweiten Schritts aufbewahrt haben.',
      placeholder: 'Wiederherstellungscode',
      buttonText: 'Weiter',
      pickAuthenticatorText: 'Anderes Verfahren wählen',
      'no-code': 'Geben Sie Ihren Wiederherstellungscode ein.',
      'invalid-code-format': 'Ein Wiederherstellungscode hat 24 Buchstaben und Ziffern.',
      'invalid-code':
        'Dieser Wiederherstellungscode stimmt nicht. Bitte prüfen Sie ihn und versuchen Sie es noch einmal.',
    },
    'mfa-recovery-code-challenge-new-code': {
      pageTitle: 'Ihr neuer Wiederherstellungscode · ${clientName}',
      title: 'Ihr neuer Wiederherstellungs\u00ADcode',
      description:
        'Der alte Code ist verbraucht. Bewahren Sie diesen an seiner Stelle auf: Er gilt einmal, falls Sie ihn wieder brauchen.',
      ...shownCodeFields,
    },
  },
};
