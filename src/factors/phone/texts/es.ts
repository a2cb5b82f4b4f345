import type { PhoneTexts } from './en.ts';

const names = {
  authenticatorNamesSMS: 'Código por SMS',
  authenticatorNamesVoice: 'Código por llamada',
  authenticatorNamesPhone: 'Código a tu teléfono',
};

const restrictedText =
  'Los códigos por teléfono se pueden interceptar: una aplicación de autenticación te protege mejor.';

const tooMany = {
  sms: {
    'too-many-sms': 'Has pedido muchos códigos. Espera un rato antes del próximo o usa otro método.',
  },
  voice: {
    'too-many-voice': 'Has pedido muchas llamadas. Espera un rato antes de la próxima o usa otro método.',
  },
};

const numberFields = {
  countryPlaceholder: 'País',
  placeholder: 'Número de teléfono',
  restrictedText,
  pickAuthenticatorText: 'Probar otro método',
  'no-phone': 'Escribe tu número de teléfono.',
  'invalid-phone': 'Ese número no existe. Comprueba las cifras y el país.',
  'phone-not-allowed':
    'No podemos enviar códigos a este número. Usa el de tu propio teléfono, de uno de los países de la lista.',
};

const codeFields = {
  placeholder: 'Código de seis cifras',
  buttonText: 'Continuar',
  editText: 'Cambiar el número',
  changePhoneText: 'Usar otro de tus números',
  rememberMeText: 'No volver a preguntar en este navegador durante ${rememberDays} días',
  resendWaitText: 'Puedes pedir un código nuevo en ${seconds} s.',
  pickAuthenticatorText: 'Probar otro método',
  'invalid-code': 'Ese código no es correcto. Solo vale el más reciente.',
  'invalid-expired-code': 'Ese código ha caducado. Pide uno nuevo.',
};

/** Spanish texts of the phone screens. */
export const es: PhoneTexts = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': {
      ...names,
      explanationText: 'Los mensajes se pueden interceptar. Necesitas un número de teléfono.',
    },
  },
  'mfa-phone': {
    'mfa-phone-enrollment': {
      pageTitle: 'Configura los códigos a tu teléfono · ${clientName}',
      title: 'Protege tu cuenta',
      description: 'Escribe tu número de teléfono. Te enviaremos un código cuando inicies sesión.',
      chooseMessageTypeText: '¿Cómo quieres recibir el código?',
      smsButtonText: 'SMS',
      voiceButtonText: 'Llamada',
      continueButtonText: 'Enviar el código',
      ...numberFields,
      ...tooMany.sms,
    },
  },
  'mfa-sms': {
    'mfa-sms-enrollment': {
      pageTitle: 'Configura los códigos por SMS · ${clientName}',
      title: 'Protege tu cuenta',
      description: 'Escribe tu número de móvil. Te enviaremos un código por SMS cuando inicies sesión.',
      buttonText: 'Enviar el código',
      ...numberFields,
      ...tooMany.sms,
    },
    'mfa-sms-challenge': {
      pageTitle: 'Escribe tu código · ${clientName}',
      title: 'Escribe el código del mensaje',
      description: 'Hemos enviado un SMS a ${phone_number}.',
      ...codeFields,
      ...tooMany.sms,
      'sms-authenticator-error': 'Ahora no podemos enviar SMS. Inténtalo más tarde o usa otro método.',
      resendText: '¿No ha llegado nada?',
      resendActionText: 'Enviar un código nuevo',
      resendVoiceActionSeparatorTextBefore: 'o',
      resendVoiceActionText: 'Recibir una llamada',
      'no-code': 'Escribe el código del mensaje.',
      'invalid-otp-code-format': 'El código tiene seis cifras. Escríbelo tal como está en el mensaje.',
    },
    'mfa-sms-list': {
      pageTitle: 'Elige un número · ${clientName}',
      title: '¿A qué número enviamos el código?',
      backText: 'Volver',
    },
  },
  'mfa-voice': {
    'mfa-voice-enrollment': {
      pageTitle: 'Configura los códigos por llamada · ${clientName}',
      title: 'Protege tu cuenta',
      description:
        'Escribe tu número de teléfono. Te llamaremos y te leeremos un código cuando inicies sesión.',
      buttonText: 'Recibir la llamada',
      ...numberFields,
      ...tooMany.voice,
    },
    'mfa-voice-challenge': {
      pageTitle: 'Escribe tu código · ${clientName}',
      title: 'Escribe el código que oigas',
      description: 'Estamos llamando al ${phone_number}. El código se lee dos veces.',
      ...codeFields,
      ...tooMany.voice,
      'voice-authenticator-error': 'Ahora no podemos llamar. Inténtalo más tarde o usa otro método.',
      resendText: '¿No hay llamada?',
      resendActionText: 'Volver a llamar',
      resendSmsActionSeparatorTextBefore: 'o',
      resendSmsActionText: 'Recibir un SMS',
      'no-code': 'Escribe el código de la llamada.',
      'invalid-otp-code-format': 'El código tiene seis cifras. Escríbelas tal como las oigas.',
    },
  },
};
