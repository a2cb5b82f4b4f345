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

const shownCodesFields = {
  ...shownCodeFields,
  altText: 'Códigos de recuperación',
  checkboxText: 'He guardado estos códigos en un lugar seguro',
  'no-confirmation': 'Marca la casilla cuando hayas guardado los códigos.',
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
    'mfa-recovery-codes-enrollment': {
      pageTitle: 'Tus códigos de recuperación · ${clientName}',
      title: 'Guarda estos códigos de recuperación',
      description:
        'Si pierdes el teléfono, cualquiera de estos códigos te permite entrar. Cada uno sirve una sola vez. Imprímelos o guárdalos donde solo tú puedas encontrarlos.',
      ...shownCodesFields,
    },
    'mfa-recovery-code-challenge': {
      pageTitle: 'Escribe tu código de recuperación · ${clientName}',
      title: 'Usa tu código de recuperación',
      description:
        'Escribe un código que guardaste al configurar el segundo paso. Si tienes varios, sirve cualquiera que no hayas usado.',
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
      newCodesText: 'Crear en su lugar una lista de varios códigos',
    },
    'mfa-recovery-codes-new': {
      pageTitle: 'Tus nuevos códigos de recuperación · ${clientName}',
      title: 'Estos son tus nuevos códigos de recuperación',
      description:
        'Los anteriores ya no sirven. Imprime estos o guárdalos en su lugar. Cada uno sirve una sola vez.',
      ...shownCodesFields,
    },
    'mfa-recovery-codes-few': {
      pageTitle: 'Quedan pocos códigos de recuperación · ${clientName}',
      title: 'Códigos de recuperación que quedan: ${remaining}',
      description:
        'El código que has usado ya no sirve. Crea códigos nuevos ahora para no quedarte sin ninguno. Los que aún tienes dejarán de servir.',
      newCodesText: 'Crear códigos nuevos',
      buttonText: 'Ahora no',
    },
  },
};
