import type { EmailTexts } from './en.ts';

/** Spanish texts of the e-mail screens. */
export const es: EmailTexts = {
  mfa: {
    'mfa-login-options': { authenticatorNamesEmail: 'Código por correo' },
    'mfa-begin-enroll-options': {
      explanationText: 'Tan segura como tu buzón. No necesitas nada más.',
      authenticatorNamesEmail: 'Código por correo',
    },
  },
  'mfa-email': {
    'mfa-email-challenge': {
      pageTitle: 'Escribe tu código · ${clientName}',
      title: 'Escribe el código del correo',
      description: 'Hemos enviado un mensaje a ${email}.',
      placeholder: 'Código de seis cifras',
      buttonText: 'Continuar',
      changeEmailText: 'Usar otra de tus direcciones',
      rememberMeText: 'No volver a preguntar en este navegador durante ${rememberDays} días',
      resendText: '¿No ha llegado nada? Mira también en el correo no deseado.',
      resendActionText: 'Enviar un código nuevo',
      resendWaitText: 'Puedes pedir un código nuevo en ${seconds} s.',
      pickAuthenticatorText: 'Probar otro método',
      'no-code': 'Escribe el código del correo.',
      'invalid-otp-code-format': 'El código tiene seis cifras. Escríbelo tal como está en el correo.',
      'invalid-code': 'Ese código no es correcto. Solo vale el más reciente.',
      'invalid-expired-code': 'Ese código ha caducado. Pide uno nuevo.',
      'too-many-email': 'Has pedido muchos códigos. Espera un rato antes del próximo o usa otro método.',
    },
    'mfa-email-list': {
      pageTitle: 'Elige una dirección · ${clientName}',
      title: '¿A qué dirección enviamos el código?',
      backText: 'Volver',
    },
  },
};
