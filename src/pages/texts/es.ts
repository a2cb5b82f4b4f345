import type { PageTexts } from './en.ts';

/** Spanish texts of the hosted pages (informal address, neutral between regions). */
export const es: PageTexts = {
  common: {
    common: {
      logoAltText: '${companyName}',
      alertListTitle: 'Revisa lo siguiente',
      showPasswordText: 'Mostrar la contraseña',
      hidePasswordText: 'Ocultar la contraseña',
      copiedText: 'Copiado',
      continueTitle: 'Has iniciado sesión',
      leaveTitle: 'Sin iniciar sesión',
      continueDescription: 'Te llevamos de vuelta a ${clientName} …',
      continueLinkText: 'Continuar',
      backToApplicationText: 'Volver a ${clientName}',
      ceremonyStuckText:
        'Este paso necesita JavaScript y un navegador que pueda usar llaves de seguridad y bloqueos de pantalla.',
      ceremonyStuckButtonText: 'Seguir de otra forma',
      'too-many-failures':
        'Demasiados códigos incorrectos. Espera unos minutos antes de volver a intentarlo.',
      'transaction-not-found': 'Este paso ha caducado. Empieza de nuevo.',
      'authenticator-error': 'Ahora mismo no podemos comprobarlo. Inténtalo otra vez en un momento.',
      'invalid-code': 'Ese código no es correcto. Inténtalo de nuevo.',
      'user-already-enrolled': 'Este método ya está configurado.',
      'password-policy-length-at-least': 'Usa al menos ${passwordLength} caracteres.',
      'password-policy-length-at-most': 'Usa 256 caracteres como máximo.',
      'password-too-common': 'Esta contraseña es de las primeras que se adivinan. Elige una menos común.',
      'password-policy-contains-user-information':
        'Esta contraseña se parece demasiado a tu nombre o a tu dirección. Elige una que no tenga que ver contigo.',
    },
  },
  login: {
    login: {
      pageTitle: 'Iniciar sesión · ${clientName}',
      title: 'Iniciar sesión',
      description: 'Para continuar en ${clientName}',
      usernamePlaceholder: 'Correo electrónico',
      passwordPlaceholder: 'Contraseña',
      buttonText: 'Continuar',
      forgotPasswordText: '¿Olvidaste tu contraseña?',
      signupActionText: '¿Es tu primera vez?',
      signupActionLinkText: 'Crear una cuenta',
      passkeyText: 'Entrar con una llave de acceso',
      'wrong-credentials': 'El correo electrónico o la contraseña no son correctos.',
      'no-username': 'Escribe tu correo electrónico.',
      'no-password': 'Escribe tu contraseña.',
    },
    'login-passkey': {
      pageTitle: 'Entrar con una llave de acceso · ${clientName}',
      title: 'Entrar con una llave de acceso',
      description: 'Tu dispositivo te pedirá el dedo, la cara o su PIN. No hace falta contraseña ni código.',
      buttonText: 'Usar una llave de acceso',
      waitingText: 'Tu navegador te lo está pidiendo…',
      cancelledText: 'No se usó ninguna llave de acceso. Inténtalo de nuevo o entra con tu contraseña.',
      failedText: 'No se pudo entrar con esta llave de acceso. Inténtalo de nuevo o entra con tu contraseña.',
      usePasswordText: 'Usar la contraseña',
    },
  },
  signup: {
    signup: {
      pageTitle: 'Crear una cuenta · ${clientName}',
      title: 'Crea tu cuenta',
      description: 'Es solo un minuto y después sigues en ${clientName}',
      emailPlaceholder: 'Correo electrónico',
      passwordPlaceholder: 'Elige una contraseña',
      passwordSecurityText:
        'Al menos ${passwordLength} caracteres. Unas cuantas palabras sin relación funcionan bien.',
      buttonText: 'Crear cuenta',
      loginActionText: '¿Ya tienes una cuenta?',
      loginActionLinkText: 'Iniciar sesión',
      'no-email': 'Escribe tu correo electrónico.',
      'invalid-email-format': 'Escribe un correo electrónico como nombre@example.com.',
      'no-password': 'Elige una contraseña.',
    },
    'signup-email': {
      pageTitle: 'Revisa tu correo · ${clientName}',
      title: 'Revisa tu correo',
      emailDescription:
        'Hemos enviado un mensaje a ${email}. Abre el enlace que contiene para terminar tu cuenta y después vuelve aquí e inicia sesión.',
      buttonText: 'Ir al inicio de sesión',
      resendText: '¿No llegó nada?',
      resendLinkText: 'Probar otra vez',
    },
  },
  'reset-password': {
    'reset-password-request': {
      pageTitle: 'Restablecer la contraseña · ${clientName}',
      title: '¿Olvidaste tu contraseña?',
      descriptionEmail:
        'Dinos tu correo electrónico y te enviaremos un enlace para elegir una contraseña nueva.',
      placeholderEmail: 'Correo electrónico',
      buttonText: 'Enviar el enlace',
      backToLoginLinkText: 'Volver al inicio de sesión',
      'no-email': 'Escribe tu correo electrónico.',
      'invalid-email-format': 'Escribe un correo electrónico como nombre@example.com.',
    },
    'reset-password-email': {
      pageTitle: 'Revisa tu correo · ${clientName}',
      title: 'Revisa tu correo',
      emailDescription:
        'Si existe una cuenta para ${email}, un enlace para elegir una contraseña nueva va en camino. Sirve una sola vez y por poco tiempo.',
      resendText: '¿No llegó nada?',
      resendLinkText: 'Probar otra vez',
      backToLoginLinkText: 'Volver al inicio de sesión',
    },
    'reset-password': {
      pageTitle: 'Elegir una contraseña nueva',
      title: 'Elige una contraseña nueva',
      description: 'La usarás desde el próximo inicio de sesión.',
      passwordPlaceholder: 'Contraseña nueva',
      reEnterpasswordPlaceholder: 'Repite la contraseña nueva',
      passwordSecurityText:
        'Al menos ${passwordLength} caracteres. Unas cuantas palabras sin relación funcionan bien.',
      signOutEverywhereText: 'Cerrar mi sesión en todos los dispositivos',
      buttonText: 'Cambiar la contraseña',
      'no-password': 'Elige una contraseña nueva.',
      'no-re-enter-password': 'Escribe la contraseña nueva por segunda vez.',
      'password-mismatch': 'Las dos contraseñas no coinciden.',
    },
    'reset-password-prove': {
      pageTitle: 'Elegir una contraseña nueva',
      title: 'Primero, confirma que eres tú',
      description: 'Tu cuenta tiene un segundo paso. Confírmalo aquí y después elige tu contraseña nueva.',
      buttonText: 'Continuar',
    },
    'reset-password-success': {
      pageTitle: 'Contraseña cambiada',
      eventTitle: 'Contraseña cambiada',
      signedOutText: 'Tu sesión se ha cerrado en todos los dispositivos.',
      description:
        'Vuelve a la aplicación e inicia sesión con tu contraseña nueva. Si tu cuenta tiene un segundo paso, se te pedirá como siempre.',
    },
    'reset-password-error': {
      pageTitle: 'El enlace ya no es válido',
      eventTitleExpired: 'Este enlace ha caducado',
      descriptionExpired:
        'Los enlaces para restablecer la contraseña sirven una sola vez y por poco tiempo. Pide uno nuevo en la página de inicio de sesión.',
    },
  },
  'email-verification': {
    'email-verification-result': {
      pageTitle: 'Confirmar el correo electrónico',
      title: 'Confirma tu correo electrónico',
      description: 'Con un clic sabremos que este buzón es tuyo.',
      buttonText: 'Confirmar la dirección',
      verifiedTitle: 'Dirección confirmada',
      verifiedDescription: 'Gracias. Puedes cerrar esta página, volver a donde estabas e iniciar sesión.',
      errorTitle: 'Este enlace ha caducado',
      invalidAccountOrCodeDescription:
        'Los enlaces de confirmación sirven una sola vez y por poco tiempo. Si tu dirección ya está confirmada, no tienes que hacer nada más.',
    },
  },
  'undo-change': {
    'undo-change': {
      pageTitle: '¿No has sido tú? · ${companyName}',
      title: '¿No has sido tú?',
      addedDescription: '${time}: se añadió esto a tu cuenta como segundo paso: ${factor}.',
      removedDescription: '${time}: se quitó esto de tu cuenta: ${factor}.',
      signOutText: 'Se cierran todas las sesiones de tu cuenta, en todos los dispositivos.',
      takeText: 'Lo que se añadió deja de servir.',
      putBackText: 'Lo que se quitó vuelve a servir.',
      passwordText: 'Tu contraseña deja de valer y te enviamos un enlace para elegir una nueva.',
      leaveText: 'Si has sido tú, cierra esta página. No pasará nada.',
      buttonText: 'No he sido yo',
    },
    'undo-change-result': {
      pageTitle: 'Se han cerrado todas las sesiones · ${companyName}',
      title: 'Se han cerrado todas las sesiones',
      takenText: 'Lo que se añadió a tu cuenta ya no está.',
      putBackText: 'Lo que se quitó de tu cuenta vuelve a servir.',
      keptText:
        'Lo que se añadió es ahora el único segundo paso de tu cuenta. Se queda hasta que soporte lo quite: un enlace en un mensaje no debe dejar tu cuenta sin ninguno. Ponte en contacto con soporte.',
      nothingText: 'Ya no había nada que deshacer.',
      passwordText:
        'Te hemos enviado un correo. Elige ahora con su enlace una contraseña nueva: puede que alguien conozca la tuya.',
      errorTitle: 'Este enlace ha caducado',
      errorDescription:
        'Estos enlaces sirven una sola vez y durante un día. Si en tu cuenta aún hay algo que no es tuyo, ponte en contacto con soporte.',
    },
  },
  consent: {
    consent: {
      pageTitle: 'Dar acceso · ${clientName}',
      title: '¿Dar acceso a ${clientName}?',
      messageSingleTenant: '${clientName} quiere usar tu cuenta de ${companyName}. La aplicación podría:',
      acceptButtonText: 'Permitir',
      declineButtonText: 'No permitir',
      scopeOpenid: 'Saber quién eres',
      scopeProfile: 'Ver tu perfil: nombre, apodo y foto',
      scopeEmail: 'Ver tu correo electrónico',
      scopePhone: 'Ver tu número de teléfono',
      scopeAddress: 'Ver tu dirección postal',
      scopeOfflineAccess: 'Conservar este acceso cuando no estés',
    },
  },
  mfa: {
    'mfa-login-options': {
      pageTitle: 'Elegir un método · ${clientName}',
      title: 'Elige cómo demostrar que eres tú',
      description: 'Con uno de ellos basta.',
      backText: 'Atrás',
    },
    'mfa-begin-enroll-options': {
      pageTitle: 'Proteger tu cuenta · ${clientName}',
      title: 'Elige un segundo paso',
      description: 'La contraseña sola ya no abrirá tu cuenta.',
      backText: 'Atrás',
      strengthResistantText: 'La más segura.',
      strengthStrongText: 'Segura.',
      strengthRestrictedText: 'Menos segura.',
      strengthBasicText: 'Básica.',
    },
    'mfa-enroll-replacement': {
      pageTitle: 'Configura un nuevo método · ${clientName}',
      title: '¿Has perdido tu método habitual?',
      description:
        'Has iniciado sesión sin tu método habitual. Configura ahora uno nuevo para no tener que hacerlo la próxima vez.',
      removeLostText: 'Ya no tengo el anterior: eliminarlo',
      skipButtonText: 'Ahora no',
    },
    'mfa-enroll-invitation': {
      pageTitle: 'Configurar un segundo paso · ${companyName}',
      title: 'Configura un segundo paso',
      description:
        'Te invitamos a proteger tu cuenta de ${companyName}: después de la contraseña, confirmas que eres tú. Se tarda uno o dos minutos.',
      enrolledHint: 'Si tu cuenta ya tiene un segundo paso, se te pedirá primero.',
      buttonText: 'Empezar',
    },
    'mfa-enroll-result': {
      pageTitle: 'Segundo paso · ${companyName}',
      enrolledTitle: 'Tu segundo paso está configurado',
      enrolledDescription: 'A partir de ahora se te pedirá al iniciar sesión. Puedes cerrar esta página.',
      invalidTicketTitle: 'Este enlace no funciona',
      invalidTicketDescription:
        'Puede que esté incompleto o que otro más reciente lo haya sustituido. Abre el enlace del último mensaje o pide una invitación nueva.',
      expiredTicketTitle: 'Esta invitación ha caducado',
      expiredTicketDescription: 'Las invitaciones sirven durante cinco días. Pide una nueva.',
      alreadyUsedTitle: 'Esta invitación ya se usó',
      alreadyUsedDescription:
        'Cada invitación sirve una sola vez. Si no la usaste tú, avisa enseguida al servicio de asistencia.',
      alreadyEnrolledTitle: 'Ya lo tienes todo listo',
      alreadyEnrolledDescription:
        'Tu cuenta tiene un segundo paso, y esta invitación es para quien no tiene ninguno.',
    },
    'mfa-blocked': {
      pageTitle: 'No se puede continuar · ${clientName}',
      title: 'Hace falta un segundo paso',
      switchedOffText: 'Tu cuenta está protegida por un segundo paso que se ha desactivado: ${methods}.',
      passwordText: 'Tu contraseña por sí sola no puede sustituirlo. Así no entra quien pueda conocerla.',
      unreachedText: 'Ya no se puede enviar nada al número o la dirección con que demuestras quién eres.',
      nothingText:
        'Este inicio de sesión necesita un segundo paso, pero ahora mismo no se puede usar ni configurar ninguno para tu cuenta.',
      contactText:
        'Pide ayuda al operador de ${clientName}: puede cambiar los ajustes o dejarte entrar una vez con un pase temporal.',
      contactLinkText: 'Contactar con soporte',
      tryAgainButtonText: 'Intentar de nuevo',
      leaveButtonText: 'Volver a ${clientName}',
    },
    'mfa-detect-browser-capabilities': {
      pageTitle: 'Un momento · ${clientName}',
      title: 'Un momento',
      waitingText: 'Comprobamos qué puede hacer este navegador …',
      noJSErrorDescription:
        '¿Sigue viendo esta página? Entonces JavaScript está desactivado o no se ha cargado. Puede seguir sin él, con los métodos que funcionan en cualquier navegador.',
      buttonText: 'Seguir sin JavaScript',
    },
  },
  'mfa-webauthn': {
    'mfa-webauthn-not-available-error': {
      pageTitle: 'Aquí no es posible · ${clientName}',
      errorTitle: 'Este navegador no puede hacerlo',
      errorDescription:
        'Este inicio de sesión pide una llave de seguridad o el bloqueo de pantalla de un dispositivo. Este navegador no puede usarlos, o tiene JavaScript desactivado. Actívelo o abra ${clientName} en un navegador actualizado.',
      tryAgainLinkText: 'Intentarlo de nuevo',
      otherMethodsText: 'O demuestre quién es de este modo:',
      contactText: '¿No puede usar otro navegador? Pida ayuda al responsable de ${clientName}.',
      contactLinkText: 'Contactar con el soporte',
    },
  },
  logout: {
    logout: {
      pageTitle: 'Cerrar sesión',
      title: '¿Cerrar sesión?',
      description: 'Se cerrará tu sesión de ${companyName} en este navegador.',
      acceptButtonText: 'Cerrar sesión',
      declineButtonText: 'Seguir conectado',
    },
    'logout-complete': {
      pageTitle: 'Sesión cerrada',
      eventTitle: 'Has cerrado la sesión',
      description: 'Si el ordenador es compartido, cierra también la ventana del navegador.',
    },
  },
  status: {
    status: {
      pageTitle: 'Inicio de sesión · ${companyName}',
      expiredTitle: 'Esta página ha caducado',
      expiredDescription:
        'Por tu seguridad, esto no puede quedar abierto mucho tiempo y solo vale en un navegador. Vuelve a la aplicación, o abre de nuevo el enlace de tu mensaje, y empieza otra vez.',
      errorTitle: 'Algo ha fallado',
      errorDescription: 'No se pudo completar la solicitud. Vuelve a la aplicación e inténtalo otra vez.',
      unavailableTitle: 'Volvemos enseguida',
      unavailableDescription:
        'En este momento no se puede iniciar sesión. Espera un poco y vuelve a cargar esta página.',
      homeTitle: 'Inicio de sesión de ${companyName}',
      homeDescription:
        'En esta dirección no hay nada que hacer. Abre la aplicación que quieras usar: ella te traerá aquí cuando tengas que iniciar sesión.',
      notFoundTitle: 'Aquí no hay ninguna página',
      notFoundDescription: 'Puede que la dirección esté mal escrita o ya no exista.',
      lockedTitle: 'En pausa para protegerte',
      lockedDescription:
        'Hubo demasiados códigos incorrectos para esta cuenta. Tu contraseña era correcta, pero el segundo paso está en pausa. Podrás volver a intentarlo ${retryIn}.',
      lockedAdvice: 'Si no fuiste tú, puede que alguien conozca tu contraseña: cámbiala cuanto antes.',
      lockedErrandDescription:
        'Hubo demasiados códigos incorrectos para esta cuenta, y por eso su segundo paso está en pausa. Podrás volver a intentarlo ${retryIn}.',
      lockedErrandAdvice:
        'Si no fuiste tú, puede que alguien lea tus mensajes: cambia cuanto antes la contraseña de tu correo.',
      rateLimitedTitle: 'Demasiados intentos',
      rateLimitedDescription: 'Espera un poco. Podrás volver a intentarlo ${retryIn}.',
      errorDetailText: 'Para la administración:',
      supportText: '¿Necesitas ayuda?',
      supportLinkText: 'Contactar con soporte',
    },
  },
};
