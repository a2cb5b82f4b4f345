import type { PushTexts } from './en.ts';

const names = { authenticatorNamesPushNotification: 'Confirmar en tu teléfono' };

const enrolmentFields = {
  pageTitle: 'Configura tu teléfono · ${clientName}',
  title: 'Protege tu cuenta',
  waitingText: 'Esperando a tu dispositivo. Esta página seguirá sola.',
  buttonText: 'Ya lo he configurado',
  renewText: 'Empezar de nuevo',
  pickAuthenticatorText: 'Probar otro método',
  'enrollment-transaction-pending':
    'Tu dispositivo todavía no está configurado. Termina allí y sigue después aquí.',
  'transaction-replaced': 'Has seguido en otra ventana, así que esta ya no sirve.',
  'transaction-not-found': 'Se ha agotado el tiempo para configurar tu dispositivo.',
  'polling-interval-exceeded': 'Un momento, por favor. Espera unos segundos y sigue después.',
};

/** Spanish texts of the screens of requests to a device. */
export const es: PushTexts = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': {
      ...names,
      explanationText: 'Lo apruebas en tu teléfono. Necesitas una aplicación.',
    },
  },
  'mfa-push': {
    'mfa-push-enrollment-qr': {
      ...enrolmentFields,
      description: 'A partir de ahora, cuando inicies sesión, tu teléfono te preguntará si eres tú.',
      cameraText: 'Apunta la cámara de tu teléfono a este código y abre el enlace.',
      confirmText: 'Confirma en el autenticador que se abre.',
      openAppText: 'En tu teléfono, abre ${appAddress} o la aplicación de tu organización.',
      scanText: 'Escanea allí este código.',
      altText:
        'Código QR para configurar tu teléfono. Si no puedes escanearlo, sigue más abajo con este dispositivo.',
      codeEnrollmentText: '¿No tienes el teléfono a mano? Usar este dispositivo',
    },
    'mfa-push-enrollment-code': {
      ...enrolmentFields,
      description:
        'A partir de ahora, cuando inicies sesión, el autenticador te preguntará si eres tú. Se abre en una pestaña propia: configúralo allí y vuelve después.',
      appLinkText: 'Abrir el autenticador',
      linkText: 'Para configurarlo en otro navegador o aplicación, pega allí este enlace:',
      copyLinkText: 'Copiar el enlace',
      backText: 'Usar otro dispositivo: mostrar el código QR',
    },
    'mfa-push-challenge-push': {
      pageTitle: 'Confirma en tu dispositivo · ${clientName}',
      title: 'Confirma que eres tú',
      description:
        'Hemos enviado una solicitud a ${deviceName}. Apruébala allí si eres tú quien está iniciando sesión.',
      numberText: 'Te pedirá este número:',
      notWokenText:
        'Las notificaciones no llegan a ${deviceName}. Abre allí el autenticador para ver la solicitud.',
      waitingText: 'Esperando tu respuesta',
      buttonText: 'Ya he respondido',
      rememberMeText: 'No volver a preguntar en este navegador durante ${rememberDays} días',
      resendText: '¿No ha aparecido nada?',
      resendActionText: 'Preguntar de nuevo',
      resendWaitText: 'Podrás preguntar de nuevo en ${time}.',
      separatorText: '¿Está sin conexión?',
      enterOtpCode: 'Escribir un código de su aplicación',
      pickDeviceText: 'Preguntar a otro de tus dispositivos',
      pickAuthenticatorText: 'Probar otro método',
      'challenge-transaction-pending':
        'Todavía no hay respuesta de ${deviceName}. Responde allí a la solicitud y sigue después aquí.',
      'transaction-rejected':
        'La solicitud se ha rechazado en ${deviceName}. Si ha sido un error, pregunta de nuevo.',
      'wrong-number':
        'En ${deviceName} se ha indicado otro número, así que la solicitud ha terminado. Pregunta de nuevo y usa el número que muestra esta página.',
      'transaction-replaced':
        'Otro inicio de sesión más reciente ha ocupado el lugar de este. Si no lo has empezado tú, puede que alguien conozca tu contraseña: cámbiala pronto.',
      'transaction-not-found':
        'La solicitud ha caducado sin respuesta. Pregunta de nuevo cuando tengas a mano ${deviceName}.',
      'polling-interval-exceeded': 'Un momento, por favor. Espera unos segundos y sigue después.',
      'too-many-push':
        'Durante un rato no se envían solicitudes: ha habido muchas o se ha rechazado una. Espera, por favor, o usa otro método.',
      'mfa-push-challenge-authenticator-error':
        'Ya no se pueden enviar solicitudes a este dispositivo. Usa otro método, por favor.',
    },
    'mfa-push-list': {
      pageTitle: 'Elige un dispositivo · ${clientName}',
      title: '¿A qué dispositivo preguntamos?',
      backText: 'Volver',
    },
  },
};
