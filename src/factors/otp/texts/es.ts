import type { OtpTexts } from './en.ts';

const codeFields = {
  placeholder: 'Código de la aplicación',
  buttonText: 'Continuar',
  pickAuthenticatorText: 'Probar otro método',
  'no-code': 'Escribe el código de tu aplicación.',
  'invalid-otp-code-format': 'El código solo tiene cifras. Escríbelo tal como lo muestra la aplicación.',
};

const enrolmentFields = {
  pageTitle: 'Configura tu aplicación de autenticación · ${clientName}',
  title: 'Protege tu cuenta',
  'invalid-code':
    'Ese código no es correcto. Usa el que se muestra ahora y comprueba que la hora de tu teléfono se ajusta automáticamente.',
};

/** Spanish texts of the one-time-password screens. */
export const es: OtpTexts = {
  mfa: {
    'mfa-login-options': {
      authenticatorNamesOTP: 'Aplicación de autenticación',
    },
    'mfa-begin-enroll-options': {
      explanationText: 'Una aplicación del teléfono muestra un código, incluso sin cobertura.',
      authenticatorNamesOTP: 'Aplicación de autenticación',
    },
  },
  'mfa-otp': {
    'mfa-otp-enrollment-qr': {
      description:
        'Escanea esto con una aplicación de autenticación en tu teléfono y escribe después el código que muestre.',
      altText:
        'Código QR para configurar tu aplicación de autenticación. Si no puedes escanearlo, elige más abajo la clave en texto.',
      codeEnrollmentText: '¿No puedes escanear? Mostrar la clave en texto',
      ...codeFields,
      ...enrolmentFields,
    },
    'mfa-otp-enrollment-code': {
      description:
        'Añade esta clave a una aplicación de autenticación y escribe después el código que muestre.',
      altText: 'Clave para tu aplicación de autenticación',
      copyCodeButtonText: 'Copiar la clave',
      backText: 'Mostrar el código QR',
      ...codeFields,
      ...enrolmentFields,
    },
    'mfa-otp-challenge': {
      pageTitle: 'Escribe tu código · ${clientName}',
      title: '¿Eres tú de verdad?',
      description: 'Escribe el código que muestra ahora tu aplicación de autenticación.',
      rememberMeText: 'No volver a preguntar en este navegador durante ${rememberDays} días',
      'invalid-code':
        'Ese código no es correcto. Cambia cada pocos segundos, así que usa el que se muestra ahora.',
      ...codeFields,
    },
  },
};
