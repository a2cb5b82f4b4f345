import type { OtpTexts } from './en.ts';

/** Spanish texts of the one-time-password screens. */
export const es: OtpTexts = {
  mfa: {
    'mfa-login-options': {
      authenticatorNamesOTP: 'Aplicación de autenticación',
    },
    'mfa-begin-enroll-options': {
      authenticatorNamesOTP: 'Aplicación de autenticación',
    },
  },
  'mfa-otp': {
    'mfa-otp-enrollment-qr': {
      pageTitle: 'Configura tu aplicación de autenticación · ${clientName}',
      title: 'Protege tu cuenta',
      description:
        'Escanea esto con una aplicación de autenticación en tu teléfono y escribe después el código que muestre.',
      altText:
        'Código QR para configurar tu aplicación de autenticación. Si no puedes escanearlo, elige más abajo la clave en texto.',
      codeEnrollmentText: '¿No puedes escanear? Mostrar la clave en texto',
      placeholder: 'Código de la aplicación',
      buttonText: 'Continuar',
      pickAuthenticatorText: 'Probar otro método',
      'no-code': 'Escribe el código de tu aplicación.',
      'invalid-otp-code-format': 'El código solo tiene cifras. Escríbelo tal como lo muestra la aplicación.',
      'invalid-code':
        'Ese código no es correcto. Usa el que se muestra ahora y comprueba que la hora de tu teléfono se ajusta automáticamente.',
    },
    'mfa-otp-enrollment-code': {
      pageTitle: 'Configura tu aplicación de autenticación · ${clientName}',
      title: 'Protege tu cuenta',
      description:
        'Añade esta clave a una aplicación de autenticación y escribe después el código que muestre.',
      altText: 'Clave para tu aplicación de autenticación',
      copyCodeButtonText: 'Copiar la clave',
      backText: 'Mostrar el código QR',
      placeholder: 'Código de la aplicación',
      buttonText: 'Continuar',
      pickAuthenticatorText: 'Probar otro método',
      'no-code': 'Escribe el código de tu aplicación.',
      'invalid-otp-code-format': 'El código solo tiene cifras. Escríbelo tal como lo muestra la aplicación.',
      'invalid-code':
        'Ese código no es correcto. Usa el que se muestra ahora y comprueba que la hora de tu teléfono se ajusta automáticamente.',
    },
    'mfa-otp-challenge': {
      pageTitle: 'Escribe tu código · ${clientName}',
      title: '¿Eres tú de verdad?',
      description: 'Escribe el código que muestra ahora tu aplicación de autenticación.',
      placeholder: 'Código de la aplicación',
      rememberMeText: 'No volver a preguntar en este navegador durante ${rememberDays} días',
      buttonText: 'Continuar',
      pickAuthenticatorText: 'Probar otro método',
      'no-code': 'Escribe el código de tu aplicación.',
      'invalid-otp-code-format': 'El código solo tiene cifras. Escríbelo tal como lo muestra la aplicación.',
      'invalid-code':
        'Ese código no es correcto. Cambia cada pocos segundos, así que usa el que se muestra ahora.',
    },
  },
};
