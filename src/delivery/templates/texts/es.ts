import type { EmailTexts } from '../emailTexts.ts';

const notMe =
  'Si no ha sido usted, elija de inmediato una contraseña nueva y póngase en contacto con soporte.';

/** Instead, where the message brings a link that undoes what it tells of. */
const undo = {
  button: 'No he sido yo',
  notice:
    'Si no ha sido usted, pulse «No he sido yo»: se cierran todas las sesiones, el cambio se deshace en lo que sea seguro y recibe un enlace para elegir una contraseña nueva. El enlace sirve una vez y durante {{ undo_lifetime }}.',
};

export const es: EmailTexts = {
  templates: {
    verify_email: {
      subject: 'Confirme su correo electrónico para {{ friendly_name }}',
      heading: 'Confirme su correo electrónico',
      paragraphs: [
        'Confirme que esta dirección es suya. El enlace funciona una sola vez y durante {{ lifetime }}.',
      ],
      button: 'Confirmar la dirección',
      notice: 'Si no se ha registrado en {{ friendly_name }}, ignore este mensaje.',
    },
    reset_email: {
      subject: 'Elija una contraseña nueva para {{ friendly_name }}',
      heading: 'Elija una contraseña nueva',
      paragraphs: [
        'Ha pedido una contraseña nueva para su cuenta de {{ friendly_name }}. El enlace funciona una sola vez y durante {{ lifetime }}.',
      ],
      button: 'Elegir una contraseña nueva',
      notice: 'Si no lo ha pedido, ignore este mensaje. Su contraseña no cambia.',
    },
    account_exists: {
      subject: 'Ya tiene una cuenta de {{ friendly_name }}',
      heading: 'Ya tiene una cuenta',
      paragraphs: [
        'Alguien ha intentado registrarse en {{ friendly_name }} con esta dirección. Si ha sido usted, inicie sesión con su contraseña actual.',
        'Si ya no la recuerda, puede elegir una nueva. El enlace funciona una sola vez y durante {{ lifetime }}.',
      ],
      button: 'Elegir una contraseña nueva',
      notice: 'Si no ha sido usted, ignore este mensaje. Nada ha cambiado en su cuenta.',
    },
    password_changed: {
      subject: 'Se ha cambiado su contraseña de {{ friendly_name }}',
      heading: 'Se ha cambiado su contraseña',
      paragraphs: ['La contraseña de su cuenta de {{ friendly_name }} acaba de cambiar.'],
      notice: notMe,
    },
    mfa_enrolled: {
      subject: 'Se ha añadido un segundo paso a su cuenta de {{ friendly_name }}',
      heading: 'Se ha añadido un segundo paso',
      paragraphs: ['A partir de ahora puede confirmar su identidad con: {{ factor_name }}.'],
      notice: notMe,
      undo,
    },
    mfa_removed: {
      subject: 'Se ha quitado un segundo paso de su cuenta de {{ friendly_name }}',
      heading: 'Se ha quitado un segundo paso',
      paragraphs: ['Su identidad ya no se puede confirmar con: {{ factor_name }}.'],
      notice: notMe,
      undo,
    },
    recovery_code_used: {
      subject: 'Se ha usado su código de recuperación de {{ friendly_name }}',
      heading: 'Se ha usado su código de recuperación',
      paragraphs: [
        'Se ha usado un código de recuperación para entrar en su cuenta de {{ friendly_name }}. Ya no sirve. {% if codes_left == "" %}En su lugar se ha mostrado uno nuevo.{% else %}Códigos de recuperación que quedan: {{ codes_left }}. Cree otros nuevos antes de gastar el último.{% endif %}',
        'Si ha perdido su otro dispositivo, configure ahora uno nuevo.',
      ],
      notice: notMe,
    },
    mfa_reset: {
      subject: 'Se ha restablecido el segundo paso de su cuenta de {{ friendly_name }}',
      heading: 'Se ha restablecido su segundo paso',
      paragraphs: [
        'Soporte ha quitado todas las formas de confirmar su identidad con un segundo paso. Puede configurar una nueva la próxima vez que inicie sesión.',
      ],
      notice: 'Si no lo ha pedido, póngase en contacto con soporte.',
    },
    mfa_change_undone: {
      subject: 'Su cuenta de {{ friendly_name }}: elija una contraseña nueva',
      heading: 'Elija ahora una contraseña nueva',
      paragraphs: [
        'Ha indicado que un cambio en el segundo paso de su cuenta de {{ friendly_name }} no era suyo. Se han cerrado todas las sesiones.',
        'Puede que alguien conozca su contraseña. Elija ahora una nueva. El enlace sirve una vez y durante {{ lifetime }}.',
      ],
      button: 'Elegir una contraseña nueva',
      notice: 'Si no lo ha indicado, póngase en contacto con soporte.',
    },
    temporary_pass_issued: {
      subject: 'Soporte ha emitido un pase temporal para su cuenta de {{ friendly_name }}',
      heading: 'Se ha emitido un pase temporal',
      paragraphs: [
        'Hasta que se use o caduque, este pase sustituye a su segundo paso al iniciar sesión. La contraseña sigue siendo necesaria.',
        'No se lo diga a nadie, tampoco a soporte.',
      ],
      notice: notMe,
      undo: {
        button: undo.button,
        notice:
          'Si no lo ha pedido, pulse «No he sido yo»: el pase deja de servir, se cierran todas las sesiones y recibe un enlace para elegir una contraseña nueva. El enlace sirve una vez y durante {{ undo_lifetime }}.',
      },
    },
    temporary_pass_used: {
      subject: 'Se ha usado un pase temporal para su cuenta de {{ friendly_name }}',
      heading: 'Se ha usado un pase temporal',
      paragraphs: [
        'Un pase temporal emitido por soporte acaba de sustituir a su segundo paso.',
        'Si ha perdido su dispositivo, configure ahora uno nuevo.',
      ],
      notice: notMe,
    },
    failed_second_factors: {
      subject: 'Intentos fallidos de entrar en su cuenta de {{ friendly_name }}',
      heading: 'Alguien conoce su contraseña',
      paragraphs: [
        'Alguien ha escrito bien su contraseña, pero ha fallado el segundo paso {{ failures }} veces. No se ha abierto su cuenta.',
      ],
      notice: 'Si no ha sido usted, elija ahora una contraseña nueva.',
    },
    push_denied: {
      subject: 'Ha rechazado una solicitud de acceso a su cuenta de {{ friendly_name }}',
      heading: 'Alguien conoce su contraseña',
      paragraphs: [
        'Ha indicado que una solicitud de acceso no era suya. Alguien había escrito bien su contraseña. No se ha abierto su cuenta.',
        'Elija ahora una contraseña nueva que no utilice en ningún otro sitio.',
      ],
      notice: 'Si ha rechazado la solicitud por error, puede volver a intentar entrar.',
    },
    enrollment_email: {
      subject: 'Configura un segundo paso para tu cuenta de {{ friendly_name }}',
      heading: 'Configura un segundo paso',
      paragraphs: [
        'Te invitamos a proteger tu cuenta de {{ friendly_name }} con un segundo paso: después de la contraseña, confirmas que eres tú. Se tarda uno o dos minutos.',
        'El enlace funciona una sola vez y durante {{ lifetime }}.',
      ],
      button: 'Configurar un segundo paso',
      notice:
        'Si no lo esperabas, ignora este mensaje y pregunta al servicio de asistencia. Nada ha cambiado en tu cuenta.',
    },
    mfa_oob_code: {
      subject: 'Su código de {{ friendly_name }}',
      heading: 'Su código',
      paragraphs: [
        "{% if purpose == 'enrolment' %}Introduzca este código para confirmar que esta dirección es suya.{% else %}Introduzca este código para confirmar que es usted.{% endif %} Funciona una sola vez y durante {{ lifetime }}.",
      ],
      showsCode: true,
      notice:
        'Si no ha pedido este código, no se lo diga a nadie. Es posible que alguien conozca su contraseña: elija una nueva.',
    },
  },
  labels: {
    application: 'Aplicación',
    place: 'Lugar',
    time: 'Hora',
    address: 'Dirección IP',
    browser: 'Navegador',
    browserOnSystem: '{{ browser }} en {{ system }}',
    unknownBrowser: 'Desconocido',
    writtenLink: 'Si el botón no funciona, abra esta dirección:',
    account: 'Cómo inicia sesión: {{ account_url }}',
    footer: 'Enviado por {{ friendly_name }} para la seguridad de su cuenta.',
    support: 'Soporte: {{ support }}',
  },
};
