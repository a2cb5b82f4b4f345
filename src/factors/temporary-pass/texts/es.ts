import type { TemporaryPassTexts } from './en.ts';

export const es: TemporaryPassTexts = {
  mfa: {
    'mfa-login-options': {
      authenticatorNamesTemporaryPass: 'Pase temporal',
    },
  },
  'mfa-temporary-pass': {
    'mfa-temporary-pass-challenge': {
      pageTitle: 'Introduce tu pase temporal · ${clientName}',
      title: 'Usa tu pase temporal',
      description: 'Introduce el pase que te ha dado soporte.',
      placeholder: 'Pase temporal',
      buttonText: 'Continuar',
      pickAuthenticatorText: 'Probar otro método',
      'no-code': 'Introduce tu pase temporal.',
      'invalid-code-format': 'Un pase temporal tiene 12 letras y cifras.',
      'invalid-code': 'Este pase no es correcto o ya no sirve. Compruébalo o pide uno nuevo a soporte.',
    },
  },
};
