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

const shownCodesFields = {
  ...shownCodeFields,
  altText: 'Wiederherstellungscodes',
  checkboxText: 'Ich habe diese Codes sicher aufbewahrt',
  'no-confirmation': 'Setzen Sie das Häkchen, sobald Sie die Codes aufbewahrt haben.',
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
    'mfa-recovery-codes-enrollment': {
      pageTitle: 'Ihre Wiederherstellungscodes · ${clientName}',
      title: 'Bewahren Sie diese Codes auf',
      description:
        'Wenn Ihr Telefon verloren geht, kommen Sie mit jedem dieser Wiederherstellungscodes in Ihr Konto. Jeder gilt einmal. Drucken Sie sie aus oder speichern Sie sie dort, wo nur Sie sie finden.',
      ...shownCodesFields,
    },
    'mfa-recovery-code-challenge': {
      pageTitle: 'Wiederherstellungscode eingeben · ${clientName}',
      title: 'Wiederherstellungs\u00ADcode verwenden',
      description:
        'Geben Sie einen Code ein, den Sie beim Einrichten des zweiten Schritts aufbewahrt haben. Von mehreren genügt jeder noch nicht verwendete.',
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
      newCodesText: 'Stattdessen eine Liste mit mehreren Codes erstellen',
    },
    'mfa-recovery-codes-new': {
      pageTitle: 'Ihre neuen Wiederherstellungscodes · ${clientName}',
      title: 'Ihre neuen Wiederherstellungs\u00ADcodes',
      description:
        'Die früheren gelten nicht mehr. Drucken Sie diese aus oder bewahren Sie sie an ihrer Stelle auf. Jeder gilt einmal.',
      ...shownCodesFields,
    },
    'mfa-recovery-codes-few': {
      pageTitle: 'Nur noch wenige Wiederherstellungscodes · ${clientName}',
      title: 'Verbleibende Wiederherstellungs\u00ADcodes: ${remaining}',
      description:
        'Der verwendete Code ist verbraucht. Erstellen Sie jetzt neue, damit Ihnen die Codes nicht ausgehen. Die verbleibenden gelten dann nicht mehr.',
      newCodesText: 'Neue Codes erstellen',
      buttonText: 'Jetzt nicht',
    },
  },
};
