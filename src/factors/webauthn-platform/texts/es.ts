import { es as common } from '../../webauthn/texts/es.ts';
import type { PlatformTexts } from './en.ts';

const names = { authenticatorNamesWebauthnPlatform: 'Huella, rostro o PIN de tu dispositivo' };

/** Spanish texts of the screens of people's own devices. */
export const es: PlatformTexts = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': {
      ...names,
      explanationText:
        'Resiste el phishing. Tu dedo, tu rostro o el PIN de este dispositivo; solo funciona en él.',
    },
  },
  'mfa-webauthn': {
    'mfa-webauthn-platform-enrollment': {
      ...common.ceremony,
      pageTitle: 'Inicio de sesión más rápido en este dispositivo · ${clientName}',
      title: 'Inicia sesión más rápido en este dispositivo',
      description:
        'Demuestra que eres tú tal como desbloqueas este dispositivo: con la huella, el rostro o el PIN. Para configurarlo, tu navegador te lo pedirá ahora una vez. Nada de eso sale de tu dispositivo.',
      continueButtonText: 'Configurar este dispositivo',
      snoozeEnrollmentButtonText: 'Ahora no',
      refuseAddingDeviceText: 'No en este dispositivo',
      'webauthn-cancelled-error':
        'No se ha configurado nada: se cerró la ventana o se agotó el tiempo. Puedes intentarlo de nuevo.',
      'webauthn-platform-associate-error':
        'No se ha podido configurar este dispositivo. Puedes intentarlo de nuevo.',
      'webauthn-platform-known-error': 'Este dispositivo ya está configurado en tu cuenta.',
    },
    'mfa-webauthn-platform-challenge': {
      ...common.ceremony,
      ...common.challenge,
      description: 'Pulsa el botón. Tu navegador te pedirá la huella, el rostro o el PIN de tu dispositivo.',
      continueButtonText: 'Usar este dispositivo',
      'webauthn-cancelled-error':
        'Tu dispositivo no ha respondido: se cerró la ventana o se agotó el tiempo. Inténtalo de nuevo o elige otro método.',
      'webauthn-platform-challenge-error':
        'No ha funcionado. Inténtalo de nuevo, o elige otro método si configuraste otro dispositivo.',
    },
    'mfa-webauthn-enrollment-success': {
      pageTitle: 'Tu dispositivo está configurado · ${clientName}',
      title: 'Tu dispositivo está configurado',
      description: 'La próxima vez bastará con tu huella, tu rostro o el PIN de este dispositivo.',
      buttonText: 'Continuar',
    },
  },
};
