import type { TemporaryPassTexts } from './en.ts';

export const de: TemporaryPassTexts = {
  mfa: {
    'mfa-login-options': {
      authenticatorNamesTemporaryPass: 'Übergangscode',
    },
  },
  'mfa-temporary-pass': {
    'mfa-temporary-pass-challenge': {
      pageTitle: 'Übergangscode eingeben · ${clientName}',
      title: 'Übergangscode verwenden',
      description: 'Geben Sie den Code ein, den Sie vom Support erhalten haben.',
      placeholder: 'Übergangscode',
      buttonText: 'Weiter',
      pickAuthenticatorText: 'Andere Methode versuchen',
      'no-code': 'Geben Sie Ihren Übergangscode ein.',
      'invalid-code-format': 'Ein Übergangscode hat 12 Buchstaben und Ziffern.',
      'invalid-code':
        'Dieser Code stimmt nicht oder gilt nicht mehr. Prüfen Sie ihn bitte, oder bitten Sie den Support um einen neuen.',
    },
  },
};
