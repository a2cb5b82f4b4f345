import type { RecoveryCodeTexts } from './en.ts';

const shownCodeFields = {
  altText: 'Código de recuperación',
  copyCodeButtonText: 'Copiar',
  downloadButtonText: 'Descargar',
  printButtonText: 'Imprimir',
  checkboxText: 'He guardado este código en un lugar seguro',
  buttonText: 'Continuar',
  'no-confirmation': 'Marca la casilla cuando hayas guardado el código.',
};

/** Spanish texts of the recovery-code screens. */
export const es: RecoveryCodeTexts = {
  mfa: {
    'mfa-login-options': {
      authenticatorNamesRecoveryCode: 'Código de recuperación',
    },
  },
  'mfa-recovery-code': {
    'mfa-recovery-code-enrollment': {
      pageTitle: 'Tu código de recuperación · ${clientName}',
      title: 'Guarda este código de recuperación',
      description:
        'Si pierdes el teléfono, este código te permite entrar. Sirve una sola vez. Anótalo o guárdalo donde solo tú puedas encontrarlo.',
      ...shownCodeFields,
    },
    'mfa-recovery-code-challenge': {
      pageTitle: 'Escribe tu código de recuperación · ${clientName}',
      title: 'Usa tu código de recuperación',
      description: 'Escribe el código que guardaste al configurar el segundo paso.',
      placeholder: 'Código de recuperación',
      buttonText: 'Continuar',
      pickAuthenticatorText: 'Probar otro método',
      'no-code': 'Escribe tu código de recuperación.',
      'invalid-code-format': 'Un código de recuperación tiene 24 letras y cifras.',
      'invalid-code': 'Este código de recuperación no es correcto. Revísalo e inténtalo de nuevo.',
    },
    'mfa-recovery-code-challenge-new-code': {
      pageTitle: 'Tu nuevo código de recuperación · ${clientName}',
      title: 'Este es tu nuevo código de recuperación',
      description:
        'El código anterior ya está usado. Guarda este en su lugar: sirve una sola vez, por si vuelves a necesitarlo.',
      ...shownCodeFields,
    },
  },
};
