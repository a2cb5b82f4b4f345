import type { DuoTexts } from './en.ts';

const names = { authenticatorNamesDUO: 'Cisco Duo' };

const commonFields = {
  buttonText: 'Weiter zu Duo',
  leavingTitle: 'Weiter zu Duo',
  leavingText: 'Sie werden zur Seite von Cisco Duo gebracht …',
  pickAuthenticatorText: 'Anderes Verfahren wählen',
  'duo-unavailable':
    'Duo ist gerade nicht erreichbar. Bitte versuchen Sie es in einigen Minuten noch einmal.',
};

/** German texts of the screens before and after Duo's page. */
export const de: DuoTexts = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': {
      ...names,
      explanationText: 'Sie bestätigen mit Duo, wie Ihre Organisation es eingerichtet hat.',
    },
  },
  'mfa-duo': {
    'mfa-duo-enrollment': {
      pageTitle: 'Duo einrichten · ${clientName}',
      title: 'Schützen Sie Ihr Konto',
      description:
        'Hier bestätigen Sie Anmeldungen mit Cisco Duo. Dessen Seite führt Sie durch die Einrichtung und bringt Sie zurück.',
      'duo-denied':
        'Duo hat die Einrichtung nicht bestätigt. Versuchen Sie es noch einmal; hilft das nicht, fragen Sie Ihren Support.',
      ...commonFields,
    },
    'mfa-duo-challenge': {
      pageTitle: 'Mit Duo bestätigen · ${clientName}',
      title: 'Bestätigen Sie, dass Sie es sind',
      description: 'Cisco Duo bestätigt das auf einer eigenen Seite und bringt Sie zurück.',
      'duo-denied':
        'Duo hat diese Anmeldung nicht bestätigt. Versuchen Sie es noch einmal; hilft das nicht, fragen Sie Ihren Support.',
      ...commonFields,
    },
  },
};
